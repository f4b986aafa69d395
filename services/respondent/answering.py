"""What a respondent's link asks, and that it is answered once, while it is open: nothing comes into the log, and nobody learns when.

Whoever has no good link learns as little as can be: of one that there never was, or that was taken back, that there is nothing; of
what is closed that it is, which everybody knows whom it asked. The link of a person who is erased leads to nothing, either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from domain.errors import NotFound
from domain.errors.answering import AlreadySubmitted
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from infra.eventstore.answer import Answers, Link, link
from infra.eventstore.errors import Busy
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool
from services.actor import respondent
from services.permission import policy
from services.permission.policy import Facts
from services.permission.suspension import require_going_on

ATTEMPTS: Final = 3
State = TypeVar("State")
Body = TypeVar("Body")


class Asked(NamedTuple, Generic[State]):
    """What a good link asks, of whom, as it stands at this moment. `reading` holds what was read for it."""

    link: Link
    respondent: UUID
    organization: OrganizationState
    state: State
    version: int
    today: date
    reading: Reading


class Questionnaire(NamedTuple, Generic[State, Body]):
    """What can be answered by a link: the noun of its stream, and the action of the policy's table.

    `require_unclosed` is asked before it is looked whose link it is, `require_open` after; `people` are those who were asked; `taken`
    makes the answer that waits, and says in whose key it is sealed.
    """

    noun: str
    action: str
    people: Callable[[State], Collection[UUID]]
    require_unclosed: Callable[[State], None]
    require_open: Callable[[Asked[State]], None]
    taken: Callable[[Asked[State], Body], tuple[Holder, Any]]


class Respondents:
    """Of one installation. The clock is the server's."""

    def __init__(self, pool: Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.vault = vault
        self.answers = Answers(pool, vault)
        self.clock = clock

    async def asked(self, by: Questionnaire[State, Any], text: str) -> Asked[State]:
        """Raises `NotFound`, `AlreadySubmitted`, `OrganizationSuspended`, and what the questionnaire does when it is not open."""
        found = link(text)
        if found is None:
            raise NotFound
        holds = await self.answers.holds(found)  # first: one that a closing took away is of a stream that is read as closed then
        reading = await self.read(found.tenant, found.tenant, found.stream)
        if reading.head is None or reading.kind(found.stream) != by.noun:
            raise NotFound
        state: State = reading.state(found.stream, by.noun)
        by.require_unclosed(state)
        if holds is None or await self.is_erased(reading, holds.respondent):
            raise NotFound
        who, organization = respondent(found.tenant, holds.respondent), self.organization(reading)
        policy.require(who, by.action, Facts(respondents=frozenset(by.people(state))))
        if holds.used:
            raise AlreadySubmitted
        today = organization.day(self.clock())
        require_going_on(organization, who, by.action, today)
        asked = Asked(found, holds.respondent, organization, state, reading.version(found.stream), today, reading)
        by.require_open(asked)
        return asked

    async def answer(self, by: Questionnaire[Any, Body], text: str, body: Body) -> None:
        """Takes the answer. Raises what `asked` and the rules do, `SubjectErased`, and `Busy` when it keeps changing meanwhile."""
        for _ in range(ATTEMPTS):
            asked = await self.asked(by, text)
            holder, answer = by.taken(asked, body)
            if await self.answers.submit(asked.link, asked.version, holder, answer) == "ok":
                return  # else what came between says why, when it is looked at once more
        raise Busy

    async def is_erased(self, reading: Reading, who: UUID) -> bool:
        """Also while it is only asked for: nothing that was given to them opens anything from then on."""
        await reading.load(who, guard=False)
        if reading.kind(who) != "person":
            return False
        person: PersonState = reading.state(who, "person")
        return person.erasure is not None

    async def read(self, tenant: UUID, *streams: UUID) -> Reading:
        reading = Reading(self.pool.of(tenant), self.vault, tenant)
        await reading.load(*streams)
        return reading

    def organization(self, reading: Reading) -> OrganizationState:
        organization: OrganizationState = reading.state(reading.tenant, "organization")
        return organization
