"""The board as a whole: which engagements need help and why, small groups, periods, and what an empty organization shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.engagement.events import EngagementPaused
from domain.glossary import Party
from domain.plan.events import ChangeProposed
from projections.kpi.board import board
from projections.kpi.facts import Facts
from projections.kpi.help import needs_help
from projections.kpi.period import Period, PeriodUnknown
from projections.kpi.value import wilson
from tests.projections.history import (
    CHANGE,
    CLIENT,
    DIGEST,
    ENGAGEMENT,
    EVALUATION,
    MILESTONE,
    OBJECTIVE,
    OTHER,
    PLAN,
    History,
    activated,
    approved,
    asked,
    concluded,
    defined,
    measured,
    milestone,
    moved,
    proposed,
    reached,
    uuid,
)
from tests.projections.meeting import begun, booked, held
from tests.projections.promise import judged, reviewed, scheduled


def reasons(history: History, today: str) -> dict[str, tuple[Decimal, tuple[UUID, ...]]]:
    found = needs_help([history.facts], asked("to_date", today))
    return {reason.code: (reason.number, reason.ids) for row in found for reason in row.reasons}


def active(due_on: str = "2026-03-20") -> History:
    return in_force(due_on, policy=0)


def in_force(due_on: str, *, policy: int) -> History:
    """Policy 0 asks for a review every 30 days, policy 4 every 14."""
    begun = History().on("2026-01-10", defined(), milestone(due_on))
    return begun.on("2026-02-01", activated("2026-02-01", milestone=due_on), policy_version=policy)


class TestNeedsHelp:
    def test_an_objective_is_quiet_after_three_weeks_without_measurement(self) -> None:
        history = active("2026-06-20")
        assert "no_measurement" not in reasons(history, "2026-02-22")
        assert reasons(history, "2026-02-23")["no_measurement"] == (22, (OBJECTIVE,))
        history.on("2026-02-20", measured(60, "2026-02-20"))
        assert "no_measurement" not in reasons(history, "2026-03-13")

    def test_a_milestone_is_overdue_the_day_after_its_current_date(self) -> None:
        history = active().on("2026-03-10", moved("2026-03-20", "2026-03-27"))
        assert "milestone_overdue" not in reasons(history, "2026-03-27")
        assert reasons(history, "2026-03-29")["milestone_overdue"] == (2, (MILESTONE,))
        assert "milestone_overdue" not in reasons(history.on("2026-03-29", reached("2026-03-29")), "2026-03-30")

    @pytest.mark.parametrize(("policy", "due", "late"), [(0, "2026-03-03", "2026-03-04"), (4, "2026-02-15", "2026-02-16")])
    def test_a_review_is_overdue_by_the_cadence_at_activation_or_by_what_was_agreed(self, policy: int, due: str, late: str) -> None:
        history = in_force("2026-06-20", policy=policy)
        assert "review_overdue" not in reasons(history, due)
        assert reasons(history, late)["review_overdue"] == (1, (PLAN,))
        history.on("2026-03-04", reviewed("2026-03-04", "2026-04-20"))
        assert "review_overdue" not in reasons(history, "2026-04-20")
        assert reasons(history, "2026-04-21")["review_overdue"] == (1, (PLAN,))

    def test_half_the_pace_is_enough_and_less_is_not(self) -> None:
        """Due 149 days after activation. After 60 days, 0.2 of the way is a pace of 0.4967."""
        history = active("2026-06-20").on("2026-03-20", measured(48, "2026-03-20"))
        assert reasons(history, "2026-04-02")["slow_pace"] == (Decimal("0.50"), (OBJECTIVE,))
        assert "slow_pace" not in reasons(history, "2026-03-30")

    def test_a_proposal_waits_for_the_client_after_a_week(self) -> None:
        history = History().on("2026-01-10", defined(), proposed())
        assert "approval_waiting" not in reasons(history, "2026-01-17")
        assert reasons(history, "2026-01-18")["approval_waiting"] == (8, (PLAN,))
        assert "approval_waiting" not in reasons(history.on("2026-01-18", approved("client"), actor=CLIENT), "2026-01-19")

    def test_a_change_waits_for_the_client_unless_it_is_their_own(self) -> None:
        def change(proposed_by: str) -> ChangeProposed:
            return ChangeProposed(
                change_id=CHANGE,
                change=defined(OTHER, change=CHANGE),
                proposed_by=proposed_by,  # type: ignore[arg-type]
                evidence=(),
                overrides=(),
                based_on=DIGEST,
                reason_code="learning",
                reason=None,
            )

        assert reasons(active("2026-06-20").on("2026-02-10", change("coach")), "2026-02-20")["approval_waiting"] == (10, (CHANGE,))
        assert "approval_waiting" not in reasons(active("2026-06-20").on("2026-02-10", change("client")), "2026-02-20")

    def test_an_evaluation_is_overdue_until_every_side_has_judged(self) -> None:
        history = active("2026-06-20").on(
            "2026-02-02",
            scheduled("2026-02-10"),
            stream=EVALUATION,
        )
        assert reasons(history, "2026-02-12")["evaluation_overdue"] == (2, (EVALUATION,))
        parties: tuple[Party, ...] = ("client", "coach")
        for evaluator in parties:
            assert "evaluation_overdue" in reasons(history, "2026-02-12")
            history.on("2026-02-11", judged(evaluator), stream=EVALUATION)
        assert "evaluation_overdue" not in reasons(history, "2026-02-12")

    def test_who_has_not_met_for_two_weeks_and_has_nothing_booked_needs_help(self) -> None:
        history = held(begun(History()), 1, "2026-01-10")
        assert "no_next_session" not in reasons(history, "2026-01-24")
        assert reasons(history, "2026-01-25")["no_next_session"] == (15, (ENGAGEMENT,))
        assert "no_next_session" not in reasons(held(History(), 1, "2026-01-10"), "2026-01-25"), "coaching did not begin"
        booked(history, 2, "2026-03-01", on="2026-01-26")
        assert "no_next_session" not in reasons(history, "2026-01-26")

    def test_nobody_books_while_the_coaching_rests_and_the_rest_counts_as_no_wait(self) -> None:
        rests = EngagementPaused(paused_on=date(2026, 1, 30), until=None, shifts_due_dates=False, reason_code="absence", reason=None)
        history = held(begun(History()), 1, "2026-01-10").on("2026-01-30", rests, stream=ENGAGEMENT)
        assert reasons(history, "2026-01-29")["no_next_session"] == (19, (ENGAGEMENT,))
        assert "no_next_session" not in reasons(history, "2026-02-20")

    def test_who_has_no_reason_is_not_listed_and_most_reasons_come_first(self) -> None:
        fine = (
            History(uuid(21), uuid(22)).on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01")).on("2026-02-10", concluded())
        )
        late = active()
        quiet = History(uuid(31), uuid(32)).on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01"))
        rows = needs_help([fine.facts, quiet.facts, late.facts], asked("to_date", "2026-03-28"))
        assert [row.engagement_id for row in rows] == [ENGAGEMENT, uuid(32)]


class TestSmallGroups:
    def test_a_number_of_fewer_clients_than_the_floor_is_suppressed_as_a_whole(self) -> None:
        facts = [clients(number) for number in range(4)]
        shown = board(facts, asked("2026-03", "2026-05-01"), floor=5)
        assert {kpi.suppressed for kpi in shown.kpis} == {"below_floor"}
        assert all(kpi.value is kpi.n is kpi.clients is kpi.numerator is kpi.denominator is kpi.low is None for kpi in shown.kpis)
        assert (shown.engagements, shown.needs_help, shown.months) == (None, (), ())

    def test_from_the_floor_on_it_is_shown(self) -> None:
        facts = [clients(number) for number in range(5)]
        shown = board(facts, asked("2026-03", "2026-05-01"), floor=5)
        assert next(kpi for kpi in shown.kpis if kpi.name == "on_time_milestones").n == 5

    def test_many_things_of_few_clients_are_still_few_clients(self) -> None:
        facts = [clients(0)] * 9
        shown = board(facts, asked("2026-03", "2026-05-01"), floor=5)
        assert next(kpi for kpi in shown.kpis if kpi.name == "on_time_milestones").suppressed == "below_floor"


def test_an_empty_organization_has_no_data_anywhere() -> None:
    shown = board([], asked("to_date", "2026-05-01"))
    assert [kpi.name for kpi in shown.kpis if kpi.value is not None] == []
    assert {kpi.n for kpi in shown.kpis} == {0}


def test_every_number_names_its_ruleset_and_its_position() -> None:
    shown = board([active().facts], asked("to_date", "2026-05-01", position=812))
    assert {(kpi.ruleset, kpi.as_of_position) for kpi in shown.kpis} == {("kpi@1", 812)}
    assert {kpi.kpi for kpi in shown.kpis} == {*range(1, 6), *range(8, 28), 31, 32}


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [("2026-02", "2026-02-01", "2026-02-28"), ("2026-12", "2026-12-01", "2026-12-31"), ("2026-q4", "2026-10-01", "2026-12-31")],
)
def test_a_period_holds_its_first_and_its_last_day(label: str, first: str, last: str) -> None:
    assert Period.of(label) == Period(label, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("label", ["2026", "2026-13", "2026-q5", "1926-01", "march", ""])
def test_no_other_period_is_known(label: str) -> None:
    with pytest.raises(PeriodUnknown):
        Period.of(label)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, "0", "27.7533"), (10, 10, "72.2467", "100"), (5, 10, "23.6590", "76.3410"), (81, 263, "25.53", "36.62")],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: str, high: str) -> None:
    """The last is the example of Newcombe 1998, 0.2553 to 0.3662."""
    interval = wilson(hits, n)
    assert interval is not None
    assert interval == pytest.approx((Decimal(low), Decimal(high)), abs=Decimal("0.005"))


def clients(number: int) -> Facts:
    """An engagement of a client of its own, with a milestone due in March."""
    history = History(uuid(100 + number), uuid(200 + number)).on("2026-01-10", defined(), milestone("2026-03-20"))
    return history.on("2026-02-01", activated("2026-02-01", milestone="2026-03-20")).facts
