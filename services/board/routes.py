"""The board: the indicators of what a director runs, with what they are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from projections.kpi.board import Board
from projections.kpi.effect import Cost, Effect
from services.actor import Actor
from services.board.load import LoadsAnswer, find_loads
from services.board.query import Wanted, find_board, find_effect
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import read, shown

PROGRAM: Final = QueryParameter(description="Only engagements of this program.")
COACH: Final = QueryParameter(description="Only engagements of this coach.")
PERIOD: Final = QueryParameter(description="A month (2026-05), a quarter (2026-q2), or to_date.", max_length=10)
COST: Final = QueryParameter(
    description="What all of it cost in that currency: coaches, participants' time, travel, administration. No event says it.",
    pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$",
)
CURRENCY: Final = QueryParameter(description="Of the cost, ISO 4217 in lower case.", pattern="^[a-z]{3}$")


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


@read(
    "/v1/board/effect",
    "read_effect",
    Effect,
    "Read what coaching did, by Kirkpatrick's levels.\n\nReaction, learning, behaviour, results, and the return on what you say that "
    "it cost. Every estimate stands beside its author's confidence; of one objective the most cautious one is counted.",
)
async def read_effect(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    program: Annotated[UUID | None, PROGRAM] = None,
    coach: Annotated[UUID | None, COACH] = None,
    period: Annotated[str, PERIOD] = "to_date",
    cost: Annotated[str | None, COST] = None,
    currency: Annotated[str, CURRENCY] = "eur",
) -> Response[bytes | None]:
    spent = None if cost is None else Cost(Decimal(cost), currency)
    return await shown(request, tags, actor, *await find_effect(request, reads, actor, Wanted(program, coach, period), spent))


@read(
    "/v1/board/coaches",
    "read_board",
    LoadsAnswer,
    "Read how much each coach has to do.\n\nEngagements under way of the places that they give, and the hours that they held, paid and pro "
    "bono, up to today, in the programs that you run.",
)
async def read_coach_loads(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], tags: NamedDependency[Tags]
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_loads(request, reads, actor))


ROUTES: Final = (read_board, read_effect, read_coach_loads)
