"""How the client's input, the sponsor's comments, and exercises change the state."""

from __future__ import annotations

from msgspec.structs import replace

from domain.event import Recorded
from domain.plan.events import ClientInputRecorded, ExerciseAnswered, ExerciseOffered, ExerciseWithdrawn, SponsorCommented
from domain.plan.evolve.table import evolve, put
from domain.plan.state import Answered, Comment, Exercise, Input, PlanState


@evolve.on(ClientInputRecorded)
def client_input_recorded(state: PlanState, recorded: Recorded[ClientInputRecorded]) -> PlanState:
    """No decision looks at it: it is for people to read."""
    event = recorded.event
    said = Input(
        version=recorded.version,
        about=event.about,
        about_id=event.about_id,
        stance=event.stance,
        text=event.text,
        quoted=event.quoted,
        by=recorded.meta.actor,
        at=recorded.occurred_at,
    )
    return replace(state, inputs=(*state.inputs, said))


@evolve.on(SponsorCommented)
def sponsor_commented(state: PlanState, recorded: Recorded[SponsorCommented]) -> PlanState:
    event = recorded.event
    comment = Comment(
        id=event.comment_id,
        about=event.about,
        about_id=event.about_id,
        text=event.text,
        by=recorded.meta.actor,
        at=recorded.occurred_at,
    )
    return replace(state, comments=(*state.comments, comment))


@evolve.on(ExerciseOffered)
def exercise_offered(state: PlanState, recorded: Recorded[ExerciseOffered]) -> PlanState:
    event = recorded.event
    exercise = Exercise(
        id=event.exercise_id,
        kind=event.kind,
        title=event.title,
        questions=event.questions,
        objective_ids=event.objective_ids,
        due_on=event.due_on,
    )
    return put_exercise(state, exercise)


@evolve.on(ExerciseAnswered)
def exercise_answered(state: PlanState, recorded: Recorded[ExerciseAnswered]) -> PlanState:
    event = recorded.event
    answered = Answered(answers=event.answers, visibility=event.visibility, on=event.answered_on)
    return put_exercise(state, replace(state.exercises[event.exercise_id], answered=answered))


@evolve.on(ExerciseWithdrawn)
def exercise_withdrawn(state: PlanState, recorded: Recorded[ExerciseWithdrawn]) -> PlanState:
    return put_exercise(state, replace(state.exercises[recorded.event.exercise_id], withdrawn=True))


def put_exercise(state: PlanState, exercise: Exercise) -> PlanState:
    return replace(state, exercises=put(state.exercises, exercise.id, exercise))
