"""What people and programs are called, as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Request

from projections import current
from projections.current import CURRENT
from projections.kpi.board import Board
from projections.kpi_board import KPI_BOARD, coaches
from projections.members import MEMBERS
from projections.snapshot import Scope
from services.actor import Actor
from services.board.query import Wanted, narrowed
from services.permission import policy
from services.reading.decision import Decided
from services.reading.reads import Look, Reads, names
from services.reading.view import Text, people, sight


class Cast(NamedTuple):
    """Programs and coaches that the reader can choose from, and whatever else the board names."""

    programs: Mapping[UUID, str]
    coaches: Mapping[UUID, str]
    names: Mapping[UUID, str]


async def cast_of(request: Request[Any, Any, Any], reads: Reads, look: Look, board: Board, wanted: Wanted) -> Cast:
    """Coaches are those of the chosen program, and the chosen one, so that it is seen what was chosen."""
    scope = policy.scope(look.actor)
    async with reads.snapshot(request, look.actor, CURRENT["program"], KPI_BOARD, shown_by=look) as (rows, _):
        listed = await current.listed(rows, "program", scope, after=None, limit=None, words=False)
        chosen_from = await coaches(rows, narrowed(scope, wanted._replace(coach=None)))
        if wanted.coach is not None and wanted.coach not in chosen_from:
            chosen_from += [one for one in await coaches(rows, scope) if one == wanted.coach]
    ids = [*chosen_from, *(person for row in board.needs_help for person in (row.client_id, row.coach_id))]
    called = {id: label(id, name) for id, name in (await names_of(request, reads, look.actor, ids)).items()}
    programs = {one.id: one.state.name for one in listed}
    return Cast(programs, {id: called[id] for id in chosen_from}, called | programs)


async def programs_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, scope: Scope) -> dict[UUID, str]:
    """Those in a scope, in the order of their names."""
    async with reads.snapshot(request, actor, CURRENT["program"], shown_by=Decided.BY_ROLE) as (rows, _):
        listed = await current.listed(rows, "program", scope, after=None, limit=None, words=False)
    return dict(sorted(((one.id, one.state.name) for one in listed), key=lambda one: one[1].casefold()))


async def names_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, ids: Sequence[UUID | None]) -> dict[UUID, Text | None]:
    """By id, withheld from those who see no names."""
    async with reads.snapshot(request, actor, MEMBERS, shown_by=Decided.BY_ROLE) as (rows, _):
        known = await names(rows, ids)
    return {one.id: one.name for one in people(known, sight(actor), *ids)}


def label(id: UUID, name: Text | None) -> str:
    """A name, or where there is none to show, the end of the id, so that rows can be told apart."""
    return name if isinstance(name, str) else f"Person {str(id)[-6:]}"
