"""Reads of engagements."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.cursor import read_cursor, write_cursor
from services.engagement.answers import EngagementAnswer, EngagementsAnswer, engagement_answer
from services.engagement.emergency import EmergenciesAnswer, find_emergencies
from services.engagement.query import find_engagement, parties
from services.read import CURSOR, LIMIT, read, shown
from services.reading import Reads, names
from services.view import people, sight


@read(
    "/v1/engagements", "list_engagements", EngagementsAnswer, "List engagements.\n\nYour own, or those that your role covers, oldest first."
)
async def list_engagements(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_engagements")
    async with reads.snapshot(request, actor, CURRENT["engagement"], MEMBERS) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "engagement", scope, after=read_cursor(cursor), limit=limit + 1, words=sight(look.actor).opens)
        known = await names(rows, [person for one in found for person in parties(one)])
    page = found[:limit]
    fresh = await reads.sights(look, [one.id for one in page])
    items = tuple(
        engagement_answer(
            seen.shown(one), people(known, seen.sight, *parties(one)), seen.sight, reader=actor.person_id, counts=not actor.outsider
        )
        for one in page
        if (seen := fresh.get(one.id)) is not None
    )
    answer = EngagementsAnswer(items=items, next_cursor=write_cursor(page[-1].id) if len(found) > limit else UNSET)
    return await shown(request, tags, actor, answer, position)


@read(
    "/v1/engagements/{id:uuid}",
    "read_engagement",
    EngagementAnswer,
    "Look at an engagement.\n\nIts parties, its agreement with the digest to sign, and the client's consents.",
)
async def read_engagement(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_engagement(request, reads, actor, id))


@read(
    "/v1/engagements/{id:uuid}/emergency-accesses",
    "read_emergency_accesses",
    EmergenciesAnswer,
    "Read who asked for the plan's words in an emergency.\n\nEvery request with its reason, who answered it, and until when the plan was "
    "open; the latest first. Whoever is to approve one reads here why.",
)
async def read_emergency_accesses(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_emergencies(request, reads, actor, id))


ROUTES: Final = (list_engagements, read_engagement, read_emergency_accesses)
