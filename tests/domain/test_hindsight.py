"""The business clock: what is said of a time, by all that is known, against a reckoning that folds nothing.

Histories are random: decided by the rules, with reports dated back, corrected and withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from domain.command import Command
from domain.errors import Refusal
from domain.event import Recorded
from domain.hindsight import CORRECTIONS, said_of
from domain.nouns import NOUNS
from domain.plan.commands import CorrectMeasurement, MeasureProgress, WithdrawEntry
from domain.plan.decide import decide
from domain.plan.events import (
    ActionCompleted,
    BaselineRecorded,
    EntryWithdrawn,
    MeasurementCorrected,
    MilestoneAdjusted,
    MilestoneReached,
    MilestoneSet,
    ObjectiveConcluded,
    ObjectiveDefined,
    PlanReviewed,
    ProgressMeasured,
    WinAcknowledged,
)
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from tests.domain.planning import by
from tests.domain.spec import CLIENT, COACH, NOW, Happened, recorded, uuid
from tests.domain.test_plan_history import SCRIPT, Asking, Draw

PLAN = NOUNS["plan"]
REPORTS = (ActionCompleted, BaselineRecorded, MilestoneReached, PlanReviewed, ProgressMeasured, WinAcknowledged)
"""What may have happened earlier than it was recorded."""


def play(data: st.DataObject) -> list[Recorded[Any]]:
    """A plan becomes active, then whatever is asked of it; reports say that they happened up to some days before."""
    draw, state, history = data.draw, PlanState(), list[Recorded[Any]]()
    for step in range(len(SCRIPT) + draw(st.integers(5, 60))):
        now = NOW + timedelta(hours=step)
        if step < len(SCRIPT):
            actor, command, at = SCRIPT[step][0], SCRIPT[step][1](state), now
        else:
            actor, command = draw(st.sampled_from([CLIENT, COACH])), draw(st.sampled_from(asked(state, draw, len(history))))
            at = now - timedelta(hours=draw(st.integers(0, 30)))
        try:
            events = decide(state, command, by(actor, now=now, occurred_at=at, ids=(uuid(1000 + 2 * step), uuid(1001 + 2 * step))))
        except Refusal:
            continue
        for event in events:
            told = recorded(Happened(event, actor, at=at if isinstance(event, REPORTS) else now), len(history) + 1)
            history.append(told)
            state = evolve(state, told)
    return history


def asked(state: PlanState, draw: Draw, seen: int) -> list[Command]:
    """Anything at all, and with it corrections that fit."""
    asking = Asking(state, draw, seen)
    measured = [(id, one) for id, objective in state.objectives.items() for one in objective.measurements]
    wrong = [
        CorrectMeasurement(objective_id=id, corrects_version=one.version, from_=one.value, to=asking.number(), reason_code="other")
        for id, one in measured[-2:]
    ]
    taken_back = [WithdrawEntry(corrects_version=version, reason_code="other") for version in list(state.entries)[-2:]]
    at = next(iter(state.objectives))
    return [
        *draw(st.sampled_from([asking.working, asking.acting, asking.agreeing]))(),
        *(MeasureProgress(objective_id=at, value=asking.number(), source=source) for source in ("hr", "survey")),
        *([*wrong, *taken_back] * 3),
    ]


class Reckoned(NamedTuple):
    """What can be told of a plan without folding it."""

    objectives: set[UUID]
    values: dict[int, Any]
    baselines: dict[UUID, Any]
    concluded: dict[UUID, list[int]]
    due: dict[UUID, Any]
    reached: dict[UUID, Any]
    completed: dict[UUID, Any]
    wins: int
    reviews: int


def counted(history: Sequence[Recorded[Any]], until: datetime) -> list[Recorded[Any]]:
    """The events of that time: each at its own, a correction at the time of what it corrects."""
    times = {one.version: one.occurred_at for one in history}
    return [one for one in history if times[getattr(one.event, "corrects_version", None) or one.version] <= until]


def reckoned(history: Sequence[Recorded[Any]], until: datetime) -> Reckoned:
    """By looking for each thing's last word."""
    events = counted(history, until)
    taken_back = {one.event.corrects_version for one in events if isinstance(one.event, EntryWithdrawn)}
    fixed = {one.event.corrects_version: one.event.to for one in events if isinstance(one.event, MeasurementCorrected)}

    def of(kind: type[Any]) -> list[Recorded[Any]]:
        return [one for one in events if isinstance(one.event, kind) and one.version not in taken_back]

    def standing(kind: type[Any], name: str, day: str) -> dict[UUID, Any]:
        """The last report of each item, unless a later event took the one that stood there back."""
        found: dict[UUID, Any] = {}
        for one in events:
            if isinstance(one.event, kind):
                found[getattr(one.event, name)] = getattr(one.event, day)
            elif (
                isinstance(one.event, EntryWithdrawn) and one.event.item_id in found and of_kind(history, one.event.corrects_version, kind)
            ):
                del found[one.event.item_id]
        return found

    starts = [(one, one.event.terms.baseline) for one in of(ObjectiveDefined)] + [(one, one.event.baseline) for one in of(BaselineRecorded)]
    return Reckoned(
        objectives={one.event.objective_id for one in of(ObjectiveDefined)},
        values={one.version: fixed.get(one.version, one.event.value) for one in of(ProgressMeasured)},
        baselines={one.event.objective_id: fixed.get(one.version, at.value) for one, at in starts if at is not None},
        concluded={
            id: [one.version for one in of(ObjectiveConcluded) if one.event.objective_id == id] for id in ids(of(ObjectiveConcluded))
        },
        due={one.event.milestone_id: one.event.due_on for one in of(MilestoneSet)}
        | {one.event.milestone_id: one.event.to for one in of(MilestoneAdjusted)},
        reached=standing(MilestoneReached, "milestone_id", "on"),
        completed=standing(ActionCompleted, "action_id", "completed_on"),
        wins=len(of(WinAcknowledged)),
        reviews=len(of(PlanReviewed)),
    )


def of_kind(history: Sequence[Recorded[Any]], version: int, kind: type[Any]) -> bool:
    return isinstance(history[version - 1].event, kind)


def ids(events: Sequence[Recorded[Any]]) -> set[UUID]:
    return {one.event.objective_id for one in events}


def shown(state: PlanState) -> Reckoned:
    """The same, from a state."""
    return Reckoned(
        objectives=set(state.objectives),
        values={each.version: each.value for one in state.objectives.values() for each in one.measurements},
        baselines={id: one.terms.baseline.value for id, one in state.objectives.items() if one.terms.baseline},
        concluded={id: [each.version for each in one.conclusions] for id, one in state.objectives.items() if one.conclusions},
        due={id: one.due_on for id, one in state.milestones.items()},
        reached={id: one.reached_on for id, one in state.milestones.items() if one.reached},
        completed={id: one.completed_on for id, one in state.actions.items() if one.completed},
        wins=len(state.wins),
        reviews=state.reviews,
    )


@settings(max_examples=30)
@forall(st.data())
def test_what_is_said_of_any_time_is_what_a_reckoning_says(data: st.DataObject) -> None:
    history = play(data)
    known = history[: data.draw(st.integers(1, len(history)))]  # by a record clock, too
    until = NOW + timedelta(minutes=30 * data.draw(st.integers(0, 2 * len(history))))
    said = said_of(PLAN, known, until)
    assert shown(said.state) == reckoned(known, until)
    assert said.versions == tuple(one.version for one in counted(known, until))


@settings(max_examples=25)
@forall(st.data())
def test_a_fold_may_begin_anywhere_before_what_is_left_out(data: st.DataObject) -> None:
    history = play(data)
    until = NOW + timedelta(hours=data.draw(st.integers(1, len(history))))
    first_left_out = next((one.version for one in history if one.occurred_at > until), len(history) + 1)
    since = data.draw(st.integers(0, first_left_out - 1))
    state = PlanState()
    for one in history[:since]:
        state = evolve(state, one)
    rest = [one for one in history[since:] if one.occurred_at <= until or one.type in CORRECTIONS]  # as the store answers it
    begun = said_of(PLAN, rest, until, state=state if since else None, since=since)
    assert begun.state == said_of(PLAN, history, until).state


@settings(max_examples=25)
@forall(st.data())
def test_a_fold_without_any_of_its_events_does_not_fail(data: st.DataObject) -> None:
    history = play(data)
    kept = [one for one in history if data.draw(st.booleans())]
    state = said_of(PLAN, kept, NOW + timedelta(days=400)).state
    assert isinstance(state, PlanState)


def test_corrections_are_those_that_name_what_they_correct() -> None:
    assert set(CORRECTIONS) >= {"plan.measurement_corrected", "plan.entry_withdrawn"}
