"""Plans thought over again (12): the ratio, and when a plan is rigid or restless, each against a history worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.plan.events import StrategyRevised
from domain.plan.terms import Realism, StrategyTerms
from domain.values import OfClient
from projections.kpi import replan as kpi
from projections.kpi.help import needs_help
from projections.kpi.value import Share
from tests.projections.history import (
    OBJECTIVE,
    OTHER,
    PLAN,
    History,
    activated,
    asked,
    concluded,
    defined,
    measured,
    milestone,
    moved,
    refined,
    uuid,
)


def active() -> History:
    """In force since the first of February; from 40 to 80 until the end of June."""
    return History().on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01"))


def revised() -> StrategyRevised:
    return StrategyRevised(
        strategy_id=uuid(50),
        terms=StrategyTerms(
            title=OfClient("Meet the team every week"),
            kind="meeting",
            objective_ids=(OBJECTIVE,),
            realism=Realism(hours_per_week=Decimal(1), obstacles=None),
            client_fit=4,
        ),
        replaces=1,
        evidence=(),
        revised_by="coach",
        change_id=None,
        reason_code="learning",
        reason=None,
    )


def changed_on(first: str, times: int, every: int = 1) -> History:
    history = active()
    for number in range(times):
        history.on(str(date.fromisoformat(first) + timedelta(days=number * every)), refined())
    return history


class TestRatio:
    def test_is_refinements_and_revisions_in_thirty_active_days(self) -> None:
        """Three in the 59 days to the first of April: 3 x 30 / 59."""
        history = active().on("2026-02-20", refined()).on("2026-03-10", revised(), refined())
        number = kpi.replan_ratio([history.facts], asked("to_date", "2026-04-01"))
        assert (number.value, number.numerator, number.denominator) == (Decimal("1.5254"), 3, 59)
        assert (number.kpi, number.unit, number.n, number.clients, number.low) == (12, "per_30_days", 1, 1, None)

    def test_nothing_else_is_a_change_of_substance(self) -> None:
        history = active().on("2026-02-10", milestone("2026-04-10"), moved("2026-04-10", "2026-04-20"), defined(OTHER))
        history.on("2026-02-20", measured(60, "2026-02-20"))
        assert kpi.replan_ratio([history.facts], asked("to_date", "2026-04-01")).numerator == 0

    def test_what_was_changed_before_the_plan_was_in_force_does_not_count(self) -> None:
        draft = History().on("2026-01-10", defined()).on("2026-01-20", refined(), revised())
        assert kpi.replan_ratio([draft.facts], asked("to_date", "2026-04-01")).value is None
        assert kpi.replan_ratio([draft.on("2026-02-01", activated("2026-02-01")).facts], asked("to_date", "2026-04-01")).numerator == 0

    def test_a_month_has_its_own_changes_and_its_own_days(self) -> None:
        facts = [active().on("2026-02-28", refined()).on("2026-03-01", refined()).facts]
        numbers = [kpi.replan_ratio(facts, asked(month, "2026-03-10")) for month in ("2026-01", "2026-02", "2026-03")]
        assert [(number.numerator, number.denominator) for number in numbers] == [(0, 0), (1, 27), (1, 10)]

    def test_counts_beside_it_how_many_are_rigid_and_restless(self) -> None:
        behind, busy = active().on("2026-03-01", measured(42, "2026-03-01")), changed_on("2026-04-01", 5)
        number = kpi.replan_ratio([behind.facts, busy.facts, active().facts], asked("to_date", "2026-04-10"))
        assert number.mix["flag"] == (Share("rigid", 1), Share("thrash", 1))


class TestRigid:
    def test_is_more_than_sixty_days_without_a_change_while_it_is_behind(self) -> None:
        """The second of April is the 60th day after activation."""
        facts = active().on("2026-03-01", measured(42, "2026-03-01")).facts
        assert kpi.rigid_days(facts, asked("to_date", "2026-04-02")) is None
        assert kpi.rigid_days(facts, asked("to_date", "2026-04-03")) == 61

    def test_a_change_begins_the_days_anew(self) -> None:
        facts = active().on("2026-02-10", refined()).on("2026-03-01", measured(42, "2026-03-01")).facts
        assert kpi.rigid_days(facts, asked("to_date", "2026-04-11")) is None
        assert kpi.rigid_days(facts, asked("to_date", "2026-04-12")) == 61

    def test_a_plan_on_pace_may_stay_as_it_is(self) -> None:
        """90 of 149 days have gone, which asks for 64.2 of the way from 40 to 80."""
        period = asked("to_date", "2026-05-02")
        assert kpi.rigid_days(active().on("2026-05-01", measured(65, "2026-05-01")).facts, period) is None
        assert kpi.rigid_days(active().on("2026-05-01", measured(64, "2026-05-01")).facts, period) == 90

    def test_what_one_objective_lacks_another_one_may_make_good(self) -> None:
        """Paces of 0.75 x 149 / 90 = 1.24 and of 0.5 x 149 / 90 = 0.83 have a mean of 1.03; with 0.25 for the second, of 0.83."""
        both = History().on("2026-01-10", defined(), defined(OTHER)).on("2026-02-01", activated("2026-02-01"))
        both.on("2026-05-01", measured(70, "2026-05-01"), measured(60, "2026-05-01", OTHER))
        period = asked("to_date", "2026-05-02")
        assert kpi.rigid_days(both.facts, period) is None
        assert kpi.rigid_days(both.on("2026-05-02", measured(50, "2026-05-02", OTHER)).facts, period) == 90

    def test_without_any_measured_active_objective_nobody_can_say(self) -> None:
        period = asked("to_date", "2026-05-02")
        assert kpi.rigid_days(active().facts, period) is None
        assert kpi.rigid_days(active().on("2026-03-01", measured(42, "2026-03-01"), concluded()).facts, period) is None
        assert kpi.rigid_days(History().on("2026-01-10", defined()).facts, period) is None

    def test_a_past_period_is_judged_by_what_had_happened_in_it(self) -> None:
        facts = active().on("2026-03-01", measured(42, "2026-03-01")).on("2026-05-04", refined()).facts
        assert kpi.rigid_days(facts, asked("2026-04", "2026-05-10")) == 88
        assert kpi.rigid_days(facts, asked("2026-05", "2026-05-10")) is None


class TestThrash:
    @pytest.mark.parametrize(("times", "found"), [(4, None), (5, 5), (9, 9)])
    def test_is_more_than_four_changes_in_thirty_days(self, times: int, found: int | None) -> None:
        assert kpi.thrash_changes(changed_on("2026-03-01", times).facts, asked("to_date", "2026-03-20")) == found

    def test_only_the_last_thirty_days_count(self) -> None:
        facts = changed_on("2026-03-01", 5).facts
        assert kpi.thrash_changes(facts, asked("to_date", "2026-03-30")) == 5
        assert kpi.thrash_changes(facts, asked("to_date", "2026-03-31")) is None

    def test_few_changes_in_the_first_days_are_not_extrapolated(self) -> None:
        assert kpi.thrash_changes(changed_on("2026-02-02", 2).facts, asked("to_date", "2026-02-03")) is None

    def test_a_short_month_looks_back_into_the_one_before(self) -> None:
        history = changed_on("2026-02-26", 6)
        assert kpi.thrash_changes(history.facts, asked("2026-03", "2026-03-03")) == 6


def test_both_are_reasons_for_help_with_their_number_and_limit() -> None:
    def reasons(history: History, today: str) -> dict[str, tuple[Decimal, Decimal, str, tuple[object, ...]]]:
        found = needs_help([history.facts], asked("to_date", today))
        return {one.code: (one.number, one.limit, one.unit, one.ids) for row in found for one in row.reasons}

    behind = active().on("2026-03-01", measured(42, "2026-03-01"))
    assert reasons(behind, "2026-04-03")["rigid"] == (61, 60, "days", (PLAN,))
    assert "rigid" not in reasons(behind, "2026-04-02")
    assert reasons(changed_on("2026-03-01", 5), "2026-03-06")["thrash"] == (5, 4, "count", (PLAN,))
    assert "thrash" not in reasons(changed_on("2026-03-01", 4), "2026-03-06")
