"""The rules of a needs assessment."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.assessment.commands import IdentifyNeed, LaunchNeedsAssessment, NeedEvidenceBody, SubmitSelfAssessment
from domain.assessment.context import AssessmentContext
from domain.assessment.events import NeedIdentified, NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.assessment.need import NeedEvidence
from domain.context import EngagementFacts, Policy
from domain.errors import ItemUnknown, NotPermitted
from domain.errors.answering import AlreadySubmitted
from domain.errors.assessment import AnswerIncomplete, AnswerOutOfScale, AssessmentClosed, AssessmentNotOpen, NeedAlreadyIdentified
from domain.errors.engagement import EngagementNotActive
from domain.errors.organization import FloorTooLow
from domain.errors.program import DatesInverted
from domain.questionnaire import INSTRUMENTS, LEADERSHIP, current
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, IDS, days, folded, given, known, uuid

ENGAGEMENT = EngagementFacts(
    id=uuid(30),
    state="active",
    client_id=CLIENT,
    coach_id=COACH,
    sponsor_id=None,
    program_id=None,
    starts_on=days(0),
    planned_end=days(90),
    consents=frozenset(),
)
LAUNCHED = NeedsAssessmentLaunched(
    assessment_id=IDS[0],
    engagement_id=ENGAGEMENT.id,
    client_id=CLIENT,
    kind="self",
    instrument="throughline_leadership",
    instrument_version=1,
    scale_version=1,
    language="en",
    competencies=("delegation", "feedback"),
    statements=(),
    rater_min_group=3,
    anonymity=None,
    opens_on=days(0),
    closes_on=days(14),
    licensed=None,
)
LAUNCH = LaunchNeedsAssessment(engagement_id=ENGAGEMENT.id, competencies=("delegation", "feedback"))
POINTS = {"delegation_1": 1, "feedback_3": 5}
ANSWERS: dict[str, int | None] = dict.fromkeys(sorted(LEADERSHIP.items(LAUNCHED.competencies))) | POINTS
"""All that is asked, of which two apply."""
SUBMITTED = SelfAssessmentSubmitted(engagement_id=ENGAGEMENT.id, kind="self", answers=OfClient(POINTS), scale_version=1)
IDENTIFY = IdentifyNeed(
    competency="delegation",
    need_class="challenge",
    evidence=(NeedEvidenceBody(source="self_assessment", item="delegation_1"),),
    client_agrees=True,
)
IDENTIFIED = NeedIdentified(
    need_id=IDS[0],
    competency="delegation",
    need_class="challenge",
    evidence=(NeedEvidence(source="self_assessment", item="delegation_1"),),
    client_agrees=True,
)


def context(**changes: Any) -> AssessmentContext:
    return AssessmentContext(**known(**{"engagement": ENGAGEMENT} | changes))


def answered(**changes: Any) -> AssessmentContext:
    return context(actor=CLIENT, role="client", **changes)


def test_launches_for_two_weeks_from_today() -> None:
    given().when(LAUNCH, context()).then(LAUNCHED)


def test_asks_for_every_competency_when_none_is_named() -> None:
    command = LaunchNeedsAssessment(engagement_id=ENGAGEMENT.id, opens_on=days(2), closes_on=days(2))
    event = replace(LAUNCHED, competencies=tuple(LEADERSHIP.competencies), opens_on=days(2), closes_on=days(2))
    given().when(command, context()).then(event)


def test_may_close_on_the_day_it_opens() -> None:
    command = replace(LAUNCH, opens_on=days(0), closes_on=days(0))
    given().when(command, context()).then(replace(LAUNCHED, closes_on=days(0)))


@pytest.mark.parametrize("stage", ["proposed", "contracted", "paused", "completed"])
def test_everything_needs_an_active_engagement(stage: Any) -> None:
    engagement = replace(ENGAGEMENT, state=stage)
    given().when(LAUNCH, context(engagement=engagement)).then_refused(EngagementNotActive)
    given(LAUNCHED).when(SubmitSelfAssessment(answers=ANSWERS), answered(engagement=engagement)).then_refused(EngagementNotActive)
    given(LAUNCHED, SUBMITTED).when(IDENTIFY, context(engagement=engagement)).then_refused(EngagementNotActive)


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"instrument": "nobody_knows_it"}, ItemUnknown, "/instrument"),
        ({"competencies": ("delegation", "juggling")}, ItemUnknown, "/competencies"),
        ({"closes_on": days(-1), "opens_on": days(-2)}, DatesInverted, "/closes_on"),
        ({"opens_on": days(3), "closes_on": days(2)}, DatesInverted, "/closes_on"),
    ],
)
def test_refuses_to_launch(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given().when(replace(LAUNCH, **changes), context()).then_refused(refusal, pointer)


def test_the_floor_is_the_policys_and_may_be_raised() -> None:
    policy = Policy(version=4, rater_min_group=5)
    given().when(LAUNCH, context(policy=policy)).then(replace(LAUNCHED, rater_min_group=5))
    given().when(replace(LAUNCH, rater_min_group=5), context(policy=policy)).then(replace(LAUNCHED, rater_min_group=5))
    raised = replace(LAUNCHED, rater_min_group=6)
    given().when(replace(LAUNCH, rater_min_group=6), context(policy=policy)).then(raised)
    refusal = given().when(replace(LAUNCH, rater_min_group=4), context(policy=policy)).then_refused(FloorTooLow, "/rater_min_group")
    assert refusal.facts == {"floor": 5}


def test_the_client_answers_and_the_answers_are_sealed() -> None:
    assert not folded("assessment", [LAUNCHED]).is_complete
    state = given(LAUNCHED).when(SubmitSelfAssessment(answers=ANSWERS), answered()).then(SUBMITTED)
    assert state.is_complete
    assert not state.answers.is_open


def test_nobody_answers_for_the_client() -> None:
    given(LAUNCHED).when(SubmitSelfAssessment(answers=ANSWERS), context(actor=COACH)).then_refused(NotPermitted)


def test_refuses_a_second_answer() -> None:
    given(LAUNCHED, SUBMITTED).when(SubmitSelfAssessment(answers=ANSWERS), answered()).then_refused(AlreadySubmitted)


@pytest.mark.parametrize(("today", "refusal"), [(days(1), AssessmentNotOpen), (days(15), AssessmentClosed)])
def test_refuses_answers_outside_of_its_days(today: Any, refusal: Any) -> None:
    launched = replace(LAUNCHED, opens_on=days(2))
    given(launched).when(SubmitSelfAssessment(answers=ANSWERS), answered(today=today)).then_refused(refusal)


@pytest.mark.parametrize("today", [days(2), days(14)])
def test_the_first_and_the_last_day_are_open(today: Any) -> None:
    launched = replace(LAUNCHED, opens_on=days(2))
    given(launched).when(SubmitSelfAssessment(answers=ANSWERS), answered(today=today)).then(SUBMITTED)


@pytest.mark.parametrize("answers", [{"delegation_1": 0}, {"delegation_1": 6}, {"delegation_9": 3}, {"direction_1": 3}])
def test_refuses_what_the_instrument_does_not_ask_or_its_scale_does_not_have(answers: dict[str, int]) -> None:
    (item,) = answers
    refusal = (
        given(LAUNCHED)
        .when(SubmitSelfAssessment(answers={**ANSWERS, **answers}), answered())
        .then_refused(AnswerOutOfScale, f"/answers/{item}")
    )
    assert refusal.facts == {"lowest": 1, "highest": 5}


def test_refuses_an_answer_that_leaves_out_what_is_asked_and_names_it() -> None:
    some: dict[str, int | None] = {"delegation_1": 4, "delegation_2": None, "feedback_1": 2, "feedback_2": 3, "feedback_3": 3}
    refusal = given(LAUNCHED).when(SubmitSelfAssessment(answers=some), answered()).then_refused(AnswerIncomplete, "/answers")
    assert refusal.facts == {"missing": ["delegation_3"]}


def test_refuses_an_answer_of_nothing_that_applies() -> None:
    nothing: dict[str, int | None] = dict.fromkeys(ANSWERS)
    given(LAUNCHED).when(SubmitSelfAssessment(answers=nothing), answered()).then_refused(AnswerIncomplete, "/answers")


def test_identifies_a_need_with_where_it_shows() -> None:
    (need,) = given(LAUNCHED, SUBMITTED).when(IDENTIFY, context()).then(IDENTIFIED).needs
    assert (need.id, need.competency, need.client_agrees) == (IDS[0], "delegation", True)


def test_a_need_may_show_outside_of_the_answers() -> None:
    command = replace(IDENTIFY, evidence=(NeedEvidenceBody(source="interview"),), client_agrees=None)
    event = replace(IDENTIFIED, evidence=(NeedEvidence(source="interview"),), client_agrees=None)
    given(LAUNCHED).when(command, context()).then(event)


def test_refuses_a_need_twice() -> None:
    given(LAUNCHED, SUBMITTED, IDENTIFIED).when(IDENTIFY, context()).then_refused(NeedAlreadyIdentified, "/competency")


def test_refuses_a_need_that_was_not_asked_for() -> None:
    given(LAUNCHED, SUBMITTED).when(replace(IDENTIFY, competency="direction"), context()).then_refused(ItemUnknown, "/competency")


def test_refuses_evidence_that_there_is_not() -> None:
    given(LAUNCHED).when(IDENTIFY, context()).then_refused(ItemUnknown, "/evidence/0/source")
    elsewhere = replace(IDENTIFY, evidence=(*IDENTIFY.evidence, NeedEvidenceBody(source="self_assessment", item="direction_1")))
    given(LAUNCHED, SUBMITTED).when(elsewhere, context()).then_refused(ItemUnknown, "/evidence/1/item")


def test_every_instrument_is_found_by_its_code_and_version_and_has_a_word_for_each_point() -> None:
    for (code, version), instrument in INSTRUMENTS.items():
        assert (instrument.code, instrument.version) == (code, version)
        assert len(instrument.anchors) == instrument.highest - instrument.lowest + 1
        items = [item for competency in instrument.competencies.values() for item in competency.items]
        assert len(items) == len(set(items)) >= len(instrument.competencies) * 3
    assert current("throughline_leadership") is LEADERSHIP
    assert current("nobody_knows_it") is None
