"""Whether a plan holds what an event is about: for folds that leave some of the events out."""

from __future__ import annotations

from typing import Final

from domain.event import Event
from domain.plan.events import (
    ActionCommitted,
    ChangeProposed,
    DueDatesShifted,
    ExerciseOffered,
    MilestoneSet,
    ObjectiveDefined,
    StrategyAdopted,
)
from domain.plan.state import PlanState

PLACES: Final = {
    "objective_id": "objectives",
    "strategy_id": "strategies",
    "action_id": "actions",
    "milestone_id": "milestones",
    "change_id": "changes",
    "exercise_id": "exercises",
}
"""Field of an event -> where the state keeps what it names."""
BEGUN: Final[dict[type[Event], str]] = {
    ObjectiveDefined: "objective_id",
    StrategyAdopted: "strategy_id",
    ActionCommitted: "action_id",
    MilestoneSet: "milestone_id",
    ChangeProposed: "change_id",
    ExerciseOffered: "exercise_id",
}
"""Event -> the field that names what it brings into the plan."""


def stands(state: PlanState, event: Event) -> bool:
    """Whether all that the event names is there. What a correction corrects is not looked for: its version says enough."""
    if isinstance(event, DueDatesShifted):
        places = ("objectives", "actions", "milestones", "exercises")
        moved = {place: getattr(event, place) for place in places}
        return all(id in getattr(state, place) for place, ids in moved.items() for id in ids)
    named = {place: getattr(event, name, None) for name, place in PLACES.items() if BEGUN.get(type(event)) != name}
    return all(id is None or id in getattr(state, place) for place, id in named.items())
