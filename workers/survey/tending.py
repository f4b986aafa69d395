"""What an open survey needs from time to time: a first mail to each whom it asks, a reminder a week, and its end.

As with raters, none of it becomes an event: a reminder that was recorded, or not, would say for ever when somebody answered.
A link is noted before its mail is sent, and taken back when that did not go out. After a crash in between, the mail is sent again.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import asyncpg
import structlog

from domain.errors import StreamErased
from domain.errors.survey import SurveyClosedAlready
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.survey.commands import CloseSurvey
from domain.survey.state import SurveyState
from domain.values import ERASED
from infra.eventstore.answer import Answers, Told
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.outage import outages
from infra.mail import MailAway, MailRefused, Post
from projections.current import unclosed_surveys
from projections.snapshot import snapshot
from services.actor import worker
from services.execution import Commands
from services.wording.language import Language, language_of
from workers.alone import alone
from workers.inviting import Round
from workers.survey.letter import Letter, letter

log = structlog.get_logger()


class Open(NamedTuple):
    """A survey that may be answered at this moment."""

    state: SurveyState
    round: Round


class Tending:
    """Of one installation, as the worker. `locks` are connections by which one at a time writes to those whom a survey asks."""

    def __init__(self, commands: Commands, locks: asyncpg.Pool, post: Post, address: str) -> None:
        self.commands = commands
        self.store = commands.store
        self.answers = Answers(self.store.pool, self.store.vault)
        self.locks = locks
        self.post = post
        self.address = address

    async def tend_all(self, tenant: UUID) -> None:
        """Raises `MailAway` or `Unavailable`: try again."""
        with outages():
            async with snapshot(self.store.pool, tenant) as rows:
                found = await unclosed_surveys(rows)
        for id in found:
            await self.tend(tenant, id)

    async def tend(self, tenant: UUID, id: UUID) -> int:
        """Returns how many mails went out; of a suspended organization none does."""
        async with alone(self.locks, f"survey {id}"):
            found = await self.opened(tenant, id)
            if found is None:
                return 0
            told = await self.answers.told(tenant, id)
            due = found.round.due(found.state.recipients, told)
            return sum([await self.send(tenant, found, recipient, told.get(recipient)) for recipient in due])

    async def opened(self, tenant: UUID, id: UUID) -> Open | None:
        """The survey, if it may be answered now; it is closed if its time is over."""
        reading = await self.store.read(tenant, tenant, id)
        state: SurveyState = reading.state(id, "survey")
        organization: OrganizationState = reading.state(tenant, "organization")
        now = self.commands.clock()
        today = organization.day(now)
        if state.is_closed or organization.suspended_on(today):
            return None
        if today > state.closes_on:
            await self.close(tenant, id)
            return None
        return Open(state, Round(organization, state.closes_on, now))

    async def close(self, tenant: UUID, id: UUID) -> None:
        try:
            await self.commands.execute(worker(tenant), CloseSurvey(), id)
        except SurveyClosedAlready:
            return  # somebody was faster
        log.info("survey_closed", tenant_id=str(tenant), survey_id=str(id))

    async def send(self, tenant: UUID, found: Open, recipient: UUID, before: Told | None) -> bool:
        """False of who was erased, has answered meanwhile, or has an address that no server takes."""
        known = await self.known(tenant, recipient, found.round.organization)
        if known is None:
            return False
        link = await self.answers.invite(tenant, found.state.id, recipient, found.round.ends_at)
        if link is None:
            return False
        again = before is not None
        address = f"{self.address}/respondents/{link.text()}"
        try:
            await self.post.send(letter(Letter(*known, found.round.organization.name, address, found.state, again, found.round.now)))
        except MailRefused as refused:
            log.warning("survey_mail_refused", tenant_id=str(tenant), survey_id=str(found.state.id), why=str(refused))
            return False
        except MailAway:
            await self.answers.withdraw(tenant, found.state.id, recipient, link)
            raise
        return True

    async def known(self, tenant: UUID, recipient: UUID, organization: OrganizationState) -> tuple[str, str, Language] | None:
        """Name, address and language; None of who was erased."""
        try:
            person: PersonState = (await self.store.read(tenant, recipient)).state(recipient, "person")
        except StreamErased:
            return None
        sealed = [value.sealed for value in (person.name, person.email) if value is not None and value.sealed is not None]
        with outages():
            places = [SealedAt(recipient, recipient, text) for text in sealed]
            opened = await Opener(self.store.vault).open(self.store.pool.of(tenant), tenant, places)
        if len(sealed) < 2 or ERASED in opened.values():
            return None
        return str(opened[sealed[0]]), str(opened[sealed[1]]), language_of(person.locale, organization.locale)
