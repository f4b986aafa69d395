"""Who is asked, and what a rater's answers have to be like."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.assessment.commands import DecideRaterNomination, LaunchNeedsAssessment, NominateRater, StatementBody, SubmitSelfAssessment
from domain.assessment.context import Nominee
from domain.assessment.decide.answer import answered
from domain.assessment.decide.rater import MOST_RATERS
from domain.assessment.events import RaterNominated, RaterNominationDecided, Statement
from domain.assessment.feedback import Feedback, FeedbackBody
from domain.errors import ItemUnknown, NotFound, Refusal
from domain.errors.assessment import (
    AnswerIncomplete,
    AnswerOutOfScale,
    AssessmentClosed,
    AssessmentNotOpen,
    AssessmentStarted,
    NotOfRaters,
    RaterInTwoGroups,
    RaterNotEligible,
    StatementMissing,
    TooManyRaters,
)
from domain.errors.engagement import EngagementNotActive
from domain.questionnaire import LEADERSHIP
from domain.values import OfPerson
from tests.domain.assessing import ASKED, approved, closed, context, nominated
from tests.domain.spec import CLIENT, COACH, IDS, days, folded, given, uuid
from tests.domain.test_assessment import ANSWERS, ENGAGEMENT, LAUNCHED, SUBMITTED

LAUNCH = LaunchNeedsAssessment(engagement_id=ENGAGEMENT.id, kind="feedback_360", competencies=("delegation", "feedback"))
NOMINATE = NominateRater(name="Ada Lindqvist", email="ada@corvane.example", group="peer")
RATER = uuid(200)
DECIDE = DecideRaterNomination(rater_id=RATER, approved=True)
DECIDED = RaterNominationDecided(rater_id=RATER, group="peer", approved=True)


def made(rater: Any, by: Any) -> RaterNominated:
    return RaterNominated(
        rater_id=rater,
        group="peer",
        nominated_by=by,
        name=OfPerson("Ada Lindqvist", subject=rater),
        email=OfPerson("ada@corvane.example", subject=rater),
    )


def test_raters_are_promised_what_the_assessment_keeps() -> None:
    given().when(LAUNCH, context()).then(ASKED)


def test_statements_may_be_worded_otherwise_and_in_another_language_all_have_to_be() -> None:
    own = replace(LAUNCH, statements=(StatementBody(item="delegation_1", text="They delegate."),))
    given().when(own, context()).then(replace(ASKED, statements=(Statement(item="delegation_1", text="They delegate."),)))
    unknown = replace(LAUNCH, statements=(StatementBody(item="direction_1", text="They lead."),))
    given().when(unknown, context()).then_refused(ItemUnknown, "/statements/0/item")
    refusal = given().when(replace(own, language="de"), context()).then_refused(StatementMissing, "/statements")
    assert refusal.facts["missing"] == sorted(LEADERSHIP.items(("delegation", "feedback")) - {"delegation_1"})


def test_whom_the_client_proposes_waits_for_the_coach() -> None:
    state = given(ASKED).when(NOMINATE, context(actor=CLIENT, role="client")).then(made(IDS[0], "client"))
    assert (state.raters[IDS[0]].approved, state.approved) == (None, {})


def test_whom_the_coach_proposes_is_approved_with_that() -> None:
    decided = RaterNominationDecided(rater_id=IDS[0], group="peer", approved=True)
    state = given(ASKED).when(NOMINATE, context(actor=COACH)).then(made(IDS[0], "coach"), decided)
    assert list(state.approved) == [IDS[0]]


def test_a_person_of_the_organization_is_known_by_their_id() -> None:
    found = context(actor=CLIENT, role="client", nominee=Nominee(None, uuid(70)))
    given(ASKED).when(NOMINATE, found).then(made(uuid(70), "client"))


@pytest.mark.parametrize("person", [CLIENT, COACH])
def test_neither_client_nor_coach_is_a_rater(person: Any) -> None:
    given(ASKED).when(NOMINATE, context(nominee=Nominee(None, person))).then_refused(RaterNotEligible, "/email")


def test_nobody_is_in_two_groups() -> None:
    again = context(nominee=Nominee(RATER, None))
    refusal = given(ASKED, nominated(RATER, "other")).when(NOMINATE, again).then_refused(RaterInTwoGroups, "/email")
    assert refusal.facts == {"group": "other"}


def test_raters_stay_people_whom_one_works_with() -> None:
    many = [nominated(uuid(200 + number), "peer") for number in range(MOST_RATERS)]
    given(ASKED, *many).when(NOMINATE, context()).then_refused(TooManyRaters)


@pytest.mark.parametrize("command", [NOMINATE, DECIDE])
def test_raters_are_only_of_an_open_assessment_that_asks_them(command: Any) -> None:
    given(LAUNCHED).when(command, context()).then_refused(NotOfRaters)
    paused = context(engagement=replace(ENGAGEMENT, state="paused"))
    given(ASKED, nominated(RATER, "peer")).when(command, paused).then_refused(EngagementNotActive)
    given(ASKED, nominated(RATER, "peer"), closed(0)).when(command, context()).then_refused(AssessmentClosed)


def test_the_coach_decides_and_until_somebody_answered_decides_anew() -> None:
    past = (ASKED, nominated(RATER, "peer"))
    given(*past).when(DECIDE, context()).then(DECIDED)
    given(*past).when(replace(DECIDE, group="other"), context()).then(replace(DECIDED, group="other"))
    given(*past, DECIDED).when(DECIDE, context()).then_nothing()
    given(*past, DECIDED).when(replace(DECIDE, approved=False), context()).then(replace(DECIDED, approved=False))
    given(*past).when(replace(DECIDE, rater_id=uuid(201)), context()).then_refused(ItemUnknown, "/rater_id")


def test_after_the_first_answer_groups_stay_as_they_are() -> None:
    past, started = (ASKED, nominated(RATER, "peer")), context(answered=1)
    given(*past).when(DECIDE, started).then(DECIDED)
    given(*past).when(replace(DECIDE, group="other"), started).then_refused(AssessmentStarted)
    given(*past, DECIDED).when(replace(DECIDE, group="other"), started).then_refused(AssessmentStarted)
    given(*past, DECIDED).when(replace(DECIDE, approved=False), started).then_refused(AssessmentStarted)


def test_the_sponsor_is_no_peer_and_may_answer_as_the_manager() -> None:
    sponsored = replace(ENGAGEMENT, sponsor_id=RATER)
    as_sponsor = context(engagement=sponsored, nominee=Nominee(None, RATER))
    for group in ("peer", "direct_report"):
        given(ASKED).when(replace(NOMINATE, group=group), as_sponsor).then_refused(RaterNotEligible, "/group")
    given(ASKED).when(replace(NOMINATE, group="manager"), as_sponsor).events()
    past = (ASKED, nominated(RATER, "manager"))
    given(*past).when(replace(DECIDE, group="peer"), context(engagement=sponsored)).then_refused(RaterNotEligible, "/group")
    given(*past).when(DECIDE, context(engagement=sponsored)).then(replace(DECIDED, group="manager"))


def test_the_clients_own_answers_do_not_close_it_for_the_others() -> None:
    answers = replace(SUBMITTED, kind="feedback_360")
    command = SubmitSelfAssessment(answers=ANSWERS)
    state = given(ASKED).when(command, context(actor=CLIENT, role="client")).then(answers)
    assert (state.stage, state.is_complete) == ("open", False)


BODY = FeedbackBody(answers={**dict.fromkeys(ANSWERS), "delegation_1": 4, "feedback_2": 1}, comments={"keep": " Go on. ", "change": " "})


def test_a_raters_answers_are_of_their_group_and_of_nobody() -> None:
    state = folded("assessment", [ASKED, *approved("peer")])
    expected = Feedback(group="peer", answers={"delegation_1": 4, "feedback_2": 1}, comments={"keep": "Go on."})
    assert answered(state, RATER, BODY, days(0)) == expected


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (FeedbackBody(answers={"delegation_1": 6}), "/answers/delegation_1"),
        (FeedbackBody(answers={"direction_1": 3}), "/answers/direction_1"),
        (FeedbackBody(answers=ANSWERS, comments={"secret": "x"}), "/comments/secret"),
    ],
)
def test_refuses_what_is_not_asked_or_outside_of_the_scale(body: FeedbackBody, pointer: str) -> None:
    state = folded("assessment", [ASKED, *approved("peer")])
    with pytest.raises(AnswerOutOfScale) as caught:
        answered(state, RATER, body, days(0))
    assert caught.value.pointer == pointer


def test_refuses_a_raters_answer_that_leaves_out_what_is_asked() -> None:
    state = folded("assessment", [ASKED, *approved("peer")])
    with pytest.raises(AnswerIncomplete) as caught:
        answered(state, RATER, FeedbackBody(answers={"delegation_1": 4}), days(0))
    missing = ["delegation_2", "delegation_3", "feedback_1", "feedback_2", "feedback_3"]
    assert (caught.value.pointer, caught.value.facts) == ("/answers", {"missing": missing})


@pytest.mark.parametrize(
    ("past", "today", "refusal"),
    [
        ([replace(ASKED, opens_on=days(2)), *approved("peer")], days(1), AssessmentNotOpen),
        ([ASKED, *approved("peer")], days(15), AssessmentClosed),
        ([ASKED, *approved("peer"), closed(0)], days(0), AssessmentClosed),
        ([ASKED, nominated(RATER, "peer")], days(0), NotFound),
        ([ASKED, *approved("peer"), replace(DECIDED, approved=False)], days(0), NotFound),
    ],
)
def test_only_an_approved_rater_answers_and_only_while_it_is_open(past: Any, today: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        answered(folded("assessment", past), RATER, BODY, today)
