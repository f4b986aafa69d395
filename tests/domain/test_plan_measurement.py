"""Baselines, measurements and their corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.plan import (
    BaselineLocked,
    DuplicateMeasurement,
    MeasuredBeforeBaseline,
    MeasureMissing,
    NotItsEntry,
    ObjectiveClosed,
    PlanNotActive,
    WrongUnit,
)
from domain.plan.commands import CorrectMeasurement, MeasureProgress, RecordBaseline
from domain.plan.commands.part import BandBody, BaselineBody
from domain.plan.events import BaselineRecorded, MeasurementCorrected, ObjectiveConcluded, ProgressMeasured
from domain.plan.terms import Baseline
from domain.values import OfAuthor
from tests.domain.planning import OBJECTIVE, UNKNOWN, active, by, defined, drafted, measured, smart
from tests.domain.spec import CLIENT, COACH, NOW, TODAY, Happened, days, given

UNMEASURED: dict[str, Any] = {"measure": None, "baseline": None, "target": None}
CONCLUDED = ObjectiveConcluded(
    objective_id=OBJECTIVE,
    outcome="attained",
    level=None,
    scale_version=None,
    measured_value=None,
    rated_by="client",
    client_agrees=True,
    reason_code=None,
    reason=None,
)


def progress(value: int, at: datetime = NOW, measure_version: int = 1) -> ProgressMeasured:
    return ProgressMeasured(
        objective_id=OBJECTIVE,
        measure_version=measure_version,
        value=Decimal(value),
        at=at,
        on=at.date(),
        source="team_survey",
        comment=None,
    )


def baseline(value: int, **changes: Any) -> RecordBaseline:
    return RecordBaseline(objective_id=OBJECTIVE, value=Decimal(value), source="hr_report", **changes)


def recorded_baseline(value: int, replaced: int | None) -> BaselineRecorded:
    return BaselineRecorded(
        objective_id=OBJECTIVE,
        measure_version=1,
        from_=None if replaced is None else Decimal(replaced),
        baseline=Baseline(value=Decimal(value), at=TODAY, source="hr_report"),
    )


def test_a_baseline_that_was_unknown_is_recorded_also_in_an_agreed_plan() -> None:
    unknown = defined(smart(baseline=None, baseline_by=days(10)))
    state = given(*active(unknown)).when(baseline(35), by(CLIENT)).then(recorded_baseline(35, None))
    assert (state.objectives[OBJECTIVE].terms.baseline.value, state.objectives[OBJECTIVE].terms.baseline_by) == (Decimal(35), None)


def test_a_baseline_may_have_been_taken_before_the_objective_was_written() -> None:
    (event,) = given(drafted(), defined(smart(baseline=None))).when(baseline(35, at=days(-30)), by(CLIENT)).events()
    assert isinstance(event, BaselineRecorded)
    assert event.baseline.at == days(-30)


def test_in_a_draft_a_baseline_replaces_the_one_that_was_read() -> None:
    given(drafted(), defined()).when(baseline(35, from_=Decimal(40)), by(CLIENT)).then(recorded_baseline(35, 40))
    refusal = given(drafted(), Happened(defined(), actor=CLIENT)).when(baseline(35), by(COACH)).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"current": Decimal(40), "changed_by": CLIENT, "changed_at": 2}


def test_the_same_baseline_again_is_nothing_new() -> None:
    given(drafted(), defined(), recorded_baseline(35, 40)).when(baseline(35, from_=Decimal(40)), by(CLIENT)).then_nothing()


def test_a_baseline_is_locked_once_something_is_measured() -> None:
    past = active(defined(smart(baseline=None, baseline_by=days(10))))
    given(*past, progress(50)).when(baseline(35), by(CLIENT)).then_refused(BaselineLocked)


def test_a_baseline_that_was_agreed_is_locked() -> None:
    given(*active(defined())).when(baseline(35, from_=Decimal(40)), by(CLIENT)).then_refused(BaselineLocked)


@pytest.mark.parametrize(
    ("definition", "changes", "refusal", "pointer"),
    [
        (smart(**UNMEASURED), {}, MeasureMissing, "/objective_id"),
        (smart(baseline=None), {"at": days(1)}, OccurredAtOutOfRange, "/at"),
        (smart(measure=measured(kind="yes_no"), baseline=None, target=Decimal(1)), {}, WrongUnit, "/value"),
    ],
)
def test_what_is_no_baseline(definition: Any, changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(drafted(), defined(definition)).when(baseline(35, **changes), by(CLIENT)).then_refused(refusal, pointer)


def test_a_baseline_is_not_reported_before_its_objective_was_written() -> None:
    context = by(CLIENT, occurred_at=NOW - timedelta(seconds=1))
    given(drafted(), defined(smart(baseline=None))).when(baseline(35), context).then_refused(OccurredAtOutOfRange, "/occurred_at")


def measure(value: int | Decimal = 50, **changes: Any) -> MeasureProgress:
    fields: dict[str, Any] = {"objective_id": OBJECTIVE, "value": Decimal(value), "source": "team_survey"}
    return MeasureProgress(**(fields | changes))


def test_progress_is_measured_at_its_own_time() -> None:
    at = NOW + timedelta(days=3)
    expected = ProgressMeasured(
        objective_id=OBJECTIVE,
        measure_version=1,
        value=Decimal(55),
        at=at,
        on=days(3),
        source="team_survey",
        comment=OfAuthor("Two more came round"),
    )
    context = by(CLIENT, now=NOW + timedelta(days=9), occurred_at=at)
    given(*active(defined())).when(measure(55, unit="percent", comment="Two more came round"), context).then(expected)


def test_one_source_reports_one_value_a_moment() -> None:
    past = [*active(defined()), progress(50)]
    refusal = given(*past).when(measure(51), by(CLIENT)).then_refused(DuplicateMeasurement)
    assert refusal.facts["value"] == Decimal(50)
    (event,) = given(*past).when(measure(51, source="manager"), by(CLIENT)).events()
    assert isinstance(event, ProgressMeasured)


def test_five_minutes_ahead_are_a_clock_that_differs_and_more_is_not() -> None:
    (event,) = given(*active(defined())).when(measure(), by(CLIENT, occurred_at=NOW + timedelta(minutes=5))).events()
    assert isinstance(event, ProgressMeasured)
    late = by(CLIENT, occurred_at=NOW + timedelta(minutes=5, seconds=1))
    given(*active(defined())).when(measure(), late).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_nothing_is_measured_before_the_objective_was_written() -> None:
    context = by(CLIENT, occurred_at=NOW - timedelta(days=1))
    given(*active(defined())).when(measure(), context).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_nothing_is_measured_before_the_baseline() -> None:
    started = BaselineBody(value=Decimal(40), at=TODAY, source="hr_report")
    written = Happened(defined(smart(baseline=started)), at=NOW - timedelta(days=9))
    context = by(CLIENT, occurred_at=NOW - timedelta(days=2))
    given(*active(written)).when(measure(), context).then_refused(MeasuredBeforeBaseline, "/occurred_at")


SCORE = measured(kind="scale", unit="points", scope=BandBody(low=Decimal(1), high=Decimal(5)))


@pytest.mark.parametrize(
    ("definition", "command", "refusal", "pointer"),
    [
        (smart(), measure(unit="days"), WrongUnit, "/unit"),
        (smart(measure=SCORE, baseline=None, target=Decimal(5)), measure(6), WrongUnit, "/value"),
        (smart(measure=measured(kind="yes_no"), baseline=None, target=Decimal(1)), measure(Decimal("0.5")), WrongUnit, "/value"),
        (smart(**UNMEASURED), measure(), MeasureMissing, "/objective_id"),
        (smart(), measure(objective_id=UNKNOWN), ItemUnknown, "/objective_id"),
    ],
)
def test_what_is_no_measurement(definition: Any, command: MeasureProgress, refusal: Any, pointer: str) -> None:
    given(*active(defined(definition))).when(command, by(CLIENT)).then_refused(refusal, pointer)


def test_progress_needs_an_active_plan_and_an_open_objective() -> None:
    given(drafted(), defined()).when(measure(), by(CLIENT)).then_refused(PlanNotActive)
    given(*active(defined()), CONCLUDED).when(measure(), by(CLIENT)).then_refused(ObjectiveClosed)


def correct(version: int, old: int, new: int, **changes: Any) -> CorrectMeasurement:
    fields: dict[str, Any] = {"reason": "Counted one team twice"} | changes
    return CorrectMeasurement(objective_id=OBJECTIVE, corrects_version=version, from_=Decimal(old), to=Decimal(new), **fields)


MEASURED = [*active(defined(smart(baseline=BaselineBody(value=Decimal(40), at=TODAY, source="hr")))), progress(50)]
LAST = len(MEASURED)


def corrected(version: int, old: int, new: int) -> MeasurementCorrected:
    return MeasurementCorrected(
        objective_id=OBJECTIVE,
        corrects_version=version,
        from_=Decimal(old),
        to=Decimal(new),
        reason_code=None,
        reason=OfAuthor("Counted one team twice"),
    )


def test_a_wrong_measurement_is_corrected_and_both_values_stay_known() -> None:
    state = given(*MEASURED).when(correct(LAST, 50, 45), by(CLIENT)).then(corrected(LAST, 50, 45))
    assert [one.value for one in state.objectives[OBJECTIVE].measurements] == [Decimal(45)]


def test_a_baseline_is_corrected_where_it_stands() -> None:
    state = given(*MEASURED).when(correct(2, 40, 38), by(CLIENT)).then(corrected(2, 40, 38))
    assert state.objectives[OBJECTIVE].terms.baseline.value == Decimal(38)


def test_a_second_correction_has_seen_the_first() -> None:
    past = [*MEASURED, Happened(corrected(LAST, 50, 45), actor=CLIENT)]
    refusal = given(*past).when(correct(LAST, 50, 44), by(COACH)).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"current": Decimal(45), "changed_by": CLIENT, "changed_at": LAST + 1}
    given(*past).when(correct(LAST, 50, 45), by(COACH)).then_nothing()


@pytest.mark.parametrize("version", [1, LAST - 1, LAST + 1])
def test_only_an_entry_of_that_objective_can_be_corrected(version: int) -> None:
    given(*MEASURED).when(correct(version, 50, 45), by(CLIENT)).then_refused(NotItsEntry, "/corrects_version")


def test_a_correction_says_why_and_stays_in_the_unit() -> None:
    given(*MEASURED).when(correct(LAST, 50, 45, reason="typo"), by(CLIENT)).then_refused(ReasonRequired, "/reason")
    past = [*active(defined(smart(measure=SCORE, baseline=None, target=Decimal(5)))), progress(3)]
    given(*past).when(correct(len(past), 3, 9), by(CLIENT)).then_refused(WrongUnit, "/to")
