"""The rules of an evaluation."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.context import EngagementFacts
from domain.errors import ItemUnknown, OccurredAtOutOfRange
from domain.errors.engagement import EngagementNotActive, NotAParty
from domain.errors.evaluation import AlreadyRecorded, EstimateOutOfRange, PlanVersionUnknown, RatedTwice
from domain.errors.plan import DueInPast, PlanNotActive
from domain.evaluation.commands import (
    BenefitBody,
    LevelRatingBody,
    ObjectiveRatingBody,
    RecordEvaluation,
    ScheduleEvaluation,
    ScheduleProgramPoint,
)
from domain.evaluation.context import EvaluationContext, PlanFacts
from domain.evaluation.events import EvaluationRecorded, EvaluationScheduled
from domain.evaluation.judgement import Benefit, LevelRating, ObjectiveRating
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, STRANGER, days, given, known, uuid
from tests.domain.test_engagement import FACTS as PROGRAM

OBJECTIVE, PLAN = uuid(40), uuid(41)
ENGAGEMENT = EngagementFacts(
    id=uuid(30),
    state="active",
    client_id=CLIENT,
    coach_id=COACH,
    sponsor_id=SPONSOR,
    program_id=PROGRAM.id,
    starts_on=days(0),
    planned_end=days(90),
    consents=frozenset(),
)
PLAN_FACTS = PlanFacts(id=PLAN, activated=True, versions=frozenset({1, 2}), objective_ids=frozenset({OBJECTIVE}))
SCHEDULE = ScheduleEvaluation(engagement_id=ENGAGEMENT.id, kind="interim", point="mid", due_on=days(45), evaluators=("client", "coach"))
SCHEDULED = EvaluationScheduled(
    evaluation_id=IDS[0],
    engagement_id=ENGAGEMENT.id,
    client_id=CLIENT,
    kind="interim",
    point="mid",
    due_on=days(45),
    evaluators=("client", "coach"),
    from_program=False,
)
RECORD = RecordEvaluation(
    plan_version=2,
    effectiveness=4,
    ratings=(ObjectiveRatingBody(objective_id=OBJECTIVE, rating=4, comment="Visible in the team."),),
    levels=(LevelRatingBody(level=3, rating=4),),
    benefits=(BenefitBody(objective_id=OBJECTIVE, value=Decimal("1200.50"), currency="eur", attribution=50, confidence=80),),
    summary="It works.",
)
RECORDED = EvaluationRecorded(
    evaluator="coach",
    plan_id=PLAN,
    plan_version=2,
    effectiveness=4,
    ratings=(ObjectiveRating(objective_id=OBJECTIVE, rating=4, comment=OfClient("Visible in the team.")),),
    levels=(LevelRating(level=3, rating=4),),
    benefits=(Benefit(objective_id=OBJECTIVE, value=Decimal("1200.50"), currency="eur", attribution=50, confidence=80),),
    summary=OfClient("It works."),
)


def context(**changes: Any) -> EvaluationContext:
    return EvaluationContext(**known(**{"engagement": ENGAGEMENT, "plan": PLAN_FACTS} | changes))


def test_schedules_a_point() -> None:
    given().when(SCHEDULE, context()).then(SCHEDULED)


def test_knows_a_point_of_the_program_from_one_of_its_own() -> None:
    program = replace(PROGRAM, evaluation_points=frozenset({"mid"}))
    given().when(SCHEDULE, context(program=program)).then(replace(SCHEDULED, from_program=True))
    given().when(replace(SCHEDULE, point="extra"), context(program=program)).then(replace(SCHEDULED, point="extra"))


def test_refuses_to_schedule_unless_the_engagement_is_active() -> None:
    given().when(SCHEDULE, context(engagement=replace(ENGAGEMENT, state="contracted"))).then_refused(EngagementNotActive)


def test_is_due_today_or_later() -> None:
    given().when(replace(SCHEDULE, due_on=days(0)), context()).then(replace(SCHEDULED, due_on=days(0)))
    given().when(replace(SCHEDULE, due_on=days(-1)), context()).then_refused(DueInPast, "/due_on")


def test_a_sponsor_judges_only_where_there_is_one() -> None:
    command = replace(SCHEDULE, evaluators=("sponsor", "client", "sponsor"))
    given().when(command, context()).then(replace(SCHEDULED, evaluators=("sponsor", "client")))
    given().when(command, context(engagement=replace(ENGAGEMENT, sponsor_id=None))).then_refused(NotAParty, "/evaluators")


def test_records_the_judgement_of_the_side_that_sends_it() -> None:
    given(SCHEDULED).when(RECORD, context()).then(RECORDED)
    given(SCHEDULED, RECORDED).when(RECORD, context(actor=CLIENT)).then(replace(RECORDED, evaluator="client"))


def test_refuses_a_second_judgement_of_one_side() -> None:
    given(SCHEDULED, RECORDED).when(RECORD, context()).then_refused(AlreadyRecorded)


@pytest.mark.parametrize("actor", [SPONSOR, STRANGER])
def test_refuses_who_is_no_evaluator(actor: Any) -> None:
    given(SCHEDULED).when(RECORD, context(actor=actor)).then_refused(NotAParty)


@pytest.mark.parametrize("plan", [None, replace(PLAN_FACTS, activated=False)])
def test_refuses_before_the_plan_was_activated(plan: Any) -> None:
    given(SCHEDULED).when(RECORD, context(plan=plan)).then_refused(PlanNotActive)


def test_records_also_after_the_engagement_ended() -> None:
    given(SCHEDULED).when(RECORD, context(engagement=replace(ENGAGEMENT, state="completed"))).then(RECORDED)


def test_refuses_a_version_that_the_plan_never_had() -> None:
    refusal = given(SCHEDULED).when(replace(RECORD, plan_version=3), context()).then_refused(PlanVersionUnknown, "/plan_version")
    assert refusal.facts == {"known": [1, 2]}


def test_refuses_objectives_that_the_plan_has_not() -> None:
    stranger = replace(RECORD, ratings=(*RECORD.ratings, ObjectiveRatingBody(objective_id=uuid(77), rating=1)))
    given(SCHEDULED).when(stranger, context()).then_refused(ItemUnknown, "/ratings/1/objective_id")
    benefit = replace(RECORD.benefits[0], objective_id=uuid(77))
    given(SCHEDULED).when(replace(RECORD, benefits=(benefit,)), context()).then_refused(ItemUnknown, "/benefits/0/objective_id")


@pytest.mark.parametrize("occurred_at", [NOW, NOW + timedelta(days=3), NOW + timedelta(days=9, minutes=5)])
def test_reports_what_happened_since_it_was_scheduled(occurred_at: Any) -> None:
    given(SCHEDULED).when(RECORD, context(now=NOW + timedelta(days=9), occurred_at=occurred_at)).then(RECORDED)


@pytest.mark.parametrize("occurred_at", [NOW - timedelta(microseconds=1), NOW + timedelta(days=9, minutes=5, microseconds=1)])
def test_refuses_a_time_before_it_was_scheduled_or_ahead_of_the_clock(occurred_at: Any) -> None:
    late = context(now=NOW + timedelta(days=9), occurred_at=occurred_at)
    given(SCHEDULED).when(RECORD, late).then_refused(OccurredAtOutOfRange, "/occurred_at")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e30", "0.001", "1e-999999"])
def test_a_benefit_is_an_amount_of_money(value: str) -> None:
    body = {"objective_id": str(OBJECTIVE), "value": value, "currency": "eur", "attribution": 50, "confidence": 50}
    with pytest.raises(msgspec.ValidationError, match="an amount"):
        msgspec.convert(body, BenefitBody)


@pytest.mark.parametrize("field", ["attribution", "confidence"])
@pytest.mark.parametrize("value", [-1, 101])
def test_estimates_are_per_cent(field: str, value: int) -> None:
    benefit = replace(RECORD.benefits[0], **{field: value})
    given(SCHEDULED).when(replace(RECORD, benefits=(benefit,)), context()).then_refused(EstimateOutOfRange, f"/benefits/0/{field}")


def test_rates_an_objective_and_a_level_once() -> None:
    twice = replace(RECORD, ratings=RECORD.ratings * 2)
    given(SCHEDULED).when(twice, context()).then_refused(RatedTwice, "/ratings/1")
    given(SCHEDULED).when(replace(RECORD, levels=RECORD.levels * 2), context()).then_refused(RatedTwice, "/levels/1")


PROMISED = ScheduleProgramPoint(
    evaluation_id=IDS[0], engagement_id=ENGAGEMENT.id, kind="interim", point="mid", due_on=days(45), evaluators=("client", "coach")
)


@pytest.mark.parametrize("state", ["contracted", "active", "completed", "ended_early"])
def test_the_program_schedules_its_points_with_what_begins_or_ends_the_coaching(state: Any) -> None:
    given().when(PROMISED, context(engagement=replace(ENGAGEMENT, state=state))).then(replace(SCHEDULED, from_program=True))


def test_a_point_of_the_program_that_has_passed_is_left_out() -> None:
    given().when(replace(PROMISED, due_on=days(-1)), context()).then_nothing()
    given().when(replace(PROMISED, due_on=days(0)), context()).then(replace(SCHEDULED, due_on=days(0), from_program=True))
    given(SCHEDULED).when(PROMISED, context()).then_nothing()
