"""How far engagements have come, for their list and their page: the step that each waits for, in words, with the page on which it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.assessment.state import AssessmentState
from domain.plan.state import PlanState
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.engagement.step import Course, Step, StepCode, next_step
from services.reading.reads import Reads, Seen
from services.reading.view import Sight

ENGAGEMENTS: Final = "/engagements"
STEPS: Final[Mapping[StepCode, str]] = {
    "assign_coach": "Assign a coach",
    "draft_agreement": "Put down the terms of the agreement",
    "sign_agreement": "Read and sign the agreement",
    "amend_agreement": "Put the new terms into force",
    "resume": "Let the coaching go on, when it is time",
    "begin": "Begin the coaching: say from when to when",
    "open_plan": "Open the plan",
    "launch_assessment": "Launch the needs assessment that the program asks for",
    "answer_assessment": "Answer the self-assessment",
    "close_assessment": "Close the needs assessment, once enough have answered",
    "define_objectives": "Say what is to be reached: define objectives",
    "propose_plan": "Propose the plan, once its objectives are complete",
    "approve_plan": "Read and approve the plan",
    "activate_plan": "Bring the approved plan into force",
    "answer_change": "Accept or decline the change of the plan",
}
"""What is next, as it is said to whoever does it."""
ON_AGREEMENT: Final = frozenset[StepCode]({"draft_agreement", "sign_agreement", "amend_agreement"})
ON_ASSESSMENT: Final = frozenset[StepCode]({"answer_assessment", "close_assessment"})


class Next(NamedTuple):
    """What is next, by whom, and where; `mine` when it is the reader's to do."""

    step: Step
    words: str
    path: str
    mine: bool


def next_of(course: Course, actor: Actor) -> Next | None:
    """A member of a group is called on to sign; the rest is for its first client, who acts for it."""
    engagement, person = course.engagement, actor.person_id
    signs = engagement.to_sign(person) is not None
    step = Step("sign_agreement", ("client",)) if signs and person in engagement.present_members else next_step(course)
    if step is None:
        return None
    mine = signs if step.code == "sign_agreement" else actor.role in step.by and person not in engagement.present_members
    return Next(step, STEPS[step.code], path_of(step, engagement.id), mine)


def path_of(step: Step, engagement: UUID) -> str:
    """Where it is done."""
    if step.code in ON_AGREEMENT:
        return f"{ENGAGEMENTS}/{engagement}/agreement"
    if step.about is None:
        return f"{ENGAGEMENTS}/{engagement}#{step.code}"
    return f"/{'assessments' if step.code in ON_ASSESSMENT else 'plans'}/{step.about}"


async def courses_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, seen: Mapping[UUID, Seen]) -> dict[UUID, Course]:
    """Of each engagement, as far as the reader is told."""
    programs_asked = list({one.engagement.program_id for one in seen.values()} - {None})
    page = {"engagement_ids": list(seen), "after": None, "at_most": None}
    shown = [CURRENT[noun] for noun in ("program", "plan", "assessment")]
    async with reads.snapshot(request, actor, *shown) as (rows, _):
        plans = await current.read(rows, "plan", False, "in_engagements", **page)
        assessments = await current.read(rows, "assessment", False, "in_engagements", **page)
        programs = await current.read(rows, "program", False, "some", keys=programs_asked)
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
