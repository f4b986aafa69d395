"""The board: the indicators of what a director runs, with what they are made of."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from projections.kpi.board import Board
from services.actor import Actor
from services.board.query import Wanted, find_board
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
    return await shown(request, tags, actor, *await find_board(request, reads, actor, Wanted(program, coach, period)))


ROUTES: Final = (read_board,)
