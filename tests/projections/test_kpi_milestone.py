"""Milestones: on time (8), on the original date (9), drift (10), adjustments (11), each against a history worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.plan.events import EntryWithdrawn, MilestoneMissed
from projections.kpi import milestone as kpi
from projections.kpi.help import needs_help
from projections.kpi.series import by_month
from projections.kpi.value import Share
from tests.projections.history import MILESTONE, SECOND, History, activated, asked, defined, milestone, moved, reached, withdrawn


def planned(due_on: str = "2026-03-20") -> History:
    """Activated on the first of February with one milestone."""
    return History().on("2026-01-10", defined(), milestone(due_on)).on("2026-02-01", activated("2026-02-01", milestone=due_on))


class TestDueInAPeriod:
    def test_counts_where_it_was_due_when_the_period_began(self) -> None:
        facts = [planned().facts]
        assert kpi.on_time(facts, asked("2026-03", "2026-05-01")).n == 1
        assert kpi.on_time(facts, asked("2026-02", "2026-05-01")).n == 0
        assert kpi.on_time(facts, asked("2026-q1", "2026-05-01")).n == 1

    def test_moved_into_a_later_period_it_stands_in_both_denominators(self) -> None:
        facts = [planned().on("2026-03-15", moved("2026-03-20", "2026-04-10")).facts]
        assert kpi.on_time(facts, asked("2026-03", "2026-05-01")).denominator == 1
        assert kpi.on_time(facts, asked("2026-04", "2026-05-01")).denominator == 1

    def test_moved_before_the_period_began_it_is_not_due_in_it(self) -> None:
        facts = [planned().on("2026-02-20", moved("2026-03-20", "2026-04-10")).facts]
        assert kpi.on_time(facts, asked("2026-03", "2026-05-01")).n == 0

    def test_set_later_it_counts_by_its_first_date_though_it_was_moved_on(self) -> None:
        history = History().on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01"))
        history.on("2026-03-05", milestone("2026-03-25")).on("2026-03-10", moved("2026-03-25", "2026-04-25"))
        assert kpi.on_time([history.facts], asked("2026-03", "2026-05-01")).n == 1

    def test_only_dates_up_to_the_day_asked_for_count(self) -> None:
        assert kpi.on_time([planned().facts], asked("2026-03", "2026-03-19")).n == 0
        assert kpi.on_time([planned().facts], asked("2026-03", "2026-03-20")).n == 1

    def test_a_plan_that_was_never_activated_has_nothing_due(self) -> None:
        draft = History().on("2026-01-10", defined(), milestone("2026-03-20"))
        assert kpi.on_time([draft.facts], asked("2026-03", "2026-05-01")).n == 0

    def test_the_period_begins_at_midnight_of_the_organization(self) -> None:
        """Half past ten at night, UTC, is the first of April in Berlin: too late for the date in force when April began."""
        late = planned("2026-04-10")
        at = late.feds[-1].occurred_at.replace(month=3, day=31, hour=22, minute=30)
        facts = [late.on(at, moved("2026-04-10", "2026-05-10")).facts]
        assert kpi.on_time(facts, asked("2026-04", "2026-06-01")).n == 1
        earlier = planned("2026-04-10").on(at.replace(hour=21), moved("2026-04-10", "2026-05-10"))
        assert kpi.on_time([earlier.facts], asked("2026-04", "2026-06-01")).n == 0


class TestOnTime:
    def test_on_the_day_is_on_time_and_a_day_later_is_not(self) -> None:
        on_the_day = planned().on("2026-03-20", reached("2026-03-20")).facts
        a_day_later = planned().on("2026-03-21", reached("2026-03-21")).facts
        number = kpi.on_time([on_the_day, a_day_later], asked("2026-03", "2026-05-01"))
        assert (number.value, number.numerator, number.denominator) == (Decimal(50), 1, 2)

    def test_the_current_date_counts_here_and_the_first_one_there(self) -> None:
        facts = [planned().on("2026-03-15", moved("2026-03-20", "2026-04-10")).on("2026-04-08", reached("2026-04-08")).facts]
        period = asked("2026-03", "2026-05-01")
        assert kpi.on_time(facts, period).value == 100
        assert kpi.on_original_date(facts, period).value == 0

    def test_a_withdrawn_report_did_not_reach_it_and_reached_again_it_counts_once(self) -> None:
        history = planned().on("2026-03-10", reached("2026-03-10"))
        withdrawn = EntryWithdrawn(
            corrects_version=history.version, entry="milestone_reached", item_id=MILESTONE, reason_code="other", reason=None
        )
        history.on("2026-03-11", withdrawn)
        assert kpi.on_time([history.facts], asked("2026-03", "2026-05-01")).numerator == 0
        history.on("2026-03-18", reached("2026-03-18"))
        number = kpi.on_time([history.facts], asked("2026-03", "2026-05-01"))
        assert (number.numerator, number.denominator) == (1, 1)

    def test_without_anything_due_there_is_no_number(self) -> None:
        number = kpi.on_time([planned().facts], asked("2026-02", "2026-05-01"))
        assert (number.value, number.n, number.low, number.high) == (None, 0, None, None)

    def test_a_small_rate_shows_how_uncertain_it_is(self) -> None:
        """Wilson, 1 of 2: 9.4531 to 90.5469 per cent."""
        reached_one = planned().on("2026-03-20", reached("2026-03-20")).facts
        number = kpi.on_time([reached_one, planned().facts], asked("2026-03", "2026-05-01"))
        assert (number.low, number.high) == (Decimal("9.4531"), Decimal("90.5469"))


class TestDrift:
    def test_moves_while_the_plan_was_a_draft_are_none(self) -> None:
        history = History().on("2026-01-10", defined(), milestone("2026-03-01")).on("2026-01-20", moved("2026-03-01", "2026-03-20"))
        facts = [history.on("2026-02-01", activated("2026-02-01", milestone="2026-03-20")).facts]
        period = asked("to_date", "2026-05-01")
        assert kpi.drift(facts, period).value == 0
        assert kpi.adjustments(facts, period).numerator == 0

    def test_is_the_mean_of_reached_or_current_against_original(self) -> None:
        """One moved by 14 days and open, one reached 4 days early: (14 - 4) / 2 = 5 days."""
        history = planned().on("2026-02-10", milestone("2026-04-10", SECOND))
        history.on("2026-03-15", moved("2026-03-20", "2026-04-03")).on("2026-04-06", reached("2026-04-06", SECOND))
        number = kpi.drift([history.facts], asked("to_date", "2026-05-01"))
        assert (number.value, number.numerator, number.denominator) == (5, 10, 2)

    def test_an_overdue_one_does_not_drift_by_itself(self) -> None:
        assert kpi.drift([planned().facts], asked("to_date", "2026-12-01")).value == 0

    def test_what_came_after_the_period_is_not_in_it(self) -> None:
        facts = [planned().on("2026-04-01", moved("2026-03-20", "2026-04-19")).facts]
        assert kpi.drift(facts, asked("2026-03", "2026-05-01")).value == 0
        assert kpi.drift(facts, asked("2026-04", "2026-05-01")).value == 30


class TestAdjustments:
    def test_are_counted_per_milestone_with_their_reasons_and_initiators(self) -> None:
        history = planned().on("2026-02-10", milestone("2026-04-10", SECOND))
        history.on("2026-03-01", moved("2026-03-20", "2026-03-27", code="capacity", initiated_by="client"))
        history.on("2026-03-10", moved("2026-03-27", "2026-04-03", code="absence", initiated_by="coach"))
        history.on("2026-03-11", moved("2026-04-10", "2026-04-17", SECOND, code=None, initiated_by="client"))
        number = kpi.adjustments([history.facts], asked("to_date", "2026-05-01"))
        assert (number.value, number.numerator, number.denominator) == (Decimal("1.5"), 3, 2)
        assert number.mix["reason_code"] == (Share("absence", 1), Share("capacity", 1), Share("none", 1))
        assert number.mix["initiator"] == (Share("client", 2), Share("coach", 1))

    def test_count_in_the_period_in_which_they_were_made(self) -> None:
        facts = [planned().on("2026-03-15", moved("2026-03-20", "2026-04-10")).facts]
        assert kpi.adjustments(facts, asked("2026-03", "2026-05-01")).numerator == 1
        assert kpi.adjustments(facts, asked("2026-04", "2026-05-01")).numerator == 0


class TestWithdrawn:
    def test_before_its_date_it_is_left_out_and_from_then_on_it_was_due(self) -> None:
        period = asked("2026-03", "2026-05-01")
        assert kpi.on_time([planned().on("2026-03-19", withdrawn("2026-03-20")).facts], period).n == 0
        late = kpi.on_time([planned().on("2026-03-20", withdrawn("2026-03-20")).facts], period)
        assert (late.numerator, late.denominator) == (0, 1)

    def test_it_neither_drifts_nor_counts_among_those_that_could_be_adjusted(self) -> None:
        history = planned().on("2026-02-10", milestone("2026-04-10", SECOND)).on("2026-03-01", moved("2026-04-10", "2026-04-20", SECOND))
        facts = [history.on("2026-03-15", withdrawn("2026-03-20")).facts]
        assert (
            kpi.drift(facts, asked("to_date", "2026-05-01")).numerator,
            kpi.drift(facts, asked("to_date", "2026-05-01")).denominator,
        ) == (10, 1)
        assert kpi.adjustments(facts, asked("to_date", "2026-05-01")).denominator == 1
        assert kpi.adjustments(facts, asked("2026-02", "2026-05-01")).denominator == 2, "it stood at the end of February"

    def test_it_needs_no_help_any_more(self) -> None:
        def reasons(history: History) -> list[str]:
            found = needs_help([history.facts], asked("to_date", "2026-03-25"))
            return [reason.code for row in found for reason in row.reasons]

        assert "milestone_overdue" in reasons(planned())
        assert "milestone_overdue" not in reasons(planned().on("2026-03-22", withdrawn("2026-03-20")))

    def test_that_it_was_missed_changes_no_number(self) -> None:
        missed = MilestoneMissed(milestone_id=MILESTONE, due_on=date(2026, 3, 20))
        history = planned().on("2026-03-21", missed)
        taken_back = EntryWithdrawn(
            corrects_version=history.version, entry="milestone_missed", item_id=MILESTONE, reason_code="other", reason=None
        )
        assert history.on("2026-03-22", taken_back).facts == planned().facts


def test_the_series_ends_with_the_month_asked_for() -> None:
    facts = [planned().on("2026-03-15", moved("2026-03-20", "2026-04-10")).on("2026-04-08", reached("2026-04-08")).facts]
    months = by_month(facts, asked("to_date", "2026-04-20"), months=3)
    assert [(month.month, month.due, month.on_time, month.adjustments) for month in months] == [
        ("2026-02", 0, 0, 0),
        ("2026-03", 1, 1, 1),
        ("2026-04", 1, 1, 0),
    ]


def test_the_series_begins_in_the_century_before_when_the_day_asked_for_is_early() -> None:
    assert [month.month for month in by_month([], asked("to_date", "2000-01-31"), months=2)] == ["1999-12", "2000-01"]
