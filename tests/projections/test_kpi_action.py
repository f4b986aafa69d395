"""Actions: kept in time (13) and how many are done (14), each against a history worked by hand."""

from __future__ import annotations

from decimal import Decimal

from domain.plan.events import EntryWithdrawn
from projections.kpi import action as kpi
from tests.projections.history import ACTION, FURTHER, History, activated, asked, defined
from tests.projections.promise import committed, completed, dropped, rescheduled

MARCH, APRIL = asked("2026-03", "2026-05-01"), asked("2026-04", "2026-05-01")
TO_DATE = asked("to_date", "2026-05-01")


def promised(due_on: str = "2026-03-20") -> History:
    """Activated on the first of February; promised on the tenth."""
    return History().on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01")).on("2026-02-10", committed(due_on))


class TestFollowThrough:
    def test_on_the_day_is_in_time_and_a_day_later_is_not(self) -> None:
        kept = promised().on("2026-03-20", completed("2026-03-20")).facts
        late = promised().on("2026-03-21", completed("2026-03-21")).facts
        number = kpi.follow_through([kept, late, promised().facts], MARCH)
        assert (number.kpi, number.numerator, number.denominator, number.n, number.clients) == (13, 1, 3, 3, 1)
        assert number.value == Decimal("33.3333")

    def test_the_interval_is_wilsons(self) -> None:
        """1 of 2: 9.4531 to 90.5469 per cent."""
        number = kpi.follow_through([promised().on("2026-03-20", completed("2026-03-20")).facts, promised().facts], MARCH)
        assert (number.low, number.high) == (Decimal("9.4531"), Decimal("90.5469"))

    def test_moved_into_a_later_period_it_is_late_here_and_judged_anew_there(self) -> None:
        facts = [promised().on("2026-03-15", rescheduled("2026-03-20", "2026-04-10")).on("2026-04-08", completed("2026-04-08")).facts]
        march, april = kpi.follow_through(facts, MARCH), kpi.follow_through(facts, APRIL)
        assert (march.numerator, march.denominator) == (0, 1)
        assert (april.numerator, april.denominator) == (1, 1)

    def test_moved_again_and_again_it_is_late_once(self) -> None:
        history = promised().on("2026-03-15", rescheduled("2026-03-20", "2026-03-24"))
        history.on("2026-03-23", rescheduled("2026-03-24", "2026-03-28")).on("2026-03-27", completed("2026-03-27"))
        for period in (MARCH, asked("2026-q1", "2026-05-01"), TO_DATE):
            number = kpi.follow_through([history.facts], period)
            assert (number.numerator, number.denominator) == (0, 1)

    def test_moved_before_the_period_began_it_is_due_by_its_new_date_only(self) -> None:
        facts = [promised().on("2026-02-20", rescheduled("2026-03-20", "2026-04-10")).on("2026-04-08", completed("2026-04-08")).facts]
        assert kpi.follow_through(facts, MARCH).n == 0
        assert kpi.follow_through(facts, APRIL).value == 100

    def test_moved_though_it_was_done_before_the_first_date_it_is_in_time(self) -> None:
        facts = [promised().on("2026-03-10", rescheduled("2026-03-20", "2026-04-10")).on("2026-03-18", completed("2026-03-18")).facts]
        assert kpi.follow_through(facts, MARCH).value == 100

    def test_promised_in_the_period_it_counts_by_its_first_date(self) -> None:
        history = promised("2026-06-01").on("2026-03-05", committed("2026-03-25", FURTHER))
        history.on("2026-03-20", rescheduled("2026-03-25", "2026-04-25", FURTHER))
        assert kpi.follow_through([history.facts], MARCH).n == 1

    def test_only_dates_up_to_the_day_asked_for_are_due(self) -> None:
        assert kpi.follow_through([promised().facts], asked("2026-03", "2026-03-19")).n == 0
        assert kpi.follow_through([promised().facts], asked("2026-03", "2026-03-20")).n == 1
        assert kpi.follow_through([promised("2026-04-20").facts], MARCH).n == 0

    def test_dropped_before_its_date_it_is_left_out_and_from_then_on_it_was_due(self) -> None:
        before = promised().on("2026-03-19", dropped("2026-03-20")).facts
        on_the_day = promised().on("2026-03-20", dropped("2026-03-20")).facts
        assert kpi.follow_through([before], MARCH).n == 0
        assert (kpi.follow_through([on_the_day], MARCH).numerator, kpi.follow_through([on_the_day], MARCH).denominator) == (0, 1)

    def test_a_report_taken_back_did_not_complete_it_and_done_again_it_counts_once(self) -> None:
        history = promised().on("2026-03-10", completed("2026-03-10"))
        taken_back = EntryWithdrawn(
            corrects_version=history.version, entry="action_completed", item_id=ACTION, reason_code="other", reason=None
        )
        history.on("2026-03-11", taken_back)
        assert kpi.follow_through([history.facts], MARCH).numerator == 0
        number = kpi.follow_through([history.on("2026-03-18", completed("2026-03-18")).facts], MARCH)
        assert (number.numerator, number.denominator) == (1, 1)

    def test_a_promise_of_a_draft_plan_is_one_too(self) -> None:
        draft = History().on("2026-01-10", defined(), committed("2026-03-20"))
        assert kpi.follow_through([draft.facts], MARCH).n == 1

    def test_without_anything_due_there_is_no_number(self) -> None:
        number = kpi.follow_through([promised().facts], asked("2026-02", "2026-05-01"))
        assert (number.value, number.n, number.low, number.high) == (None, 0, None, None)


class TestThroughput:
    def test_is_what_was_done_in_thirty_active_days(self) -> None:
        """Two in the 45 days from the first of February to the 18th of March: 2 x 30 / 45."""
        history = promised().on("2026-03-01", completed("2026-03-01")).on("2026-03-02", committed("2026-03-04", FURTHER))
        facts = [history.on("2026-03-18", completed("2026-03-18", FURTHER)).facts]
        number = kpi.throughput(facts, asked("to_date", "2026-03-18"))
        assert (number.value, number.numerator, number.denominator, number.unit) == (Decimal("1.3333"), 2, 45, "per_30_days")
        assert (number.kpi, number.n, number.clients, number.low) == (14, 1, 1, None)

    def test_a_month_counts_what_was_done_in_it_over_its_days(self) -> None:
        facts = [promised().on("2026-03-31", completed("2026-03-31")).facts]
        march, april = kpi.throughput(facts, MARCH), kpi.throughput(facts, APRIL)
        assert (march.numerator, march.denominator) == (1, 31)
        assert (april.numerator, april.denominator, april.value) == (0, 30, 0)

    def test_the_months_together_are_the_whole(self) -> None:
        facts = [promised().on("2026-03-31", completed("2026-03-31")).facts]
        months = [kpi.throughput(facts, asked(month, "2026-04-20")) for month in ("2026-01", "2026-02", "2026-03", "2026-04")]
        whole = kpi.throughput(facts, asked("to_date", "2026-04-20"))
        assert [number.denominator for number in months] == [0, 27, 31, 20]
        assert sum(number.denominator or 0 for number in months) == whole.denominator
        assert sum(number.numerator or 0 for number in months) == whole.numerator

    def test_of_several_plans_it_is_all_that_was_done_over_all_their_days(self) -> None:
        """One in 60 days and one in 3: 2 x 30 / 63. The mean of each plan's own number would be 5.25."""
        old = promised().on("2026-02-20", completed("2026-02-20"))
        new = History().on("2026-03-20", defined(), committed("2026-04-01")).on("2026-03-30", activated("2026-03-30"))
        number = kpi.throughput([old.facts, new.on("2026-03-31", completed("2026-03-31")).facts], asked("to_date", "2026-04-02"))
        assert (number.value, number.n) == (Decimal("0.9524"), 2)

    def test_what_was_done_before_the_plan_was_in_force_does_not_count(self) -> None:
        early = History().on("2026-01-10", defined(), committed("2026-01-20")).on("2026-01-20", completed("2026-01-20"))
        number = kpi.throughput([early.on("2026-02-01", activated("2026-02-01")).facts], TO_DATE)
        assert (number.numerator, number.denominator) == (0, 89)

    def test_without_an_active_day_there_is_no_number(self) -> None:
        draft = History().on("2026-01-10", defined(), committed("2026-03-20")).facts
        for facts, day in ((draft, "2026-05-01"), (promised().facts, "2026-02-01"), (promised().facts, "2026-01-20")):
            number = kpi.throughput([facts], asked("to_date", day))
            assert (number.value, number.n, number.clients) == (None, 0, 0)
