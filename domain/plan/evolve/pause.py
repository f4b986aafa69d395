"""How a pause of the engagement changes the state."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from domain.event import Recorded
from domain.plan.events import DueDatesShifted
from domain.plan.evolve.table import evolve, touch
from domain.plan.state import Objective, PlanState, Touch


@evolve.on(DueDatesShifted)
def due_dates_shifted(state: PlanState, recorded: Recorded[DueDatesShifted]) -> PlanState:
    event, by, author = recorded.event, timedelta(days=recorded.event.days), touch(recorded)
    objectives = {id: later(state.objectives[id], by, author) for id in event.objectives}
    actions = {id: replace(state.actions[id], due_on=state.actions[id].due_on + by, touch=author) for id in event.actions}
    found = [state.milestones[id] for id in event.milestones]
    milestones = {one.id: replace(one, due_on=one.due_on + by, original_due=one.original_due + by, touch=author) for one in found}
    offered = [state.exercises[id] for id in event.exercises]
    exercises = {one.id: replace(one, due_on=moved_on(one.due_on, by)) for one in offered}
    return replace(
        state,
        objectives=state.objectives | objectives,
        actions=state.actions | actions,
        milestones=state.milestones | milestones,
        exercises=state.exercises | exercises,
    )


def later(objective: Objective, by: timedelta, author: Touch) -> Objective:
    terms = replace(objective.terms, due_on=moved_on(objective.terms.due_on, by))
    return replace(objective, terms=terms, touched=objective.touched | {"due_on": author})


def moved_on(due_on: date | None, by: timedelta) -> date:
    assert due_on is not None  # only what is due moves
    return due_on + by
