"""The board: the indicators of what a director runs, with what they are made of."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from projections.kpi.board import Board, board
from projections.kpi.period import Asked, Period
from projections.kpi_board import KPI_BOARD, facts
from projections.snapshot import Scope
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.read import read, shown
from services.reading import Reads

PROGRAM: Final = QueryParameter(description="Only engagements of this program.")
COACH: Final = QueryParameter(description="Only engagements of this coach.")
PERIOD: Final = QueryParameter(description="A month (2026-05), a quarter (2026-q2), or to_date.", max_length=10)


@read(
    "/v1/board",
    "read_board",
    Board,
    "Read the indicators.\n\nEach with its numerator, denominator and number of cases, as of a position; and the engagements that need help.",
)
async def read_board(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    program: Annotated[UUID | None, PROGRAM] = None,
    coach: Annotated[UUID | None, COACH] = None,
    period: Annotated[str, PERIOD] = "to_date",
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_board")
    asked_for = Period.of(period)
    async with reads.snapshot(request, actor, KPI_BOARD) as (rows, position):
        found = await facts(rows, narrowed(policy.scope(look.actor), program, coach))
    asked = Asked(period=asked_for, today=look.today, zone=ZoneInfo(look.organization.time_zone), position=position)
    answer = board(found, asked, cadence_days=look.organization.policy.review_cadence_days)
    return await shown(request, tags, actor, answer, position)


def narrowed(scope: Scope, program: UUID | None, coach: UUID | None) -> Scope:
    """What the actor may see, less what the filters leave out."""
    programs = scope.program_ids
    if program is not None:
        programs = frozenset({program}) if programs is None else programs & {program}
    return scope._replace(program_ids=programs, coach_id=coach)


ROUTES: Final = (read_board,)
