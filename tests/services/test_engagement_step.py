"""What is next in an engagement, and by whom, as its streams stand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec import structs

from domain.engagement.state import EngagementState
from domain.plan.state import Approval, PlanState
from domain.program.state import ProgramState
from services.engagement.step import Course, Step, next_step
from services.engagement.step import of_approval as approval

COACH, PLAN = UUID(int=2), UUID(int=3)
PROPOSED = PlanState(id=PLAN, status="proposed", plan_version=1, digest="a" * 64)


def agreed(*parties: str) -> PlanState:
    one = Approval(plan_version=1, digest="a" * 64, by=COACH, at=datetime(2026, 1, 1, tzinfo=UTC))
    return structs.replace(PROPOSED, approvals=dict.fromkeys(parties, one))


def test_a_coach_is_assigned_and_terms_are_put_down_first() -> None:
    proposed = EngagementState()
    assert next_step(Course(proposed)) == Step("assign_coach", ("program_manager",))
    assert next_step(Course(structs.replace(proposed, coach_id=COACH))) == Step("draft_agreement", ("coach",))


@pytest.mark.parametrize("stage", ["completed", "ended_early", "cancelled"])
def test_nothing_is_next_in_what_is_over(stage: str) -> None:
    over = structs.replace(EngagementState(), stage=stage, closed_on=date(2026, 1, 1))
    assert next_step(Course(over)) is None


def test_what_rests_is_resumed() -> None:
    assert next_step(Course(structs.replace(EngagementState(), stage="paused"))) == Step("resume", ("client", "coach"))


def test_who_has_not_approved_what_the_plan_says_now_is_asked() -> None:
    course, asks = Course(EngagementState()), ProgramState(sponsor_approves_plans=True)
    assert approval(course, PROPOSED) == Step("approve_plan", ("client", "coach"), PLAN)
    assert approval(course._replace(program=asks), agreed("client")) == Step("approve_plan", ("coach", "sponsor"), PLAN)
    assert approval(course, agreed("client", "coach")) is None
    stale = structs.replace(agreed("client", "coach"), digest="b" * 64)
    assert approval(course, stale) == Step("approve_plan", ("client", "coach"), PLAN)
