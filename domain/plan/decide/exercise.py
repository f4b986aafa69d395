"""Deciding about exercises: offered by the coach, answered by the client, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.errors import ItemUnknown, NotPermitted
from domain.errors.plan import AnswersIncomplete, DueInPast, ExerciseClosed
from domain.errors.session import VisibilityInvalid
from domain.event import Event
from domain.plan.commands import AnswerExercise, OfferExercise, WithdrawExercise
from domain.plan.context import PlanContext
from domain.plan.decide.lookup import open_objective
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, of_client
from domain.plan.events import ExerciseAnswered, ExerciseOffered, ExerciseWithdrawn
from domain.plan.state import Exercise, PlanState
from domain.rules import require_reason
from domain.values import OfAuthor


@decide.on(OfferExercise)
def offer_exercise(state: PlanState, command: OfferExercise, context: PlanContext) -> Sequence[Event]:
    require_coach(context)
    for index, objective_id in enumerate(command.objective_ids):
        open_objective(state, objective_id, f"/objective_ids/{index}")
    if command.due_on is not None and command.due_on < context.today:
        raise DueInPast(pointer="/due_on")
    return [
        ExerciseOffered(
            exercise_id=context.ids[0],
            kind=command.kind,
            title=OfAuthor(command.title),
            questions=tuple(OfAuthor(question) for question in command.questions),
            objective_ids=command.objective_ids,
            due_on=command.due_on,
        )
    ]


@decide.on(AnswerExercise)
def answer_exercise(state: PlanState, command: AnswerExercise, context: PlanContext) -> Sequence[Event]:
    if context.party != "client":
        raise NotPermitted("Only the client answers an exercise.")
    exercise = open_exercise(state, command.exercise_id)
    if command.visibility == "private_coach":
        raise VisibilityInvalid(pointer="/visibility")
    answers = tuple(of_client(answer) for answer in command.answers)
    if len(answers) != len(exercise.questions) or not any(answers):
        raise AnswersIncomplete(pointer="/answers", questions=len(exercise.questions))
    return [ExerciseAnswered(exercise_id=exercise.id, answers=answers, visibility=command.visibility, answered_on=context.today)]


@decide.on(WithdrawExercise)
def withdraw_exercise(state: PlanState, command: WithdrawExercise, context: PlanContext) -> Sequence[Event]:
    require_coach(context)
    require_reason(command.reason_code, command.reason, context.policy)
    exercise = open_exercise(state, command.exercise_id)
    return [ExerciseWithdrawn(exercise_id=exercise.id, reason_code=command.reason_code, reason=of_author(command.reason))]


def require_coach(context: PlanContext) -> None:
    if context.party != "coach":
        raise NotPermitted("Exercises are offered, and taken back, by the coach.")


def open_exercise(state: PlanState, exercise_id: UUID) -> Exercise:
    if exercise_id not in state.exercises:
        raise ItemUnknown(pointer="/exercise_id")
    exercise = state.exercises[exercise_id]
    if not exercise.is_open:
        raise ExerciseClosed()
    return exercise
