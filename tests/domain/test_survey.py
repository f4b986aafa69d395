"""The rules of a survey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.anonymity import Traceable, require_untraceable
from domain.claims import SURVEY, claims_of
from domain.context import Policy
from domain.errors import NotFound, ReasonRequired
from domain.errors.answering import RatingInstrumentUnknown, RatingOutOfScale
from domain.errors.assessment import BelowAnonymityFloor
from domain.errors.program import DatesInverted
from domain.errors.survey import SurveyClosedAlready
from domain.survey.commands import CloseSurvey, IssueSurvey
from domain.survey.context import SurveyContext
from domain.survey.decide import responded
from domain.survey.events import Score, SurveyClosed, SurveyIssued, SurveyResponseSubmitted
from domain.survey.response import ANONYMITY, Response, ResponseBody
from domain.survey.state import SurveyState
from tests.domain.spec import IDS, TODAY, days, folded, given, known, uuid

PROGRAM = uuid(50)
ASKED = tuple(uuid(number) for number in range(60, 64))
ISSUE = IssueSurvey(program_id=PROGRAM)
ISSUED = SurveyIssued(
    survey_id=IDS[0],
    program_id=PROGRAM,
    audience="clients",
    instrument="nps",
    instrument_version=1,
    min_group=3,
    anonymity=ANONYMITY,
    recipients=ASKED,
    issued_on=days(0),
    closes_on=days(14),
)
WAITING = (Response(scores={"nps": 10}), Response(scores={"nps": 3}))
CLOSED = SurveyClosed(
    program_id=PROGRAM,
    audience="clients",
    instrument="nps",
    closed_on=days(15),
    early=False,
    invited=4,
    answered=2,
    reminders=3,
    reason_code=None,
    reason=None,
)


def context(**changes: Any) -> SurveyContext:
    return SurveyContext(**known(role="program_manager", **{"recipients": ASKED} | changes))


def closing(day: int = 15) -> SurveyContext:
    return context(today=days(day), responses=WAITING, reminders=3)


def said(points: int) -> SurveyResponseSubmitted:
    return SurveyResponseSubmitted(scores=(Score(item="nps", point=points),), instrument="nps", instrument_version=1)


def asked(*more: Any) -> SurveyState:
    state: SurveyState = folded("survey", [ISSUED, *more])
    return state


def test_asks_everybody_of_the_audience_for_two_weeks() -> None:
    given().when(ISSUE, context()).then(ISSUED)
    given().when(replace(ISSUE, closes_on=days(0)), context()).then(replace(ISSUED, closes_on=days(0)))


def test_holds_to_the_floor_of_the_organization() -> None:
    policy = Policy(version=2, rater_min_group=4)
    given().when(ISSUE, context(policy=policy)).then(replace(ISSUED, min_group=4))
    few = context(policy=policy, recipients=ASKED[:3])
    refusal = given().when(ISSUE, few).then_refused(BelowAnonymityFloor, "/audience")
    assert refusal.facts == {"floor": 4}


@pytest.mark.parametrize("instrument", ["srs", "wai_sr", "unheard_of"])
def test_asks_by_our_own_words_only(instrument: str) -> None:
    refusal = given().when(replace(ISSUE, instrument=instrument), context()).then_refused(RatingInstrumentUnknown, "/instrument")
    assert refusal.facts == {"known": ["nps", "stars"]}


def test_closes_today_or_later() -> None:
    given().when(replace(ISSUE, closes_on=days(-1)), context()).then_refused(DatesInverted, "/closes_on")


def test_one_of_a_kind_is_open_at_a_time() -> None:
    (taken,) = claims_of(ISSUED)
    (back,) = claims_of(CLOSED)
    assert (taken.kind, taken.takes, back.takes) == (SURVEY, True, False)
    assert taken.value == back.value


def test_closing_takes_in_what_waited() -> None:
    state = given(ISSUED).when(CloseSurvey(), closing()).then(said(10), said(3), CLOSED)
    assert (state.closed_on, state.reminders, [one.scores["nps"] for one in state.responses]) == (days(15), 3, [10, 3])


def test_says_why_it_closes_early() -> None:
    given(ISSUED).when(CloseSurvey(), closing(14)).then_refused(ReasonRequired, "/reason")
    early = replace(CLOSED, closed_on=days(14), early=True, reason_code="other")
    given(ISSUED).when(CloseSurvey(reason_code="other"), closing(14)).then(said(10), said(3), early)


def test_closes_once() -> None:
    given(ISSUED, CLOSED).when(CloseSurvey(), closing()).then_refused(SurveyClosedAlready)


def test_nothing_in_an_answer_leads_to_a_person() -> None:
    require_untraceable(said(10))
    with pytest.raises(Traceable):
        require_untraceable(replace(said(10), scores=(Score(item=str(ASKED[0]), point=10),)))


class TestAnswering:
    @pytest.mark.parametrize("points", [0, 10])
    def test_takes_a_point_of_the_scale(self, points: int) -> None:
        assert self.says({"nps": points}) == Response(scores={"nps": points})

    @pytest.mark.parametrize("scores", [{"nps": -1}, {"nps": 11}, {"stars": 3}, {"nps": 3, "stars": 3}])
    def test_refuses_any_other(self, scores: Mapping[str, int]) -> None:
        with pytest.raises(RatingOutOfScale) as refusal:
            self.says(scores)
        assert refusal.value.pointer == "/scores"

    def test_is_for_those_who_are_asked(self) -> None:
        with pytest.raises(NotFound):
            self.says({"nps": 1}, who=uuid(70))

    def test_ends_with_the_last_day_and_with_the_closing(self) -> None:
        self.says({"nps": 1}, on=days(14))
        for state, day in ((asked(), days(15)), (asked(CLOSED), days(3))):
            with pytest.raises(SurveyClosedAlready):
                self.says({"nps": 1}, state=state, on=day)

    def says(self, scores: Mapping[str, int], *, who: UUID = ASKED[0], state: SurveyState | None = None, on: date = TODAY) -> Response:
        return responded(state or asked(), who, ResponseBody(scores=dict(scores)), on)
