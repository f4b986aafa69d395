"""Whom somebody leaves without a coach who coaches no more."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.glossary import ENDED
from domain.person.state import PersonState
from projections import current
from projections.current import CURRENT
from projections.snapshot import Scope
from services.permission.table import MAY
from services.reading.reads import Look, Reads

NAMED: Final[frozenset[AccessClass]] = frozenset({"names"})


class Alone(NamedTuple):
    """An engagement that has to be given to another coach, with its first client and everybody who is or was coached in it."""

    engagement: UUID
    client: UUID
    coached: frozenset[UUID]
    program: UUID | None


class Leaving(NamedTuple):
    """`listed` are for who may give them to another coach; whoever else runs the organization sees how many in which program."""

    listed: tuple[Alone, ...]
    by_program: dict[UUID | None, int]

    @property
    def clients(self) -> list[UUID | None]:
        return [one.client for one in self.listed]


async def left_alone(request: Request[Any, Any, Any], reads: Reads, look: Look, coach: PersonState) -> Leaving:
    """Empty while they coach, and for who does not run the organization. That clients are named is noted."""
    if look.actor.role not in MAY["list_programs"] or coach.holds("coach", look.today):
        return Leaving((), {})
    within = Scope(coach_id=coach.id, program_ids=look.actor.programs)
    async with reads.snapshot(request, look.actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        found = await current.listed(rows, "engagement", within, after=None, limit=None, words=False)
    alone = [
        Alone(one.id, one.state.client_id, one.state.ever_coached, one.state.program_id) for one in found if one.state.stage not in ENDED
    ]
    by_program = dict(Counter(one.program for one in alone))
    if look.actor.role not in MAY["reassign_coach"]:
        return Leaving((), by_program)
    await reads.note(look, [(person, NAMED) for one in alone for person in one.coached])
    return Leaving(tuple(alone), by_program)
