"""Reads of plans: the list, one as it stands, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from domain.engagement.state import EngagementState
from domain.values import Personal
from projections import current, kpi_board
from projections.current import CURRENT
from projections.kpi.objective import progress
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.plan_timeline import PLAN_TIMELINE, timeline
from projections.snapshot import Snapshot
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.cursor import read_cursor, write_cursor
from services.plan.answers import PlanAnswer, PlansAnswer, plan_answer
from services.plan.timeline import TimelineAnswer, told_answer
from services.read import CURSOR, LIMIT, read, shown
from services.reading import Look, NotCaughtUp, Reads, names
from services.view import people, sight


@read("/v1/plans", "list_plans", PlansAnswer, "List plans.\n\nYour own, or those that your role covers, oldest first.")
async def list_plans(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_plans")
    opens, scope = sight(look.actor).opens, policy.scope(look.actor)
    async with reads.snapshot(request, actor, CURRENT["plan"], CURRENT["engagement"], KPI_BOARD) as (rows, position):
        found = await current.listed(rows, "plan", scope, after=read_cursor(cursor), limit=limit + 1, words=opens)
        reached = {one.id: await progresses(rows, one.state.engagement_id, look.today) for one in found[:limit]}
    fresh = await reads.sights(look, [one.state.engagement_id for one in found[:limit]])
    items = tuple(
        plan_answer(one, reached[one.id], (), seen, counts=not actor.outsider)
        for one in found[:limit]
        if (seen := fresh.get(one.state.engagement_id)) is not None
    )
    answer = PlansAnswer(items=items, next_cursor=write_cursor(found[limit - 1].id) if len(found) > limit else UNSET)
    return await shown(request, tags, actor, answer, position)


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
    look = await reads.look(actor, "read_plan", "plan", id)
    engagement, known = engagement_and_parties(look)
    async with reads.snapshot(request, actor, CURRENT["plan"], KPI_BOARD, MEMBERS) as (rows, position):
        found = await current.one(rows, "plan", id, words=look.sight.opens)
        if found is None:
            raise NotCaughtUp
        reached = await progresses(rows, engagement, look.today)
        named = people(await names(rows, known), look.sight, *known)
    answer = plan_answer(found, reached, named, look.sight, counts=not actor.outsider)
    return await shown(request, tags, actor, answer, position, found.version)


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
    look = await reads.look(actor, "read_timeline", "plan", id)
    engagement, known = engagement_and_parties(look)
    seen = look.sight
    async with reads.snapshot(request, actor, PLAN_TIMELINE, MEMBERS) as (rows, position):
        labels = readable(await names(rows, known)) if seen.names else {}
        told = await timeline(rows, engagement, labels, words=seen.words)
        authors = [*known, *(one.actor for one in told)]
        named = people(await names(rows, authors), seen, *authors)
    items = tuple(told_answer(one, seen) for one in told)
    answer = TimelineAnswer(plan_id=id, engagement_id=engagement, items=items, people=named)
    return await shown(request, tags, actor, answer, position)


def engagement_and_parties(look: Look) -> tuple[UUID, list[UUID | None]]:
    state: EngagementState | None = look.engagement
    assert state is not None  # a plan belongs to an engagement
    return state.id, [state.client_id, state.coach_id, state.sponsor_id]


def readable(known: Mapping[UUID, Personal[str] | None]) -> dict[UUID, str]:
    """Names as words of a sentence; who was erased is called by their role there."""
    return {id: name.plain() for id, name in known.items() if name is not None and name.is_open}


async def progresses(rows: Snapshot, engagement: UUID, today: date) -> Mapping[UUID, Decimal | None]:
    """How far each objective has come, by the same formula as the board's."""
    facts = await kpi_board.facts_of(rows, engagement)
    return {id: progress(one, today) for id, one in facts.objectives.items()} if facts else {}


ROUTES: Final = (list_plans, read_plan, read_timeline)
