"""Deciding which dates of a plan a pause of its engagement moves."""

from __future__ import annotations

from collections.abc import Sequence

from domain.event import Event
from domain.plan.commands import ShiftDueDates
from domain.plan.context import PlanContext
from domain.plan.decide.table import decide
from domain.plan.events import DueDatesShifted
from domain.plan.state import PlanState


@decide.on(ShiftDueDates)
def shift_due_dates(state: PlanState, command: ShiftDueDates, context: PlanContext) -> Sequence[Event]:
    """Of a plan that is in force. In one that is still being agreed the parties set the dates, and sign them, themselves."""
    if state.status != "active":
        return []
    since = command.paused_on
    due = {objective.id: objective.terms.due_on for objective in state.open_objectives}
    objectives = tuple(id for id, due_on in due.items() if due_on is not None and due_on >= since)
    actions = tuple(one.id for one in state.actions.values() if one.is_open and one.due_on >= since)
    milestones = tuple(one.id for one in state.milestones.values() if one.is_open and one.due_on >= since)
    exercises = tuple(one.id for one in state.exercises.values() if one.is_open and one.due_on is not None and one.due_on >= since)
    if not (objectives or actions or milestones or exercises):
        return []
    return [
        DueDatesShifted(
            paused_on=since, days=command.days, objectives=objectives, actions=actions, milestones=milestones, exercises=exercises
        )
    ]
