"""Reads of engagements."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.glossary import EngagementStage
from services.actor import Actor
from services.engagement.answers import EngagementAnswer, EngagementsAnswer
from services.engagement.emergency import EmergenciesAnswer, find_emergencies
from services.engagement.query import find_engagement, find_engagements
from services.reading.caching import Tags
from services.reading.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, Wanted, page_of
from services.reading.reads import Reads
from services.reading.route import read, shown

EngagementSort: TypeAlias = Literal["created", "-created", "starts_on", "-starts_on", "planned_end", "-planned_end"]


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
    wanted = Wanted(client, coach, program, stage, sort)
    return await shown(request, tags, actor, *await find_engagements(request, reads, actor, page, wanted))


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
