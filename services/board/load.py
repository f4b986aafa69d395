"""How much each coach has to do (KPI 28): engagements under way of the places that they give, and the hours that they held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Request
from msgspec import Struct

from domain.credential import rules_of
from projections import current
from projections.credential.line import Terms, lines
from projections.credential.load import Load, load, percent
from projections.credential_log import CREDENTIAL_LOG, Hours, coaches, hours_of
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.snapshot import Scope, Snapshot
from services.actor import Actor
from services.permission import policy
from services.reading.reads import Found, Look, Reads, names
from services.reading.view import Named, people, sight


class CoachLoad(Struct, frozen=True, kw_only=True):
    """A coach with what they have to do, in the programs that the reader runs."""

    coach_id: UUID
    load: Load


class LoadsAnswer(Struct, frozen=True, kw_only=True):
    """Every coach, the fullest first; beside them, over all of them, engagements under way of the places that are given.

    `share` is in percent, null where no program has places. No coach is ranked by what clients say of them.
    """

    as_of_position: int
    engagements: int
    places: int
    share: Decimal | None
    items: tuple[CoachLoad, ...]
    people: tuple[Named, ...]


async def find_loads(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> Found[LoadsAnswer]:
    """Of what the actor runs, up to today. Raises `NotPermitted`."""
    look = await reads.look(actor, "read_board")
    scope = policy.scope(look.actor)
    async with reads.snapshot(request, actor, CREDENTIAL_LOG, CURRENT["program"], MEMBERS, shown_by=look) as (rows, position):
        places = await places_of(rows, scope)
        everybody = list(dict.fromkeys([*await coaches(rows), *places]))
        held = {coach: within(await hours_of(rows, coach), scope) for coach in everybody}
        known = await names(rows, everybody)
    found = [CoachLoad(coach_id=coach, load=one) for coach, one in loads(look, held, places)]
    engagements, given = sum(one.load.engagements for one in found), sum(places.values())
    answer = LoadsAnswer(
        as_of_position=position,
        engagements=engagements,
        places=given,
        share=percent(engagements, given),
        items=tuple(sorted(found, key=fullness)),
        people=people(known, sight(actor), *(one.coach_id for one in found)),
    )
    return Found(answer, position)


async def places_of(rows: Snapshot, scope: Scope) -> dict[UUID, int]:
    """How many engagements each coach takes in the pools of programs that are not over."""
    places: dict[UUID, int] = {}
    for program in await current.listed(rows, "program", scope, after=None, limit=None, words=False):
        for coach, most in program.state.pool.items() if program.state.closed_on is None else ():
            places[coach] = places.get(coach, 0) + most
    return places


def within(hours: Hours, scope: Scope) -> Hours:
    """Of a reader of some programs, what belongs to these."""
    if scope.program_ids is None:
        return hours
    own = {id: one for id, one in hours.coachings.items() if one.program_id in scope.program_ids}
    return Hours(tuple(one for one in hours.held if one.engagement_id in own), own)


def loads(look: Look, held: Mapping[UUID, Hours], places: Mapping[UUID, int]) -> Iterator[tuple[UUID, Load]]:
    """Of those who have something to do, did, or could."""
    rules = rules_of("icf", look.organization.rulesets(look.today))
    terms = Terms(rules, None, look.today, (), look.organization.day)
    for coach, hours in held.items():
        if hours.held or hours.coachings or coach in places:
            yield coach, load(coach, hours, tuple(lines(hours, terms)), places.get(coach, 0))


def fullness(one: CoachLoad) -> tuple[Decimal, UUID]:
    """Those without places, whose load is not known as a share, come last."""
    return -(one.load.share if one.load.share is not None else Decimal(-1)), one.coach_id
