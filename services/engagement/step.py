"""What an engagement waits for, and by whom it is done: read from how its streams stand, in the order in which one step needs the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.glossary import ENDED, PARTIES, AssessmentKind, Party
from domain.plan.state import PlanState
from domain.program.state import ProgramState
from services.actor import Actor

Doer: TypeAlias = Party | Literal["program_manager"]
StepCode: TypeAlias = Literal[
    "assign_coach",
    "draft_agreement",
    "sign_agreement",
    "amend_agreement",
    "resume",
    "begin",
    "open_plan",
    "launch_assessment",
    "answer_assessment",
    "close_assessment",
    "define_objectives",
    "propose_plan",
    "approve_plan",
    "activate_plan",
    "answer_change",
]
COACHED: Final[tuple[Party, ...]] = ("client", "coach")


class Step(NamedTuple):
    """`about` is the stream that it is done in, where that is not the engagement itself."""

    code: StepCode
    by: tuple[Doer, ...]
    about: UUID | None = None


class Course(NamedTuple):
    """What is known of an engagement. `plan` is None where there is none.

    `outside`: what is told to a sponsor, of whose own word alone a plan makes a step, and only of what the client lets them see.
    """

    engagement: EngagementState
    program: ProgramState | None = None
    plan: PlanState | None = None
    assessments: Sequence[AssessmentState] = ()
    outside: bool = False


def next_step(course: Course) -> Step | None:
    """None while nothing waits: the coaching goes on, or is over."""
    engagement = course.engagement
    if engagement.stage in ENDED:
        return None
    if engagement.stage == "paused":
        return Step("resume", COACHED)
    return of_agreement(engagement) or (of_sponsor(course) if course.outside else of_plan(course))


def step_for(course: Course, actor: Actor) -> tuple[Step, bool] | None:
    """What is next, as the reader is told, and whether it is theirs to do.

    A member of a group is called on to sign; the rest is for its first client, who acts for it.
    """
    engagement, person = course.engagement, actor.person_id
    signs = engagement.to_sign(person) is not None
    step = Step("sign_agreement", ("client",)) if signs and person in engagement.present_members else next_step(course)
    if step is None:
        return None
    return step, signs if step.code == "sign_agreement" else actor.role in step.by and person not in engagement.present_members


def of_agreement(engagement: EngagementState) -> Step | None:
    """Up to the beginning of the coaching, and while it is agreed anew."""
    if engagement.coach_id is None:
        return Step("assign_coach", ("program_manager",))
    if engagement.latest is None or engagement.awaits_terms:
        return Step("draft_agreement", ("coach",))
    if awaited := engagement.awaits(engagement.latest):
        return Step("sign_agreement", tuple(dict.fromkeys(one.party for one in awaited)))
    if engagement.amendment is not None:
        return Step("amend_agreement", ("coach",))
    return Step("begin", ("coach",)) if engagement.stage == "contracted" else None


def of_plan(course: Course) -> Step | None:
    """From an active engagement without a plan to an active plan, and what was proposed to change in that."""
    plan = course.plan
    if plan is None:
        return Step("open_plan", ("coach",))
    if plan.status == "active":
        return of_changes(course, plan)
    if waits := of_assessment(course):
        return waits
    if not plan.open_objectives:
        return Step("define_objectives", COACHED, plan.id)
    if plan.status == "draft":
        return Step("propose_plan", ("coach",), plan.id)
    return of_approval(course, plan) or Step("activate_plan", ("coach",), plan.id)


def of_sponsor(course: Course) -> Step | None:
    if course.plan is None or course.plan.status == "draft":
        return None
    step = of_changes(course, course.plan) if course.plan.status == "active" else of_approval(course, course.plan)
    return step if step is not None and "sponsor" in step.by else None


def of_approval(course: Course, plan: PlanState) -> Step | None:
    asked = parties(asks_sponsor=course.program is not None and course.program.sponsor_approves_plans)
    agreed = {party for party, one in plan.approvals.items() if (one.plan_version, one.digest) == (plan.plan_version, plan.digest)}
    missing = tuple(party for party in asked if party not in agreed)
    return Step("approve_plan", missing, plan.id) if missing else None


def parties(*, asks_sponsor: bool) -> tuple[Party, ...]:
    return PARTIES if asks_sponsor else COACHED


def of_assessment(course: Course) -> Step | None:
    """What keeps the program's assessments from being finished; a plan does not become active without them."""
    for kind in course.program.required_assessments if course.program is not None else ():
        known = [one for one in course.assessments if one.kind == kind]
        if not any(one.is_complete for one in known):
            return of_kind(kind, known)
    return None


def of_kind(kind: AssessmentKind, known: Sequence[AssessmentState]) -> Step:
    if not known:
        return Step("launch_assessment", ("coach",))
    last = known[-1]
    if last.answers is None:
        return Step("answer_assessment", ("client",), last.id)
    return Step("close_assessment", ("coach",), last.id)


def of_changes(course: Course, plan: PlanState) -> Step | None:
    """The first change that waits, and who has not said yes to it."""
    asked = parties(asks_sponsor=course.program is not None and course.program.sponsor_accepts_changes)
    for change in plan.changes.values():
        if not change.decided:
            return Step("answer_change", tuple(party for party in asked if party not in change.accepted_by), plan.id)
    return None
