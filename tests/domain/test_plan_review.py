"""Reviews: counted, on evidence, within the cadence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import Policy
from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired
from domain.errors.plan import (
    DueInPast,
    PlanNotActive,
    ReviewGapTooLong,
)
from domain.plan.commands import ReviewPlan
from domain.plan.commands.part import EvidenceBody
from domain.plan.commands.progress import DecisionBody
from domain.plan.events import PlanReviewed, ReviewDecision
from domain.values import OfAuthor
from tests.domain.planning import OBJECTIVE, UNKNOWN, by, defined, drafted, kept
from tests.domain.spec import CLIENT, COACH, NOW, TODAY, days, given
from tests.domain.test_plan_conclusion import PAST
from tests.domain.test_plan_measurement import progress

REVIEW = ReviewPlan(decisions=(DecisionBody(decision="keep"),), next_review_on=days(14))


def reviewed(**changes: Any) -> PlanReviewed:
    event = PlanReviewed(
        review_no=1,
        reviewed_on=TODAY,
        decisions=(ReviewDecision(decision="keep", objective_id=None, note=None, evidence=()),),
        next_review_on=days(14),
        participants=(COACH,),
        reason_code=None,
        reason=None,
    )
    return replace(event, **changes)


def test_reviews_are_counted() -> None:
    given(*PAST).when(REVIEW, by(COACH)).then(reviewed())
    given(*PAST, reviewed()).when(REVIEW, by(COACH)).then(reviewed(review_no=2))


def test_a_decision_cites_what_it_rests_on() -> None:
    past = [*PAST, progress(50)]
    cited = (
        EvidenceBody(kind="kpi", ref="objective_progress", value=Decimal("0.25"), as_of=TODAY),
        EvidenceBody(kind="measurement", ref=str(len(past)), value=Decimal(50), as_of=TODAY),
        EvidenceBody(kind="evaluation", ref=str(UNKNOWN), value=Decimal(4), as_of=TODAY),
    )
    decision = DecisionBody(decision="refine", objective_id=OBJECTIVE, note="Eighty is too far", evidence=cited)
    decided = ReviewDecision(
        decision="refine", objective_id=OBJECTIVE, note=OfAuthor("Eighty is too far"), evidence=tuple(kept(one) for one in cited)
    )
    command = replace(REVIEW, decisions=(decision,), participants=(COACH, CLIENT))
    given(*past).when(command, by(COACH)).then(reviewed(decisions=(decided,), participants=(COACH, CLIENT)))


@pytest.mark.parametrize(
    ("decision", "pointer"),
    [
        (DecisionBody(decision="drop", objective_id=UNKNOWN), "/decisions/1/objective_id"),
        (DecisionBody(decision="keep", evidence=(EvidenceBody(kind="measurement", ref="1", as_of=TODAY),)), "/decisions/1/evidence/0/ref"),
    ],
)
def test_decisions_are_about_what_stands_in_the_plan(decision: DecisionBody, pointer: str) -> None:
    command = replace(REVIEW, decisions=(*REVIEW.decisions, decision))
    given(*PAST).when(command, by(COACH)).then_refused(ItemUnknown, pointer)


def test_the_next_review_is_within_the_cadence_or_has_a_reason() -> None:
    given(*PAST).when(replace(REVIEW, next_review_on=days(30)), by(COACH)).then(reviewed(next_review_on=days(30)))
    late = replace(REVIEW, next_review_on=days(31))
    refusal = given(*PAST).when(late, by(COACH)).then_refused(ReviewGapTooLong, "/next_review_on")
    assert refusal.facts == {"cadence_days": 30}
    expected = reviewed(next_review_on=days(31), reason_code="absence")
    given(*PAST).when(replace(late, reason_code="absence"), by(COACH, policy=Policy(version=5))).then(expected)
    given(*PAST).when(replace(late, reason="away"), by(COACH)).then_refused(ReasonRequired)
    given(*PAST).when(REVIEW, by(COACH, policy=Policy(version=5, review_cadence_days=13))).then_refused(ReviewGapTooLong)


@pytest.mark.parametrize("next_on", [TODAY, days(-1)])
def test_the_next_review_lies_ahead(next_on: Any) -> None:
    given(*PAST).when(replace(REVIEW, next_review_on=next_on), by(COACH)).then_refused(DueInPast, "/next_review_on")


def test_an_active_plan_is_reviewed_and_not_before_it_was_one() -> None:
    given(drafted(), defined()).when(REVIEW, by(COACH)).then_refused(PlanNotActive)
    early = by(COACH, occurred_at=NOW - timedelta(days=1))
    given(*PAST).when(REVIEW, early).then_refused(OccurredAtOutOfRange, "/occurred_at")
    given(*PAST).when(replace(REVIEW, reason_code="whim"), by(COACH)).then_refused(ReasonRequired, "/reason_code")
