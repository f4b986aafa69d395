"""Reads of the past: what stood at a moment, and what changed between two."""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from services.actor import Actor
from services.audit.answers import AssessmentAsOf, BoardAsOf, EngagementAsOf, PlanAsOf
from services.audit.board import find_board_as_of
from services.audit.comparison import LastLookAnswer, find_differences, look_kept
from services.audit.difference import DifferencesAnswer
from services.audit.moment import LAST_LOOK, NOW, NUMBER, Moment, given_moment, read_moment, read_number
from services.audit.then import find_assessment_as_of, find_engagement_as_of, find_plan_as_of
from services.board.query import Wanted
from services.board.routes import COACH, PERIOD, PROGRAM
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import read, shown

TIME: Final = "A day (2026-03-01, its end in the organization's zone) or a moment (2026-03-01T10:00:00Z)"
RECORDED: Final = QueryParameter(max_length=40, description=f"{TIME}: what was known then.")
OCCURRED: Final = QueryParameter(max_length=40, description=f"{TIME}: of what was known, that which had happened by then.")
AS_NUMBER: Final = {"pattern": f"^{NUMBER.pattern}$"}
POSITION: Final = QueryParameter(max_length=20, schema_extra=AS_NUMBER, description="A position of the log: what was known there.")
APPROVAL: Final = QueryParameter(max_length=20, description="The version of an approval in the plan's stream: what was known at it.")
SIGNATURE: Final = QueryParameter(max_length=20, description="The version of a signature in the engagement's stream: what was known at it.")
MOMENT: Final = (
    "The moment is one of `recorded`, `position`, `approval` and `signature` (what was known), `occurred` (what had happened, by "
    "all that is known), or `occurred` with one of the others."
)


WRITTEN: Final = (
    "A moment is `now`, `last-look` (see `keep_last_look`), a day or a time (what was known then), or `recorded:2026-03-01`, `position:812`, `approval:7`, `signature:4`, "
    "`occurred:2026-03-01`; both clocks with a comma between: `recorded:2026-05-01,occurred:2026-03-01`."
)
FROM: Final = QueryParameter(name="from", max_length=100, description="The earlier moment; else when you looked last.")
READ_UP_TO: Final = QueryParameter(
    max_length=20, schema_extra=AS_NUMBER, description="The position that you have read up to; else the end of the log."
)
TO: Final = QueryParameter(max_length=100, description="The later moment.")


class Clocks(NamedTuple):
    """A moment as it stands in the query, by its clocks."""

    recorded: str | None
    occurred: str | None
    position: str | None
    approval: str | None
    signature: str | None

    @property
    def moment(self) -> Moment:
        """Raises `Unreadable`."""
        return given_moment(**self._asdict())


def clocks_asked(
    recorded: Annotated[str | None, RECORDED] = None,
    occurred: Annotated[str | None, OCCURRED] = None,
    position: Annotated[str | None, POSITION] = None,
    approval: Annotated[str | None, APPROVAL] = None,
    signature: Annotated[str | None, SIGNATURE] = None,
) -> Clocks:
    return Clocks(recorded, occurred, position, approval, signature)


@read(
    "/v1/plans/{id:uuid}/as-of",
    "read_as_of",
    PlanAsOf,
    f"Look at a plan as it stood.\n\n{MOMENT} What you may not see today you do not see of the past.",
    given={"clocks": clocks_asked},
)
async def read_plan_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    clocks: NamedDependency[Clocks],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_plan_as_of(request, reads, actor, id, clocks.moment))


@read(
    "/v1/engagements/{id:uuid}/as-of",
    "read_as_of",
    EngagementAsOf,
    f"Look at an engagement as it stood.\n\nWith its agreement and its consents. {MOMENT}",
    given={"clocks": clocks_asked},
)
async def read_engagement_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    clocks: NamedDependency[Clocks],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_engagement_as_of(request, reads, actor, id, clocks.moment))


@read(
    "/v1/assessments/{id:uuid}/as-of",
    "read_as_of",
    AssessmentAsOf,
    f"Look at a needs assessment as it stood.\n\n{MOMENT}",
    given={"clocks": clocks_asked},
)
async def read_assessment_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    clocks: NamedDependency[Clocks],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_assessment_as_of(reads, actor, id, clocks.moment))


@read(
    "/v1/plans/{id:uuid}/diff",
    "read_difference",
    DifferencesAnswer,
    "Compare two moments of a plan.\n\nWhat changed in it and in its engagement, thing by thing, by reason and initiator, each with "
    f"the events behind it. {WRITTEN}",
)
async def read_plan_difference(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    since: Annotated[str, FROM] = LAST_LOOK,
    to: Annotated[str, TO] = NOW,
) -> Response[bytes | None]:
    bounds = read_moment(since, "from"), read_moment(to, "to")
    return await shown(request, tags, actor, *await find_differences(request, reads, actor, id, *bounds))


@read(
    "/v1/board/as-of",
    "read_board",
    BoardAsOf,
    "Read the indicators as they stood.\n\nBy the rules of the board, from what was known at `recorded` or `position`, up to the day of "
    "that, or up to the day of `occurred`.",
)
async def read_board_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    recorded: Annotated[str | None, RECORDED] = None,
    occurred: Annotated[str | None, OCCURRED] = None,
    position: Annotated[str | None, POSITION] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    coach: Annotated[UUID | None, COACH] = None,
    period: Annotated[str, PERIOD] = "to_date",
) -> Response[bytes | None]:
    moment = given_moment(recorded=recorded, occurred=occurred, position=position)
    return await shown(request, tags, actor, *await find_board_as_of(request, reads, actor, Wanted(program, coach, period), moment))


@put(
    "/v1/plans/{id:uuid}/last-look",
    name="keep_last_look",
    operation_id="keep_last_look",
    opt={
        "says": (),
        "action": "read_difference",
        "answer": LastLookAnswer,
        "description": "Note up to where you have read a plan.\n\nA comparison from `last-look` begins there. It never goes back, and is "
        "nobody's business but yours: no event records it.",
    },
)
async def keep_last_look(
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    position: Annotated[str | None, READ_UP_TO] = None,
) -> Response[LastLookAnswer]:
    return Response(await look_kept(reads, actor, id, None if position is None else read_number(position, "/query/position")))


ROUTES: Final = (read_board_as_of, keep_last_look, read_plan_as_of, read_engagement_as_of, read_assessment_as_of, read_plan_difference)
