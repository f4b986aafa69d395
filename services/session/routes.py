"""Reads of sessions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.session.state import SessionStage
from services.actor import Actor
from services.reading.caching import Tags
from services.reading.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, page_of
from services.reading.reads import Reads
from services.reading.route import read, shown
from services.session.answers import SessionContentAnswer, SessionsAnswer
from services.session.query import Sought, find_session, find_sessions

SessionSort: TypeAlias = Literal["created", "-created", "starts_at", "-starts_at"]
ENGAGEMENT: Final = QueryParameter(description="Only those of this engagement.")
SERIES: Final = QueryParameter(description="Only those of this series.")
FROM: Final = QueryParameter(name="from", description="Only what begins on that day, in the organization's zone, or later.")
TO: Final = QueryParameter(description="Only what begins by the end of that day, in the organization's zone.")


def sought(
    engagement: Annotated[UUID | None, ENGAGEMENT] = None,
    series: Annotated[UUID | None, SERIES] = None,
    since: Annotated[date | None, FROM] = None,
    to: Annotated[date | None, TO] = None,
    stage: Annotated[SessionStage | None, STAGE] = None,
    client: Annotated[UUID | None, CLIENT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[SessionSort, SORT] = "created",
) -> Sought:
    return Sought(engagement, series, since, to, stage=stage, client=client, coach=coach, program=program, sort=sort)


@read(
    "/v1/sessions",
    "list_sessions",
    SessionsAnswer,
    "List sessions.\n\nYour own, or those that your role covers, in the order in which they were booked.",
    given={"page": page_of, "wanted": sought},
)
async def list_sessions(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    wanted: NamedDependency[Sought],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_sessions(request, reads, actor, wanted, page))


@read(
    "/v1/sessions/{id:uuid}",
    "read_session",
    SessionContentAnswer,
    "Look at a session.\n\nWhen client and coach meet, and what they made of it, as far as you may see it.",
)
async def read_session(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_session(request, reads, actor, id))


ROUTES: Final = (list_sessions, read_session)
