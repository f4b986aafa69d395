"""What the link of a survey asks, and that it is answered once, while it is open: nothing comes into the log, and nobody learns when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from domain.errors import NotFound
from domain.errors.assessment import AlreadySubmitted
from domain.errors.survey import SurveyClosedAlready
from domain.organization.state import OrganizationState
from domain.survey.decide import require_open, responded
from domain.survey.response import ResponseBody
from domain.survey.state import SurveyState
from infra.eventstore.answer import Answers, Link, link
from infra.eventstore.errors import Busy
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool
from services import policy
from services.actor import rater
from services.policy import Facts
from services.suspension import require_going_on

ACTION: Final = "answer_survey"
ATTEMPTS: Final = 3


class Asked(NamedTuple):
    """What a good link asks, as it stands at this moment."""

    link: Link
    recipient: UUID
    organization: OrganizationState
    state: SurveyState
    version: int
    today: date


class Respondents:
    """Of one installation. The clock is the server's."""

    def __init__(self, pool: Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.vault = vault
        self.answers = Answers(pool, vault)
        self.clock = clock

    async def asked(self, text: str) -> Asked:
        """Raises `NotFound`, `SurveyClosedAlready`, `AlreadySubmitted` or `OrganizationSuspended`."""
        found = link(text)
        if found is None:
            raise NotFound
        holds = await self.answers.holds(found)  # first: one that a closing took away is of a stream that is read as closed then
        reading = Reading(self.pool.of(found.tenant), self.vault, found.tenant)
        await reading.load(found.tenant, found.stream)
        if reading.head is None or reading.kind(found.stream) != "survey":
            raise NotFound
        state: SurveyState = reading.state(found.stream, "survey")
        organization: OrganizationState = reading.state(found.tenant, "organization")
        today = organization.day(self.clock())
        if state.closed_on is not None:
            raise SurveyClosedAlready(closed_on=state.closed_on)
        if holds is None:
            raise NotFound
        policy.require(rater(found.tenant, holds.rater), ACTION, Facts(raters=frozenset(state.recipients)))
        if holds.used:
            raise AlreadySubmitted
        require_open(state, today)
        require_going_on(organization, rater(found.tenant, holds.rater), ACTION, today)
        return Asked(found, holds.rater, organization, state, reading.version(found.stream), today)

    async def answer(self, text: str, body: ResponseBody) -> None:
        """Takes the answer. Raises what `asked` does, `RatingOutOfScale`, and `Busy` when it keeps changing meanwhile."""
        for _ in range(ATTEMPTS):
            asked = await self.asked(text)
            response = responded(asked.state, asked.recipient, body, asked.today)
            own = Holder(asked.state.id, asked.state.id)  # what is answered about nobody is the survey's own
            if await self.answers.submit(asked.link, asked.version, own, response) == "ok":
                return  # else what came between says why, when it is looked at once more
        raise Busy
