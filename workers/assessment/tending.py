"""What an open assessment needs from time to time: a first mail to each approved rater, a reminder a week, and its end.

Who was written to, and who answered, stands beside the log until the assessment is closed, and nowhere afterwards: a reminder that was
recorded, or not, would say for ever when somebody answered. So none of it becomes an event; the closing counts them.
A link is noted before its mail is sent, and taken back when that did not go out. After a crash in between, the mail is sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
import structlog

from domain.assessment.commands import CloseAssessment
from domain.assessment.state import AssessmentState, Rater
from domain.engagement.state import EngagementState
from domain.errors import StreamErased, SubjectErased
from domain.errors.assessment import AssessmentClosed
from domain.organization.state import OrganizationState
from domain.values import ERASED
from infra.eventstore.answer import Answers, Told
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.outage import outages
from infra.mail import MailAway, MailRefused, Post
from projections.current import unclosed_assessments
from projections.snapshot import snapshot
from services.actor import worker
from services.execution import Commands
from workers.alone import alone
from workers.assessment.letter import Letter, letter
from workers.inviting import Round

log = structlog.get_logger()


class Open(NamedTuple):
    """An assessment that raters may answer at this moment."""

    state: AssessmentState
    round: Round


class Tending:
    """Of one installation, as the worker. `locks` are connections by which one at a time writes to an assessment's raters."""

    def __init__(self, commands: Commands, locks: asyncpg.Pool, post: Post, address: str) -> None:
        self.commands = commands
        self.store = commands.store
        self.answers = Answers(self.store.pool, self.store.vault)
        self.clock: Callable[[], datetime] = commands.clock
        self.locks = locks
        self.post = post
        self.address = address

    async def tend_all(self, tenant: UUID) -> None:
        """Raises `MailAway` or `Unavailable`: try again."""
        with outages():
            async with snapshot(self.store.pool, tenant) as rows:
                found = await unclosed_assessments(rows)
        for id in found:
            await self.tend(tenant, id)

    async def tend(self, tenant: UUID, id: UUID) -> int:
        """Returns how many mails went out. Of what was erased, of a suspended organization and of a paused engagement none does."""
        async with alone(self.locks, f"assessment {id}"):
            try:
                found = await self.opened(tenant, id)
                return 0 if found is None else await self.write(tenant, found)
            except (StreamErased, SubjectErased):
                return 0

    async def opened(self, tenant: UUID, id: UUID) -> Open | None:
        """The assessment, if raters may answer it now; it is closed if its time is over."""
        reading = await self.store.read(tenant, tenant, id)
        state: AssessmentState = reading.state(id, "assessment")
        organization: OrganizationState = reading.state(tenant, "organization")
        now = self.clock()
        today = organization.day(now)
        if state.is_closed or organization.suspended_on(today):
            return None
        if today > state.closes_on:
            await self.close(tenant, id)
            return None
        engagement: EngagementState = reading.state(state.engagement_id, "engagement")
        is_asked = state.kind != "self" and today >= state.opens_on and engagement.stage == "active"
        return Open(state, Round(organization, state.closes_on, now)) if is_asked else None

    async def close(self, tenant: UUID, id: UUID) -> None:
        try:
            await self.commands.execute(worker(tenant), CloseAssessment(), id)
        except AssessmentClosed:
            return  # somebody was faster
        log.info("assessment_closed", tenant_id=str(tenant), assessment_id=str(id))

    async def write(self, tenant: UUID, found: Open) -> int:
        told, approved = await self.answers.told(tenant, found.state.id), found.state.approved
        for gone in told.keys() - approved.keys():
            await self.answers.withdraw(tenant, found.state.id, gone)
        client = await self.client(tenant, found.state.client_id)
        sent = [await self.send(tenant, found, approved[id], client, told.get(id)) for id in found.round.due(approved, told)]
        return sum(sent)

    async def client(self, tenant: UUID, client_id: UUID) -> str:
        """Their name. Raises `SubjectErased`."""
        person = (await self.store.read(tenant, client_id)).state(client_id, "person")
        (name,) = await self.texts(tenant, client_id, client_id, [person.name.sealed])
        return name

    async def texts(self, tenant: UUID, stream: UUID, realm: UUID, sealed: list[str]) -> list[str]:
        with outages():
            places = [SealedAt(stream, realm, text) for text in sealed]
            opened = await Opener(self.store.vault).open(self.store.pool.of(tenant), tenant, places)
        if ERASED in opened.values():
            raise SubjectErased
        return [str(opened[text]) for text in sealed]

    async def send(self, tenant: UUID, found: Open, rater: Rater, client: str, before: Told | None) -> bool:
        """False of who was erased, has answered meanwhile, or has an address that no server takes."""
        try:
            name, email = await self.texts(
                tenant, found.state.id, found.state.engagement_id, [rater.name.sealed or "", rater.email.sealed or ""]
            )
        except SubjectErased:
            return False
        link = await self.answers.invite(tenant, found.state.id, rater.id, found.round.ends_at)
        if link is None:
            return False
        mails = 0 if before is None else before.mails
        address, round = f"{self.address}/raters/{link.text()}", found.round
        told = Letter(name, email, client, round.organization.name, address, found.state, mails, round.now)
        try:
            await self.post.send(letter(told))
        except MailRefused as refused:
            log.warning("rater_mail_refused", tenant_id=str(tenant), assessment_id=str(found.state.id), why=str(refused))
            return False
        except MailAway:
            await self.answers.withdraw(tenant, found.state.id, rater.id, link)
            raise
        return True
