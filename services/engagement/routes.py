"""Reads of engagements."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.glossary import EngagementStage
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.ordered import ordered
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.engagement.answers import EngagementAnswer, EngagementsAnswer, engagement_answer
from services.engagement.emergency import EmergenciesAnswer, find_emergencies
from services.engagement.query import find_engagement, parties
from services.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, like, order, page_of, within
from services.read import read, shown
from services.reading import Reads, names
from services.view import people, sight

EngagementSort: TypeAlias = Literal["created", "-created", "starts_on", "-starts_on", "planned_end", "-planned_end"]
DATES: Final = {"starts_on": ("state", "starts_on"), "planned_end": ("state", "planned_end")}


@read(
    "/v1/engagements",
    "list_engagements",
    EngagementsAnswer,
    "List engagements.\n\nYour own, or those that your role covers, oldest first.",
    given={"page": page_of},
)
async def list_engagements(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    stage: Annotated[EngagementStage | None, STAGE] = None,
    client: Annotated[UUID | None, CLIENT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[EngagementSort, SORT] = "created",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_engagements")
    async with reads.snapshot(request, actor, CURRENT["engagement"], MEMBERS) as (rows, position):
        scope = within(policy.scope(look.actor), client=client, coach=coach, program=program)
        by, holding, opens = order(sort, DATES), like(stage=stage), sight(look.actor).opens
        found = await ordered(rows, "engagement", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1, words=opens)
        known = await names(rows, [person for one in found for person in parties(one)])
    fresh = await reads.sights(look, [one.id for one in page.cut(found)])
    items = tuple(
        engagement_answer(
            seen.shown(one), people(known, seen.sight, *parties(one)), seen.sight, reader=actor.person_id, counts=not actor.outsider
        )
        for one in page.cut(found)
        if (seen := fresh.get(one.id)) is not None
    )
    return await shown(request, tags, actor, EngagementsAnswer(items=items, next_cursor=page.following(found)), position)


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
