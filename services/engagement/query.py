"""What a reader finds of engagements: what the JSON read answers, and what the pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import UNSET, structs

from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.plan.state import PlanState
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT, Current
from projections.members import MEMBERS
from projections.ordered import ordered
from projections.projection import Projection
from services.actor import Actor
from services.engagement.answers import EngagementAnswer, EngagementsAnswer, all_agreements, engagement_answer
from services.engagement.company import company_answer, met
from services.engagement.step import Course
from services.permission import policy
from services.reading.listing import Page, Wanted, like, order, within
from services.reading.reads import Found, Look, NotCaughtUp, Reads, names
from services.reading.view import WITHHELD, Sight, people, sight

EVERYTHING: Final = Wanted()
DATES: Final = {"starts_on": ("state", "starts_on"), "planned_end": ("state", "planned_end")}
BELONGING: Final = ("plan", "assessment", "evaluation")
"""Nouns whose streams belong to an engagement."""
SHOWN: Final[tuple[Projection[Any], ...]] = (*(CURRENT[noun] for noun in ("engagement", *BELONGING)), MEMBERS)
"""What one engagement is read from."""


async def find_engagements(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, page: Page, wanted: Wanted = EVERYTHING
) -> Found[EngagementsAnswer]:
    """A page of those that the actor may see, each by the consent of this moment. Raises `NotPermitted`."""
    look = await reads.look(actor, "list_engagements")
    async with reads.snapshot(request, actor, CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, position):
        scope = within(policy.scope(look.actor, look.action), client=wanted.client, coach=wanted.coach, program=wanted.program)
        by, holding, opens = order(wanted.sort, DATES), like(stage=wanted.stage), sight(look.actor).opens
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
    return Found(EngagementsAnswer(items=items, next_cursor=page.following(found)), position)


async def find_engagement(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[EngagementAnswer]:
    """An engagement as it stands. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_engagement", "engagement", id)
    seen = look.sight
    async with reads.snapshot(request, actor, *SHOWN, shown_by=look) as (rows, position):
        found = await current.one(rows, "engagement", id, words=seen.opens)
        if found is None:
            raise NotCaughtUp
        concerned = [*parties(found), *met(found.state, seen, actor.person_id)]
        named = people(await names(rows, concerned), seen, *concerned)
        is_member = actor.person_id in found.state.present_members
        belonging = {noun: await current.of_engagement(rows, noun, id) for noun in BELONGING}
    answer = structs.replace(
        engagement_answer(found, named, seen, reader=actor.person_id, counts=not actor.outsider),
        agreements=all_agreements(found.state, seen, reader=actor.person_id, counts=not actor.outsider),
        company=company_answer(found.state, seen, actor.person_id),
        plan_id=next(iter(belonging["plan"]), None),
        assessment_ids=tuple(belonging["assessment"]) if seen.drafts and not is_member else WITHHELD,
        evaluation_ids=UNSET if is_member else tuple(belonging["evaluation"]),
    )
    return Found(answer, position, found.version)


def parties(one: Current[EngagementState]) -> list[UUID | None]:
    return [one.client_id, one.coach_id, one.sponsor_id]


async def courses_of(request: Request[Any, Any, Any], reads: Reads, look: Look, ids: Sequence[UUID]) -> dict[UUID, Course]:
    """How far each of these engagements has come, as far as the reader is told; without those that are not theirs at this moment."""
    actor, shown = look.actor, [CURRENT[noun] for noun in ("program", "plan", "assessment")]
    async with reads.snapshot(request, actor, *shown, shown_by=look) as (rows, _):
        seen = await reads.seen(look, ids, rows.connection)
        programs_asked = list({one.engagement.program_id for one in seen.values()} - {None})
        page = {"engagement_ids": list(seen), "after": None, "at_most": None}
        plans = await current.read(rows, "plan", False, "in_engagements", **page)
        assessments = await current.read(rows, "assessment", False, "in_engagements", **page)
        programs = await current.read(rows, "program", False, "some", keys=programs_asked)
    if look.engagement is None:  # that of one is noted by the look at it
        await reads.note_sights(look, seen)
    plan_of: dict[UUID | None, PlanState] = {one.engagement_id: one.state for one in plans}
    program_of: dict[UUID | None, ProgramState] = {one.id: one.state for one in programs}
    assessed: defaultdict[UUID | None, list[AssessmentState]] = defaultdict(list)
    for one in assessments:
        assessed[one.engagement_id].append(one.state)
    return {
        id: Course(
            one.engagement,
            program_of.get(one.engagement.program_id),
            plan_of.get(id) if tells_plan(one.sight) and actor.person_id not in one.engagement.unsigned else None,
            assessed[id] if actor.person_id not in one.engagement.present_members else [],
            outside=not one.sight.drafts,
        )
        for id, one in seen.items()
    }


def tells_plan(seen: Sight) -> bool:
    return seen.drafts or "objective_titles" in seen.classes
