"""Reads of sessions."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.session.state import SessionStage
from projections import current
from projections.current import CURRENT
from projections.ordered import ordered
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, like, order, page_of, within
from services.read import read, shown
from services.reading import NotCaughtUp, Reads
from services.session.answers import SessionContentAnswer, SessionsAnswer, content_answer, session_answer

SessionSort: TypeAlias = Literal["created", "-created", "starts_at", "-starts_at"]
STARTS: Final = {"starts_at": ("state", "starts_at")}


@read(
    "/v1/sessions",
    "list_sessions",
    SessionsAnswer,
    "List sessions.\n\nYour own, or those that your role covers, in the order in which they were booked.",
    given={"page": page_of},
)
async def list_sessions(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    stage: Annotated[SessionStage | None, STAGE] = None,
    client: Annotated[UUID | None, CLIENT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[SessionSort, SORT] = "created",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_sessions")
    async with reads.snapshot(request, actor, CURRENT["session"], CURRENT["engagement"]) as (rows, position):
        scope = within(policy.scope(look.actor), client=client, coach=coach, program=program)
        by, holding = order(sort, STARTS), like(stage=stage)
        found = await ordered(rows, "session", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1, words=False)
    fresh = await reads.sights(look, [one.state.engagement_id for one in page.cut(found)])
    items = tuple(session_answer(one) for one in page.cut(found) if one.state.engagement_id in fresh)
    return await shown(request, tags, actor, SessionsAnswer(items=items, next_cursor=page.following(found)), position)


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
    look = await reads.look(actor, "read_session", "session", id)
    async with reads.snapshot(request, actor, CURRENT["session"]) as (rows, position):
        found = await current.one(rows, "session", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    return await shown(request, tags, actor, content_answer(found, look.sight, look.actor.person_id), position, found.version)


ROUTES: Final = (list_sessions, read_session)
