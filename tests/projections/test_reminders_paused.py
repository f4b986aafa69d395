"""Reminders while an engagement rests, and after it went over to another coach: by hand-written histories of one engagement."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.engagement.events import CoachReassigned
from tests.projections.history import BERLIN, CLIENT, COACH, ENGAGEMENT, PROGRAM, History, uuid
from tests.projections.test_kpi_pause import rest
from tests.projections.test_reminders_due import TERMS, active, committed, facts_of
from workers.reminder.rule import firings

NEXT = uuid(70)
RULES = {"milestone_due", "review_due", "action_due", "objective_unmeasured"}


def told(history: History) -> list[tuple[str, UUID, str]]:
    """Which rule, whom, and on which day."""
    zones = dict.fromkeys((CLIENT, COACH, NEXT), BERLIN)
    found = (one for one in firings(facts_of(history), TERMS, zones) if one.key.rule in RULES)
    return sorted((one.key.rule, one.key.recipient_id, f"{one.due_at:%m-%d}") for one in found)


def days(history: History, rule: str, whom: UUID = CLIENT) -> list[str]:
    return [day for code, recipient, day in told(history) if (code, recipient) == (rule, whom)]


def busy() -> History:
    """A milestone on the 20th of March, a review on the third, an action on the tenth."""
    return active().on("2026-02-02", committed("2026-03-10"))


def test_nobody_is_reminded_while_it_rests() -> None:
    assert told(busy()) != []
    assert told(rest(busy(), "2026-02-10")) == []


def test_what_falls_due_in_the_rest_is_not_reminded_of_later() -> None:
    history = rest(busy(), "2026-03-08", "2026-03-12")
    assert days(busy(), "action_due") == ["03-08", "03-10", "03-11", "03-17"]
    assert days(history, "action_due") == ["03-17"]
    assert days(history, "milestone_due") == ["03-13", "03-20", "03-23"]


def test_dates_that_move_with_the_rest_are_reminded_of_anew() -> None:
    history = rest(busy(), "2026-03-01", "2026-03-11", shifts=True)
    assert days(history, "milestone_due") == ["03-23", "03-30", "04-02"]


def test_the_clock_of_a_review_and_of_a_measurement_stands_still() -> None:
    assert days(busy(), "review_due") == ["03-03", "03-06"]
    assert days(rest(busy(), "2026-02-10", "2026-02-20"), "review_due") == ["03-13", "03-16"]
    assert days(busy(), "objective_unmeasured") == ["02-22"]
    assert days(rest(busy(), "2026-02-10", "2026-02-20"), "objective_unmeasured") == ["03-04"]


def gone_over(history: History, on: str, former: UUID = COACH, coach: UUID = NEXT) -> History:
    changed: dict[str, Any] = {"from_coach_id": former, "coach_id": coach, "engagement_id": ENGAGEMENT, "program_id": PROGRAM}
    event = CoachReassigned(
        **changed,
        from_seat=1,
        seat=1,
        handover_scope="none",
        consent_version=None,
        effective_on=date.fromisoformat(on),
        next_session_no=1,
        reason_code="other",
        reason=None,
    )
    return history.on(on, event, stream=history.engagement)


def test_after_a_change_only_the_coach_of_today_is_reminded_and_of_nothing_that_was_due_before() -> None:
    history = gone_over(busy(), "2026-03-14")
    assert {recipient for _, recipient, _ in told(history)} == {CLIENT, NEXT}
    assert days(history, "milestone_due", NEXT) == ["03-20", "03-23"]
    assert days(history, "milestone_due") == ["03-13", "03-20", "03-23"]
    assert days(history, "review_due", NEXT) == []


@pytest.mark.parametrize("again", [False, True])
def test_what_the_former_coach_promised_is_for_who_took_over(again: bool) -> None:
    history = gone_over(active().on("2026-02-02", committed("2026-03-20", owner=COACH)), "2026-03-10")
    whom = NEXT
    if again:
        whom = COACH
        history = gone_over(history, "2026-03-11", NEXT, COACH)
    assert days(history, "action_due", whom) == ["03-18", "03-20", "03-21", "03-27"]
    assert {recipient for rule, recipient, _ in told(history) if rule == "action_due"} == {whom}
