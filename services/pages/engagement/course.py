"""The step that an engagement waits for, in words, with the page on which it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from services.actor import Actor
from services.engagement.step import Course, Step, StepCode, step_for

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
    found = step_for(course, actor)
    if found is None:
        return None
    step, mine = found
    return Next(step, STEPS[step.code], path_of(step, course.engagement.id), mine)


def path_of(step: Step, engagement: UUID) -> str:
    """Where it is done."""
    if step.code in ON_AGREEMENT:
        return f"{ENGAGEMENTS}/{engagement}/agreement"
    if step.about is None:
        return f"{ENGAGEMENTS}/{engagement}#{step.code}"
    return f"/{'assessments' if step.code in ON_ASSESSMENT else 'plans'}/{step.about}"
