"""Exercises: offered by the coach, answered by the client, taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, ReasonRequired
from domain.errors.plan import AnswersIncomplete, DueInPast, ExerciseClosed, ObjectiveClosed
from domain.errors.session import VisibilityInvalid
from domain.plan.commands import AnswerExercise, OfferExercise, WithdrawExercise
from domain.plan.events import ExerciseAnswered, ExerciseOffered, ExerciseWithdrawn
from domain.values import OfAuthor, OfClient
from tests.domain.planning import OBJECTIVE, UNKNOWN, active, by, defined, drafted
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, TODAY, days, given
from tests.domain.test_plan_measurement import CONCLUDED

EXERCISE = IDS[0]
OFFER = OfferExercise(
    kind="worksheet",
    title="A week of meetings",
    questions=("Which did you lead?", "What would you do again?"),
    objective_ids=(OBJECTIVE,),
    due_on=days(7),
)
OFFERED = ExerciseOffered(
    exercise_id=EXERCISE,
    kind="worksheet",
    title=OfAuthor("A week of meetings"),
    questions=(OfAuthor("Which did you lead?"), OfAuthor("What would you do again?")),
    objective_ids=(OBJECTIVE,),
    due_on=days(7),
)
ANSWER = AnswerExercise(exercise_id=EXERCISE, answers=("Two of five", None), visibility="shared")
ANSWERED = ExerciseAnswered(exercise_id=EXERCISE, answers=(OfClient("Two of five"), None), visibility="shared", answered_on=TODAY)
WITHDRAW = WithdrawExercise(exercise_id=EXERCISE, reason="Another one fits better.")
WITHDRAWN = ExerciseWithdrawn(exercise_id=EXERCISE, reason_code=None, reason=OfAuthor("Another one fits better."))
PAST = (drafted(), defined())
CLOSED = [(*PAST, OFFERED, ANSWERED), (*PAST, OFFERED, WITHDRAWN)]


def test_the_coach_offers_in_any_state_of_the_plan() -> None:
    given(*PAST).when(OFFER, by(COACH)).then(OFFERED)
    state = given(*active(defined())).when(OFFER, by(COACH)).then(OFFERED)
    assert state.exercises[EXERCISE].is_open


def test_neither_objectives_nor_a_day_are_needed() -> None:
    given(drafted()).when(replace(OFFER, objective_ids=(), due_on=None), by(COACH)).then(replace(OFFERED, objective_ids=(), due_on=None))


@pytest.mark.parametrize("actor", [CLIENT, SPONSOR])
def test_nobody_else_offers_or_takes_back(actor: UUID) -> None:
    given(*PAST).when(OFFER, by(actor)).then_refused(NotPermitted)
    given(*PAST, OFFERED).when(WITHDRAW, by(actor)).then_refused(NotPermitted)


def test_its_objectives_are_open_ones_and_its_day_lies_ahead() -> None:
    given(*PAST).when(replace(OFFER, objective_ids=(OBJECTIVE, UNKNOWN)), by(COACH)).then_refused(ItemUnknown, "/objective_ids/1")
    closed = (*PAST, replace(CONCLUDED, outcome="abandoned", reason_code="scope"))
    given(*closed).when(OFFER, by(COACH)).then_refused(ObjectiveClosed, "/objective_ids/0")
    given(*PAST).when(replace(OFFER, due_on=days(-1)), by(COACH)).then_refused(DueInPast, "/due_on")
    given(*PAST).when(replace(OFFER, due_on=days(0)), by(COACH)).then(replace(OFFERED, due_on=days(0)))


def test_the_client_answers() -> None:
    state = given(*PAST, OFFERED).when(ANSWER, by(CLIENT)).then(ANSWERED)
    assert (state.exercises[EXERCISE].is_open, state.exercises[EXERCISE].answered.on) == (False, TODAY)


@pytest.mark.parametrize("actor", [COACH, SPONSOR])
def test_nobody_answers_for_the_client(actor: UUID) -> None:
    given(*PAST, OFFERED).when(ANSWER, by(actor)).then_refused(NotPermitted)


@pytest.mark.parametrize("answers", [("Two of five",), ("a", "b", "c"), (None, None), (" ", None)])
def test_each_question_has_its_place_and_one_is_answered(answers: tuple[str | None, ...]) -> None:
    refusal = given(*PAST, OFFERED).when(replace(ANSWER, answers=answers), by(CLIENT)).then_refused(AnswersIncomplete, "/answers")
    assert refusal.facts == {"questions": 2}


def test_the_client_does_not_write_for_the_coach_s_eyes_alone() -> None:
    given(*PAST, OFFERED).when(replace(ANSWER, visibility="private_coach"), by(CLIENT)).then_refused(VisibilityInvalid, "/visibility")
    private = replace(ANSWERED, visibility="private_client")
    given(*PAST, OFFERED).when(replace(ANSWER, visibility="private_client"), by(CLIENT)).then(private)


def test_the_coach_takes_back_what_waits_with_a_reason() -> None:
    state = given(*PAST, OFFERED).when(WITHDRAW, by(COACH)).then(WITHDRAWN)
    assert not state.exercises[EXERCISE].is_open
    given(*PAST, OFFERED).when(replace(WITHDRAW, reason=None), by(COACH)).then_refused(ReasonRequired, "/reason")


@pytest.mark.parametrize("past", CLOSED)
def test_what_was_answered_or_withdrawn_is_closed(past: tuple[ExerciseOffered, ...]) -> None:
    given(*past).when(ANSWER, by(CLIENT)).then_refused(ExerciseClosed)
    given(*past).when(WITHDRAW, by(COACH)).then_refused(ExerciseClosed)


def test_an_exercise_that_is_not_there() -> None:
    given(*PAST).when(ANSWER, by(CLIENT)).then_refused(ItemUnknown, "/exercise_id")
    given(*PAST).when(WITHDRAW, by(COACH)).then_refused(ItemUnknown, "/exercise_id")
