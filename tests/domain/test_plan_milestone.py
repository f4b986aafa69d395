"""Milestones: set, moved by one and then the other, reached."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.plan import (
    BenchmarkNotMet,
    DueInPast,
    MeasureMissing,
    MilestoneAfterObjective,
    MilestoneClosed,
    ObjectiveClosed,
    PlanNotActive,
    WrongUnit,
)
from domain.plan.commands import AdjustMilestone, ReachMilestone, SetMilestone
from domain.plan.commands.part import BandBody, EvidenceBody
from domain.plan.events import MilestoneAdjusted, MilestoneReached, MilestoneSet
from domain.plan.terms import Benchmark
from domain.values import OfAuthor, OfClient
from tests.domain.planning import MILESTONE, OBJECTIVE, UNKNOWN, active, by, defined, drafted, kept, measured, milestone, smart
from tests.domain.spec import CLIENT, COACH, IDS, NOW, STRANGER, TODAY, Happened, days, given
from tests.domain.test_plan_measurement import CONCLUDED, UNMEASURED, progress

SET = SetMilestone(objective_id=OBJECTIVE, title="Half of the team convinced", due_on=days(20))


def test_a_milestone_is_set_by_one_on_the_wish_of_another() -> None:
    given(drafted(), defined()).when(replace(SET, initiated_by="client"), by(COACH)).then(replace(milestone(), milestone_id=IDS[0]))


def test_a_milestone_has_a_benchmark_on_the_measure_of_its_day_or_words() -> None:
    (event,) = given(drafted(), defined()).when(replace(SET, benchmark=Decimal(60), evidence="The survey"), by(CLIENT)).events()
    assert isinstance(event, MilestoneSet)
    assert (event.benchmark, event.evidence) == (Benchmark(value=Decimal(60), measure_version=1), OfClient("The survey"))
    assert (event.set_by, event.initiated_by) == ("client", "client")


@pytest.mark.parametrize("due_on", [TODAY, days(40)])
def test_due_today_and_with_the_objective_are_in_time(due_on: Any) -> None:
    (event,) = given(drafted(), defined()).when(replace(SET, due_on=due_on), by(CLIENT)).events()
    assert isinstance(event, MilestoneSet)


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"due_on": days(41)}, MilestoneAfterObjective, "/due_on"),
        ({"due_on": days(-1)}, DueInPast, "/due_on"),
        ({"objective_id": UNKNOWN}, ItemUnknown, "/objective_id"),
    ],
)
def test_what_is_no_milestone(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(drafted(), defined()).when(replace(SET, **changes), by(CLIENT)).then_refused(refusal, pointer)


def test_a_benchmark_needs_a_measure_and_lies_on_its_scale() -> None:
    command = replace(SET, benchmark=Decimal(60))
    given(drafted(), defined(smart(**UNMEASURED))).when(command, by(CLIENT)).then_refused(MeasureMissing)
    score = measured(kind="scale", scope=BandBody(low=Decimal(1), high=Decimal(5)))
    given(drafted(), defined(smart(measure=score, baseline=None, target=Decimal(5)))).when(command, by(CLIENT)).then_refused(
        WrongUnit, "/benchmark"
    )


def test_a_concluded_objective_gets_no_milestone() -> None:
    given(drafted(), defined(), CONCLUDED).when(SET, by(CLIENT)).then_refused(ObjectiveClosed)


def adjust(old: int, new: int, **changes: Any) -> AdjustMilestone:
    fields: dict[str, Any] = {"reason_code": "capacity"} | changes
    return AdjustMilestone(milestone_id=MILESTONE, from_=days(old), to=days(new), **fields)


def adjusted(old: int, new: int, **changes: Any) -> MilestoneAdjusted:
    event = MilestoneAdjusted(
        milestone_id=MILESTONE,
        from_=days(old),
        to=days(new),
        shift_days=new - old,
        adjusted_by="coach",
        initiated_by="coach",
        evidence=(),
        reason_code="capacity",
        reason=None,
    )
    return replace(event, **changes)


PAST = active(defined(), Happened(milestone(), actor=COACH))


def test_a_move_takes_effect_at_once_with_who_why_and_on_what_evidence() -> None:
    past = [*PAST, progress(45)]
    cited = EvidenceBody(kind="measurement", ref=str(len(past)), value=Decimal(45), as_of=TODAY)
    command = adjust(20, 30, initiated_by="sponsor", evidence=(cited,), reason="The release moved by ten days")
    expected = adjusted(20, 30, initiated_by="sponsor", evidence=(kept(cited),), reason=OfAuthor("The release moved by ten days"))
    given(*past).when(command, by(COACH)).then(expected)


def test_the_second_mover_learns_who_moved_it_meanwhile_and_to_which_day() -> None:
    past = [*PAST, Happened(adjusted(20, 30), actor=CLIENT)]
    refusal = given(*past).when(adjust(20, 25), by(COACH)).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"current": days(30), "changed_by": CLIENT, "changed_at": len(past)}


def test_a_move_to_where_it_is_already_is_none() -> None:
    past = [*PAST, adjusted(20, 30)]
    given(*past).when(adjust(20, 30), by(COACH)).then_nothing()
    given(*past).when(adjust(30, 30), by(COACH)).then_nothing()


def test_two_moves_for_different_reasons_stay_known_beside_the_original_date() -> None:
    second = adjusted(30, 15, adjusted_by="client", initiated_by="client", reason_code="learning")
    past = [*PAST, adjusted(20, 30)]
    state = given(*past).when(adjust(30, 15, reason_code="learning"), by(CLIENT)).then(second)
    moved = state.milestones[MILESTONE]
    assert (moved.original_due, moved.due_on) == (days(20), days(15))
    assert [(one.shift_days, one.reason_code, one.initiated_by) for one in moved.adjustments] == [
        (10, "capacity", "coach"),
        (-15, "learning", "client"),
    ]


def test_moves_in_a_draft_do_not_touch_the_original_date_of_the_agreed_plan() -> None:
    past = active(defined(), milestone(), adjusted(20, 30))
    state = given(*past).when(adjust(30, 35), by(COACH)).then(adjusted(30, 35))
    assert (state.milestones[MILESTONE].original_due, state.milestones[MILESTONE].due_on) == (days(30), days(35))


def test_a_milestone_set_later_has_its_first_date_as_its_original() -> None:
    state = given(*active(defined()), milestone(days(10))).when(adjust(10, 12), by(COACH)).then(adjusted(10, 12))
    assert state.milestones[MILESTONE].original_due == days(10)


@pytest.mark.parametrize(
    ("command", "refusal", "pointer"),
    [
        (adjust(20, 41), MilestoneAfterObjective, "/to"),
        (adjust(20, -1), DueInPast, "/to"),
        (adjust(20, 30, reason_code=None), ReasonRequired, "/reason"),
        (adjust(20, 30, reason_code="whim"), ReasonRequired, "/reason_code"),
        (replace(adjust(20, 30), milestone_id=UNKNOWN), ItemUnknown, "/milestone_id"),
        (adjust(20, 30, evidence=(EvidenceBody(kind="measurement", ref="1", as_of=TODAY),)), ItemUnknown, "/evidence/0/ref"),
    ],
)
def test_what_is_no_move(command: AdjustMilestone, refusal: Any, pointer: str) -> None:
    given(*PAST).when(command, by(COACH)).then_refused(refusal, pointer)


def test_only_parties_move_milestones() -> None:
    given(*PAST).when(adjust(20, 30), by(STRANGER)).then_refused(NotAParty)


REACHED = MilestoneReached(
    milestone_id=MILESTONE, on=TODAY, measured_value=None, benchmark_met=None, evidence=None, reason_code=None, reason=None
)
REACH = ReachMilestone(milestone_id=MILESTONE)


def test_a_milestone_is_reached_once() -> None:
    given(*PAST).when(replace(REACH, evidence="The minutes"), by(CLIENT)).then(replace(REACHED, evidence=OfClient("The minutes")))
    given(*PAST, REACHED).when(REACH, by(CLIENT)).then_refused(MilestoneClosed)
    given(*PAST, REACHED).when(adjust(20, 30), by(CLIENT)).then_refused(MilestoneClosed)


def test_a_milestone_is_reached_in_an_active_plan_after_it_was_set() -> None:
    given(drafted(), defined(), milestone()).when(REACH, by(CLIENT)).then_refused(PlanNotActive)
    early = by(CLIENT, occurred_at=NOW - timedelta(hours=1))
    given(*PAST).when(REACH, early).then_refused(OccurredAtOutOfRange, "/occurred_at")
    given(*PAST).when(replace(REACH, milestone_id=UNKNOWN), by(CLIENT)).then_refused(ItemUnknown, "/milestone_id")


DOWN = {"measure": measured(direction="decrease"), "target": Decimal(10)}
BAND = {"measure": measured(direction="maintain", band=BandBody(low=Decimal(35), high=Decimal(45))), "target": None}
LEVEL = {"measure": measured(direction="maintain"), "target": Decimal(60)}
BENCHMARKS: list[tuple[dict[str, Any], int | None, bool]] = [
    ({}, 60, True),
    ({}, 61, True),
    ({}, 59, False),
    ({}, None, False),
    (DOWN, 60, True),
    (DOWN, 61, False),
    (BAND, 45, True),
    (BAND, 46, False),
    (LEVEL, 60, True),
    (LEVEL, 61, False),
]


@pytest.mark.parametrize(("changes", "value", "met"), BENCHMARKS)
def test_the_measured_value_meets_the_benchmark_in_the_measures_direction(changes: dict[str, Any], value: int | None, met: bool) -> None:
    past = active(defined(smart(**changes)), milestone(benchmark=60))
    measured_value = None if value is None else Decimal(value)
    decision = given(*past).when(replace(REACH, measured_value=measured_value), by(CLIENT))
    if met:
        decision.then(replace(REACHED, measured_value=measured_value, benchmark_met=True))
    else:
        decision.then_refused(BenchmarkNotMet, "/measured_value")


def test_a_benchmark_that_is_not_met_may_count_for_a_reason() -> None:
    past = active(defined(), milestone(benchmark=60))
    command = replace(REACH, measured_value=Decimal(58), reason="Two answers are still missing")
    expected = replace(REACHED, measured_value=Decimal(58), benchmark_met=False, reason=OfAuthor("Two answers are still missing"))
    given(*past).when(command, by(CLIENT)).then(expected)
    given(*past).when(replace(command, reason="so"), by(CLIENT)).then_refused(ReasonRequired)


def test_a_benchmark_on_a_measure_that_was_replaced_cannot_be_met_by_a_number() -> None:
    past = active(defined(), milestone(benchmark=60, version=0))
    given(*past).when(replace(REACH, measured_value=Decimal(99)), by(CLIENT)).then_refused(BenchmarkNotMet)


def test_a_measured_value_is_in_the_measures_unit() -> None:
    past = active(defined(smart(measure=measured(kind="yes_no"), baseline=None, target=Decimal(1))), milestone())
    given(*past).when(replace(REACH, measured_value=Decimal(2)), by(CLIENT)).then_refused(WrongUnit, "/measured_value")
