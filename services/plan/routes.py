"""Reads of plans: the list, one as it stands, and what happened to it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.plan.state import PlanStatus
from services.actor import Actor
from services.plan.answers import PlanAnswer, PlansAnswer
from services.plan.listing import find_plans
from services.plan.query import find_plan, find_readiness, find_timeline
from services.plan.readiness import ReadinessAnswer
from services.plan.timeline import TimelineAnswer
from services.reading.caching import Tags
from services.reading.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, Wanted, page_of
from services.reading.reads import Reads
from services.reading.route import fields_asked, read, shown

PlanSort: TypeAlias = Literal["created", "-created", "activated_at", "-activated_at"]


@read(
    "/v1/plans",
    "list_plans",
    PlansAnswer,
    "List plans.\n\nYour own, or those that your role covers, oldest first.",
    given={"page": page_of},
)
async def list_plans(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    status: Annotated[PlanStatus | None, STAGE] = None,
    client: Annotated[UUID | None, CLIENT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[PlanSort, SORT] = "created",
) -> Response[bytes | None]:
    wanted = Wanted(client, coach, program, status, sort)
    return await shown(request, tags, actor, *await find_plans(request, reads, actor, page, wanted, fields_asked(request)))


@read(
    "/v1/plans/{id:uuid}",
    "read_plan",
    PlanAnswer,
    "Look at a plan.\n\nAs it stands, as far as you may see it: a sponsor finds what the client's consent grants at this moment.",
)
async def read_plan(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_plan(request, reads, actor, id))


@read(
    "/v1/plans/{id:uuid}/timeline",
    "read_timeline",
    TimelineAnswer,
    "Read what happened.\n\nEvery event of the plan and its engagement, with who, when and why, in the order of the log.",
)
async def read_timeline(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_timeline(request, reads, actor, id))


@read(
    "/v1/plans/{id:uuid}/readiness",
    "read_readiness",
    ReadinessAnswer,
    "See how ready a plan is.\n\nSix marks of a plan that works, each with the events that prove it, or what is missing to get it.",
)
async def read_readiness(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_readiness(request, reads, actor, id))


ROUTES: Final = (list_plans, read_plan, read_timeline, read_readiness)
