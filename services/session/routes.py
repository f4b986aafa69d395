"""Reads of sessions."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from projections import current
from projections.current import CURRENT
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.cursor import read_cursor, write_cursor
from services.read import CURSOR, LIMIT, read, shown
from services.reading import NotCaughtUp, Reads
from services.session.answers import SessionContentAnswer, SessionsAnswer, content_answer, session_answer


@read(
    "/v1/sessions",
    "list_sessions",
    SessionsAnswer,
    "List sessions.\n\nYour own, or those that your role covers, in the order in which they were booked.",
)
async def list_sessions(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_sessions")
    async with reads.snapshot(request, actor, CURRENT["session"], CURRENT["engagement"]) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "session", scope, after=read_cursor(cursor), limit=limit + 1, words=False)
    fresh = await reads.sights(look, [one.state.engagement_id for one in found[:limit]])
    items = tuple(session_answer(one) for one in found[:limit] if one.state.engagement_id in fresh)
    following = write_cursor(found[limit - 1].id) if len(found) > limit else UNSET
    return await shown(request, tags, actor, SessionsAnswer(items=items, next_cursor=following), position)


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
