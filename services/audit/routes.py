"""Reads of the past: what stood at a moment, and what changed between two."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from services.actor import Actor
from services.audit.answers import AssessmentAsOf, EngagementAsOf, PlanAsOf
from services.audit.moment import given_moment
from services.audit.then import find_assessment_as_of, find_engagement_as_of, find_plan_as_of
from services.caching import Tags
from services.read import read, shown
from services.reading import Reads

TIME: Final = "A day (2026-03-01, its end in the organization's zone) or a moment (2026-03-01T10:00:00Z)"
RECORDED: Final = QueryParameter(max_length=40, description=f"{TIME}: what was known then.")
OCCURRED: Final = QueryParameter(max_length=40, description=f"{TIME}: of what was known, that which had happened by then.")
POSITION: Final = QueryParameter(max_length=20, description="A position of the log: what was known there.")
APPROVAL: Final = QueryParameter(max_length=20, description="The version of an approval in the plan's stream: what was known at it.")
SIGNATURE: Final = QueryParameter(max_length=20, description="The version of a signature in the engagement's stream: what was known at it.")
MOMENT: Final = (
    "The moment is one of `recorded`, `position`, `approval` and `signature` (what was known), `occurred` (what had happened, by "
    "all that is known), or `occurred` with one of the others."
)


@read(
    "/v1/plans/{id:uuid}/as-of",
    "read_as_of",
    PlanAsOf,
    f"Look at a plan as it stood.\n\n{MOMENT} What you may not see today you do not see of the past.",
)
async def read_plan_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    recorded: Annotated[str | None, RECORDED] = None,
    occurred: Annotated[str | None, OCCURRED] = None,
    position: Annotated[str | None, POSITION] = None,
    approval: Annotated[str | None, APPROVAL] = None,
    signature: Annotated[str | None, SIGNATURE] = None,
) -> Response[bytes | None]:
    moment = given_moment(recorded, occurred, position, approval, signature)
    return await shown(request, tags, actor, *await find_plan_as_of(request, reads, actor, id, moment))


@read(
    "/v1/engagements/{id:uuid}/as-of",
    "read_as_of",
    EngagementAsOf,
    f"Look at an engagement as it stood.\n\nWith its agreement and its consents. {MOMENT}",
)
async def read_engagement_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    recorded: Annotated[str | None, RECORDED] = None,
    occurred: Annotated[str | None, OCCURRED] = None,
    position: Annotated[str | None, POSITION] = None,
    approval: Annotated[str | None, APPROVAL] = None,
    signature: Annotated[str | None, SIGNATURE] = None,
) -> Response[bytes | None]:
    moment = given_moment(recorded, occurred, position, approval, signature)
    return await shown(request, tags, actor, *await find_engagement_as_of(request, reads, actor, id, moment))


@read(
    "/v1/assessments/{id:uuid}/as-of",
    "read_as_of",
    AssessmentAsOf,
    f"Look at a needs assessment as it stood.\n\n{MOMENT}",
)
async def read_assessment_as_of(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    recorded: Annotated[str | None, RECORDED] = None,
    occurred: Annotated[str | None, OCCURRED] = None,
    position: Annotated[str | None, POSITION] = None,
    approval: Annotated[str | None, APPROVAL] = None,
    signature: Annotated[str | None, SIGNATURE] = None,
) -> Response[bytes | None]:
    moment = given_moment(recorded, occurred, position, approval, signature)
    return await shown(request, tags, actor, *await find_assessment_as_of(reads, actor, id, moment))


ROUTES: Final = (read_plan_as_of, read_engagement_as_of, read_assessment_as_of)
