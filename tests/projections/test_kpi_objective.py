"""Objectives: SMART at once (1), baselines (2), progress (5) and pace, each against a history worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.plan.events import BaselineRecorded, EntryWithdrawn, MeasurementCorrected, MeasureReplaced, TargetRefined
from domain.plan.smart.verdict import SmartCode
from domain.plan.terms import Band, Baseline
from projections.kpi import objective as kpi
from projections.kpi.objective import pace, progress
from tests.projections.history import (
    CHANGE,
    OBJECTIVE,
    OTHER,
    History,
    activated,
    asked,
    concluded,
    defined,
    lint,
    measure,
    measured,
    refined,
)

JUNE = date(2026, 6, 1)


def active(**changes: object) -> History:
    """An objective from 40 to 80, due on the last of June, in a plan activated on the first of February."""
    return History().on("2026-01-10", defined(**changes)).on("2026-02-01", activated("2026-02-01"))


def progress_of(history: History, until: date = JUNE) -> Decimal | None:
    return progress(history.facts.objectives[OBJECTIVE], until)


class TestSmartRate:
    def test_counts_the_first_definition_whatever_came_later(self) -> None:
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE), defined(OTHER))
        history.on("2026-03-05", refined())
        number = kpi.smart_rate([history.facts], asked("2026-03", "2026-05-01"))
        assert (number.value, number.numerator, number.denominator) == (50, 1, 2)

    def test_counts_those_defined_in_the_period(self) -> None:
        facts = [History().on("2026-03-31", defined()).facts]
        assert kpi.smart_rate(facts, asked("2026-03", "2026-05-01")).n == 1
        assert kpi.smart_rate(facts, asked("2026-04", "2026-05-01")).value is None

    def test_an_override_is_no_pass(self) -> None:
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE))
        history.on("2026-03-09", activated("2026-03-09", {OBJECTIVE: lint(SmartCode.NO_MEASURE)}))
        assert kpi.days_to_smart([history.facts], asked("2026-03", "2026-05-01")).value is None


class TestDaysToSmart:
    def test_is_the_median_from_definition_to_passing(self) -> None:
        """At once, and after three days by a refinement: 1.5 days."""
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE), defined(OTHER)).on("2026-03-05", refined())
        assert kpi.days_to_smart([history.facts], asked("2026-03", "2026-05-01")).value == Decimal("1.5")

    def test_activation_may_be_what_passes_it(self) -> None:
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE))
        history.on("2026-03-12", activated("2026-03-12", {OBJECTIVE: lint()}))
        assert kpi.days_to_smart([history.facts], asked("2026-03", "2026-05-01")).value == 10

    def test_leaves_out_what_has_not_passed_or_passed_after_the_period(self) -> None:
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE)).on("2026-04-05", refined())
        assert kpi.days_to_smart([history.facts], asked("2026-03", "2026-05-01")).n == 0

    def test_passing_twice_counts_from_the_first_time(self) -> None:
        history = History().on("2026-03-02", defined(OBJECTIVE, SmartCode.NO_MEASURE))
        history.on("2026-03-04", refined()).on("2026-03-06", refined(None, SmartCode.NO_TARGET)).on("2026-03-20", refined())
        assert kpi.days_to_smart([history.facts], asked("2026-03", "2026-05-01")).value == 2


class TestBaselineCoverage:
    def test_counts_active_objectives_only(self) -> None:
        history = History().on("2026-01-10", defined(), defined(OTHER, baseline=None))
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).value is None
        history.on("2026-02-01", activated("2026-02-01"))
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).value == 50
        history.on("2026-03-01", concluded(objective=OTHER))
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).value == 100
        assert kpi.baseline_coverage([history.facts], asked("2026-02", "2026-05-01")).value == 50

    def test_a_baseline_counts_from_when_it_was_recorded(self) -> None:
        history = active(baseline=None)
        baseline = Baseline(value=Decimal(38), at=date(2026, 2, 20))
        history.on("2026-03-02", BaselineRecorded(objective_id=OBJECTIVE, measure_version=1, from_=None, baseline=baseline))
        assert kpi.baseline_coverage([history.facts], asked("2026-02", "2026-05-01")).value == 0
        assert kpi.baseline_coverage([history.facts], asked("2026-03", "2026-05-01")).value == 100

    def test_a_judgement_that_waits_for_the_client_concludes_nothing(self) -> None:
        history = active().on("2026-03-01", concluded(client_agrees=None))
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).n == 1

    def test_a_withdrawn_conclusion_makes_it_active_again(self) -> None:
        history = active().on("2026-03-01", concluded())
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).n == 0
        history.on(
            "2026-03-02",
            EntryWithdrawn(
                corrects_version=history.version, entry="objective_concluded", item_id=OBJECTIVE, reason_code="other", reason=None
            ),
        )
        assert kpi.baseline_coverage([history.facts], asked("to_date", "2026-05-01")).n == 1


class TestProgress:
    def test_is_the_way_from_baseline_to_target(self) -> None:
        assert progress_of(active().on("2026-03-01", measured(60, "2026-03-01"))) == Decimal("0.5")

    def test_falling_measures_count_alike(self) -> None:
        history = active(measure=measure("decrease"), baseline=Baseline(value=Decimal(10), at=date(2026, 1, 5)), target=Decimal(2))
        assert progress_of(history.on("2026-03-01", measured(4, "2026-03-01"))) == Decimal("0.75")

    def test_stays_between_nothing_and_one_and_a_half(self) -> None:
        assert progress_of(active().on("2026-03-01", measured(20, "2026-03-01"))) == 0
        assert progress_of(active().on("2026-03-01", measured(150, "2026-03-01"))) == Decimal("1.5")

    def test_the_latest_is_by_measuring_date_not_by_when_it_was_told(self) -> None:
        history = active().on("2026-04-01", measured(70, "2026-03-20")).on("2026-04-02", measured(50, "2026-03-10"))
        assert progress_of(history) == Decimal("0.75")

    def test_of_two_on_one_day_the_later_told_counts(self) -> None:
        history = active().on("2026-03-20", measured(70, "2026-03-20"), measured(50, "2026-03-20"))
        assert progress_of(history) == Decimal("0.25")

    def test_what_was_measured_later_is_not_known_yet(self) -> None:
        assert progress_of(active().on("2026-03-20", measured(70, "2026-03-20")), date(2026, 3, 19)) is None

    def test_without_measurement_or_baseline_or_distance_there_is_none(self) -> None:
        assert progress_of(active()) is None
        assert progress_of(active(baseline=None).on("2026-03-01", measured(60, "2026-03-01"))) is None
        assert progress_of(active(target=Decimal(40)).on("2026-03-01", measured(60, "2026-03-01"))) is None

    def test_to_maintain_is_the_share_of_measurements_inside_the_band(self) -> None:
        history = active(measure=measure("maintain", Band(low=Decimal(35), high=Decimal(45))), target=None)
        history.on("2026-03-01", *(measured(value, f"2026-03-{day:02}") for day, value in enumerate((35, 45, 46, 40), start=1)))
        assert progress_of(history) == Decimal("0.75")
        assert progress_of(active(measure=measure("maintain", Band(low=Decimal(35), high=Decimal(45))))) is None

    def test_a_correction_takes_the_place_of_what_it_corrects(self) -> None:
        history = active().on("2026-03-01", measured(60, "2026-03-01"))
        wrong = history.version
        history.on("2026-03-02", measured(65, "2026-03-02")).on("2026-03-03", corrected(wrong, 60, 61))
        assert progress_of(history, date(2026, 3, 1)) == Decimal(21) / 40
        history.on("2026-03-04", corrected(2, 40, 45))
        assert progress_of(history, date(2026, 3, 2)) == Decimal(20) / 35

    def test_a_new_measure_starts_from_nothing(self) -> None:
        history = active().on("2026-03-01", measured(60, "2026-03-01"))
        baseline = Baseline(value=Decimal(0), at=date(2026, 3, 2))
        new = MeasureReplaced(to=measure(), version=2, baseline=baseline, baseline_by=None, target=Decimal(10), replaces=2)
        history.on("2026-03-02", refined(new, change=CHANGE))
        assert progress_of(history) is None
        assert progress_of(history.on("2026-03-09", measured(4, "2026-03-09", version=2))) == Decimal("0.4")

    def test_a_changed_target_counts_at_once(self) -> None:
        history = active().on("2026-03-01", measured(60, "2026-03-01"))
        assert progress_of(history.on("2026-03-02", refined(TargetRefined(from_=Decimal(80), to=Decimal(60))))) == 1

    def test_a_board_shows_the_mean_of_those_that_can_be_measured(self) -> None:
        history = History().on("2026-01-10", defined(), defined(OTHER)).on("2026-02-01", activated("2026-02-01"))
        history.on("2026-03-01", measured(60, "2026-03-01"))
        number = kpi.objective_progress([history.facts], asked("to_date", "2026-05-01"))
        assert (number.value, number.n) == (50, 1)


class TestPace:
    def test_is_progress_over_the_elapsed_share(self) -> None:
        """Activated on 1 February, due on 30 June: 149 days. After 30 of them a quarter of the way: 0.25 x 149 / 30."""
        facts = active().on("2026-03-01", measured(50, "2026-03-01")).facts
        assert pace(facts, facts.objectives[OBJECTIVE], asked("to_date", "2026-03-03")) == Decimal("0.25") * 149 / 30

    def test_gives_no_verdict_in_the_first_seven_days(self) -> None:
        facts = active().on("2026-02-03", measured(41, "2026-02-03")).facts
        assert pace(facts, facts.objectives[OBJECTIVE], asked("to_date", "2026-02-08")) is None
        assert pace(facts, facts.objectives[OBJECTIVE], asked("to_date", "2026-02-09")) is not None

    def test_after_the_due_date_all_of_the_time_has_passed(self) -> None:
        facts = active().on("2026-03-01", measured(60, "2026-03-01")).facts
        assert pace(facts, facts.objectives[OBJECTIVE], asked("to_date", "2026-12-01")) == Decimal("0.5")


def corrected(version: int, before: int, after: int) -> MeasurementCorrected:
    return MeasurementCorrected(
        objective_id=OBJECTIVE,
        corrects_version=version,
        from_=Decimal(before),
        to=Decimal(after),
        reason_code="other",
        reason=None,
    )
