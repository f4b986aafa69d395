"""What a rater's link asks, and that it is answered once, while it is open: nothing comes into the log, and nobody learns when.

Whoever has no good link learns as little as can be: of one that there never was, or that was taken back, that there is nothing; of an
assessment that is closed that it is, which everybody knows whom it asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from domain.assessment.decide.answer import answered, require_day
from domain.assessment.feedback import FeedbackBody
from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.errors import NotFound, SubjectErased
from domain.errors.assessment import AlreadySubmitted, AssessmentClosed
from domain.errors.engagement import EngagementNotActive
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.values import ERASED
from infra.eventstore.answer import Answers, Holds, Link, link
from infra.eventstore.errors import Busy
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool
from services import policy
from services.actor import rater
from services.policy import Facts
from services.suspension import require_going_on

ACTION: Final = "answer_assessment"
ATTEMPTS: Final = 3


class Asked(NamedTuple):
    """What a good link asks, of whom, as it stands at this moment."""

    link: Link
    rater_id: UUID
    organization: OrganizationState
    engagement: EngagementState
    state: AssessmentState
    version: int
    today: date


class Raters:
    """Of one installation. The clock is the server's."""

    def __init__(self, pool: Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.vault = vault
        self.answers = Answers(pool, vault)
        self.clock = clock

    async def asked(self, text: str) -> Asked:
        """Raises `NotFound`, `AssessmentClosed`, `AssessmentNotOpen`, `AlreadySubmitted`, `EngagementNotActive` or `OrganizationSuspended`."""
        found = link(text)
        if found is None:
            raise NotFound
        holds = await self.answers.holds(found)  # first: one that a closing took away is of a stream that is read as closed then
        reading = await self.read(found.tenant, found.tenant, found.stream)
        if reading.head is None or reading.kind(found.stream) != "assessment":
            raise NotFound
        asked = self.held(found, holds, reading)
        require_going_on(asked.organization, rater(found.tenant, asked.rater_id), ACTION, asked.today)
        if asked.engagement.stage != "active":
            raise EngagementNotActive(state=asked.engagement.stage)
        require_day(asked.state, asked.today)
        return asked

    async def read(self, tenant: UUID, *streams: UUID) -> Reading:
        reading = Reading(self.pool.of(tenant), self.vault, tenant)
        await reading.load(*streams)
        return reading

    def held(self, found: Link, holds: Holds | None, reading: Reading) -> Asked:
        """Whose link it is, if they may answer by it. Raises `NotFound`, `AssessmentClosed` or `AlreadySubmitted`."""
        state: AssessmentState = reading.state(found.stream, "assessment")
        organization: OrganizationState = reading.state(found.tenant, "organization")
        if state.closed_on is not None:
            raise AssessmentClosed(closed_on=state.closed_on)
        if holds is None:
            raise NotFound
        policy.require(rater(found.tenant, holds.rater), ACTION, Facts(raters=frozenset(state.approved)))
        if holds.used:
            raise AlreadySubmitted
        if holds.ends_at <= self.clock():
            raise AssessmentClosed(closed_on=state.closes_on)
        engagement: EngagementState = reading.state(state.engagement_id, "engagement")
        return Asked(found, holds.rater, organization, engagement, state, reading.version(found.stream), organization.day(self.clock()))

    async def client(self, asked: Asked) -> str:
        """Whom it is about, by name. Raises `SubjectErased`."""
        tenant, client = asked.link.tenant, asked.state.client_id
        person: PersonState = (await self.read(tenant, client)).state(client, "person")
        name = person.name.sealed if person.name is not None else None
        if name is None:
            raise SubjectErased
        with outages():
            found = await Opener(self.vault).open(self.pool.of(tenant), tenant, [SealedAt(client, client, name)])
        if found[name] is ERASED:
            raise SubjectErased
        return str(found[name])

    async def answer(self, text: str, body: FeedbackBody) -> None:
        """Takes the answers. Raises what `asked` does, `AnswerOutOfScale`, `SubjectErased`, and `Busy` when it keeps changing meanwhile."""
        for _ in range(ATTEMPTS):
            asked = await self.asked(text)
            feedback = answered(asked.state, asked.rater_id, body, asked.today)
            holder = Holder(asked.state.client_id, asked.engagement.id)
            if await self.answers.submit(asked.link, asked.version, holder, feedback) == "ok":
                return  # else what came between says why, when it is looked at once more
        raise Busy
