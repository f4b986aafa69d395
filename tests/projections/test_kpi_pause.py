"""A pause stops every clock: its days are cut from what lasts (6, 12, 14, 16), and what it moves keeps its original date (9, 10, 11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.engagement.events import EngagementPaused, EngagementResumed
from domain.plan.events import DueDatesShifted
from projections.kpi import action, milestone, objective, replan, review
from projections.kpi.help import needs_help
from tests.projections.history import (
    MILESTONE,
    OBJECTIVE,
    History,
    activated,
    asked,
    defined,
    measured,
    reached,
    refined,
    uuid,
)
from tests.projections.history import milestone as milestone_set
from tests.projections.promise import committed, completed, reviewed


def active() -> History:
    """From 40 to 80 by the last of June, in a plan in force since the first of February."""
    history = History().on("2026-01-10", defined(), milestone_set("2026-03-20"))
    return history.on("2026-02-01", activated("2026-02-01", milestone="2026-03-20"))


def rest(history: History, since: str, until: str | None = None, *, shifts: bool = False) -> History:
    """Up to, and without, its last day; without one it goes on."""
    first = date.fromisoformat(since)
    paused = EngagementPaused(paused_on=first, until=None, shifts_due_dates=shifts, reason_code="absence", reason=None)
    history.on(since, paused, stream=history.engagement)
    if until is None:
        return history
    last = date.fromisoformat(until)
    days = (last - first).days if shifts else 0
    resumed = EngagementResumed(
        paused_on=first, resumed_on=last, shifted_days=days, planned_end=date(2026, 6, 30), reason_code="absence", reason=None
    )
    history.on(until, resumed, stream=history.engagement)
    return history.on(until, shifted(first, days)) if shifts else history


def shifted(since: date, days: int) -> DueDatesShifted:
    return DueDatesShifted(paused_on=since, days=days, objectives=(OBJECTIVE,), actions=(), milestones=(MILESTONE,), exercises=())


class TestPace:
    """Half of the way by the second of March; the second of April is day 60 of 149."""

    def test_without_a_pause(self) -> None:
        assert pace_of(halfway()) == Decimal("0.5") * 149 / 60

    def test_days_of_rest_lie_neither_behind_nor_ahead(self) -> None:
        assert pace_of(rest(halfway(), "2026-03-03", "2026-03-23")) == Decimal("0.5") * 129 / 40

    def test_a_due_date_that_moved_with_the_pause_leaves_all_the_days(self) -> None:
        assert pace_of(rest(halfway(), "2026-03-03", "2026-03-23", shifts=True)) == Decimal("0.5") * 149 / 40

    def test_while_it_rests_it_stands_still(self) -> None:
        history = rest(halfway(), "2026-03-03")
        assert pace_of(history) == pace_of(history, "2026-05-20")


def halfway() -> History:
    return active().on("2026-03-02", measured("60", "2026-03-02"))


def pace_of(history: History, today: str = "2026-04-02") -> Decimal | None:
    facts = history.facts
    return objective.pace(facts, facts.objectives[OBJECTIVE], asked("to_date", today))


@pytest.mark.parametrize(("pause", "ratio"), [(None, 1), (("2026-02-20", "2026-03-22"), 2)])
def test_changes_are_counted_on_days_on_which_it_went_on(pause: tuple[str, str] | None, ratio: int) -> None:
    """Two in 60 days, or in 30."""
    history = active().on("2026-02-05", refined()).on("2026-02-10", refined())
    facts = (rest(history, *pause) if pause else history).facts
    assert replan.replan_ratio([facts], asked("to_date", "2026-04-02")).value == ratio


@pytest.mark.parametrize(("pause", "ratio"), [(None, 1), (("2026-02-20", "2026-03-22"), 2)])
def test_so_are_actions(pause: tuple[str, str] | None, ratio: int) -> None:
    second = uuid(41)
    history = active().on("2026-02-03", committed("2026-02-10"), committed("2026-02-12", second))
    history.on("2026-02-09", completed("2026-02-09"), completed("2026-02-09", second))
    facts = (rest(history, *pause) if pause else history).facts
    assert action.throughput([facts], asked("to_date", "2026-04-02")).value == ratio


class TestReviewAdherence:
    """Every 30 days; the review of the 23rd of March comes after 50."""

    def adherence(self, history: History, today: str = "2026-03-24") -> tuple[Decimal | None, Decimal | None]:
        number = review.adherence([history.facts], asked("to_date", today))
        return number.numerator, number.denominator

    def test_days_of_rest_are_no_part_of_the_interval(self) -> None:
        assert self.adherence(active().on("2026-03-23", reviewed("2026-03-23"))) == (0, 1)
        history = rest(active(), "2026-02-10", "2026-03-02").on("2026-03-23", reviewed("2026-03-23"))
        assert self.adherence(history) == (1, 1)

    def test_none_is_missed_while_it_rests(self) -> None:
        assert self.adherence(rest(active(), "2026-02-10"), "2026-12-01") == (0, 0)
        assert self.adherence(rest(active(), "2026-02-10", "2026-03-02"), "2026-03-23") == (0, 0)
        assert self.adherence(rest(active(), "2026-02-10", "2026-03-02"), "2026-03-24") == (0, 1)


class TestOriginalDates:
    """Due on the 20th of March, reached on the 30th, after ten days of rest."""

    def numbers(self, *, shifts: bool) -> list[Decimal | None]:
        history = rest(active(), "2026-03-01", "2026-03-11", shifts=shifts).on("2026-03-30", reached("2026-03-30"))
        when = asked("to_date", "2026-04-10")
        kpis = (milestone.on_time, milestone.on_original_date, milestone.drift, milestone.adjustments)
        return [kpi([history.facts], when).value for kpi in kpis]

    def test_move_with_the_pause_which_is_no_adjustment(self) -> None:
        assert self.numbers(shifts=True) == [100, 100, 0, 0]

    def test_stay_where_the_pause_moves_nothing(self) -> None:
        assert self.numbers(shifts=False) == [0, 0, 10, 0]


def test_nobody_has_to_help_what_rests_for_standing_still() -> None:
    """Not thought over since the first of February, and behind: rigid in the middle of April, unless most of that time was rest."""
    behind = active().on("2026-02-02", measured("41", "2026-02-02"))
    reasons = [reason.code for row in needs_help([behind.facts], asked("to_date", "2026-04-15")) for reason in row.reasons]
    resting = rest(active().on("2026-02-02", measured("41", "2026-02-02")), "2026-02-10")
    still = [reason.code for row in needs_help([resting.facts], asked("to_date", "2026-04-15")) for reason in row.reasons]
    assert set(still) < set(reasons)
