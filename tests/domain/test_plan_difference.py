"""What changed in a plan, thing by thing: one difference for whatever happened to it, with the events behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from domain.difference import Difference, Trace
from domain.event import STORED, Event, Recorded
from domain.plan.difference import TRACED, differences
from domain.plan.events import EntryWithdrawn, MeasurementCorrected, MilestoneAdjusted, MilestoneReached, ProgressMeasured
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from tests.domain.planning import MILESTONE, OBJECTIVE, Past, active, adopted, defined, milestone
from tests.domain.spec import NOW, Happened, days, folded
from tests.domain.test_hindsight import play

BEGUN = active(defined(), adopted(), milestone())


def since(past: list[Past], *events: Event) -> list[Difference]:
    """What is otherwise after these events than before them."""
    traces = [
        Trace(version, STORED[type(event)].name, getattr(event, "item_id", None) or getattr(event, "milestone_id", None))
        for version, event in enumerate(events, start=len(past) + 1)
        if isinstance(event, TRACED)
    ]
    return differences(folded("plan", past), folded("plan", [*past, *events]), traces)


def moved(was: int, to: int) -> MilestoneAdjusted:
    return MilestoneAdjusted(
        milestone_id=MILESTONE,
        from_=days(was),
        to=days(to),
        shift_days=to - was,
        adjusted_by="coach",
        initiated_by="client",
        evidence=(),
        reason_code="capacity",
        reason=None,
    )


def measured(value: int, day: int) -> ProgressMeasured:
    return ProgressMeasured(
        objective_id=OBJECTIVE,
        measure_version=1,
        value=Decimal(value),
        at=NOW + timedelta(days=day),
        on=days(day),
        source="hr",
        comment=None,
    )


def test_moves_are_summed_up_and_there_and_back_is_a_move_by_no_day() -> None:
    first = len(BEGUN) + 1
    (one,) = since(BEGUN, moved(20, 27), moved(27, 25))
    assert (one.kind, one.from_, one.to, one.days, one.versions) == ("moved", days(20), days(25), 5, (first, first + 1))
    (back,) = since(BEGUN, moved(20, 27), moved(27, 20))
    assert (back.days, back.versions) == (0, (first, first + 1))


def test_measurements_tell_the_latest_by_its_day_and_a_correction_stands_apart() -> None:
    past = [*BEGUN, measured(50, 3)]
    (one,) = since(past, measured(70, 9), measured(60, 6))
    assert (one.kind, one.from_, one.to, one.versions) == ("measured", Decimal(50), Decimal(70), (len(past) + 1, len(past) + 2))
    fix = MeasurementCorrected(
        objective_id=OBJECTIVE, corrects_version=len(past), from_=Decimal(50), to=Decimal(55), reason_code="other", reason=None
    )
    (fixed,) = since(past, fix)
    assert (fixed.kind, fixed.from_, fixed.to, fixed.versions) == ("corrected", Decimal(50), Decimal(55), (len(past) + 1,))


def test_what_is_taken_back_is_open_again_because_of_the_event_that_took_it_back() -> None:
    reached = MilestoneReached(
        milestone_id=MILESTONE, on=days(5), measured_value=None, benchmark_met=None, evidence=None, reason_code=None, reason=None
    )
    past = [*BEGUN, Happened(reached)]
    (done,) = since(BEGUN, reached)
    assert (done.kind, done.to, done.versions) == ("reached", days(5), (len(past),))
    undone = EntryWithdrawn(corrects_version=len(past), entry="milestone_reached", item_id=MILESTONE, reason_code="other", reason=None)
    (open_again,) = since(past, undone)
    assert (open_again.kind, open_again.versions) == ("reopened", (len(past) + 1,))


def test_a_plan_that_had_not_begun_brings_everything() -> None:
    state = folded("plan", BEGUN)
    found = {(one.about, one.kind) for one in differences(PlanState(), state, [])}
    assert {("plan", "drafted"), ("objective", "added"), ("strategy", "added"), ("milestone", "added"), ("plan", "approved")} <= found


@settings(max_examples=30)
@forall(st.data())
def test_nothing_changes_from_a_moment_to_itself_and_every_difference_has_its_events(data: st.DataObject) -> None:
    history = play(data)
    cut = data.draw(st.integers(0, len(history)))
    before, after = folded_up_to(history[:cut]), folded_up_to(history)
    assert differences(after, after, []) == []
    names = ("item_id", "win_id", "milestone_id", "action_id", "strategy_id", "objective_id", "change_id")
    traces = [
        Trace(
            one.version,
            one.type,
            next((id for name in names if (id := getattr(one.event, name, None)) is not None), None),
            getattr(one.event, "party", None),
        )
        for one in history[cut:]
        if isinstance(one.event, TRACED)
    ]
    for one in differences(before, after, traces):
        assert one.versions, one
        assert set(one.versions) <= set(range(cut + 1, len(history) + 1)), one


def folded_up_to(history: Sequence[Recorded[Any]]) -> PlanState:
    return reduce(evolve, history, PlanState())
