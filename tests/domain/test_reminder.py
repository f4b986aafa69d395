"""The rules of a reminder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.command import Command
from domain.errors.reminder import ReminderClosed
from domain.event import Event
from domain.reminder.commands import DedupeKeyBody, FailReminder, PlanReminder, SendReminder, SuppressReminder
from domain.reminder.context import ReminderContext
from domain.reminder.events import ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed
from domain.values import NIL
from tests.domain.spec import CLIENT, IDS, given, known, uuid

ACTION, ENGAGEMENT = uuid(40), uuid(30)
DUE = datetime(2026, 3, 7, 7, 0, tzinfo=UTC)
KEY = DedupeKeyBody(rule="action_due", subject_id=ACTION, recipient_id=CLIENT, anchor="2026-03-09", offset_days=-2)
PLAN = PlanReminder(engagement_id=ENGAGEMENT, key=KEY, due_at=DUE)
PLANNED = ReminderPlanned(reminder_id=IDS[0], engagement_id=ENGAGEMENT, key=KEY, due_at=DUE)
SENT = ReminderSent(key=KEY, channel="email", provider_ref="0193@example.org")
SUPPRESSED = ReminderSuppressed(key=KEY, why="settled")
FAILED = ReminderFailed(key=KEY, channel="email", why="refused")
OUTCOMES: list[tuple[Command, Event]] = [
    (SendReminder(provider_ref="0193@example.org"), SENT),
    (SuppressReminder(why="settled"), SUPPRESSED),
    (FailReminder(why="refused"), FAILED),
]


def context(**changes: Any) -> ReminderContext:
    return ReminderContext(**known(**{"actor": NIL, "role": "worker"} | changes))


def test_plans_a_reminder() -> None:
    given().when(PLAN, context()).then(PLANNED)


def test_a_second_one_loses_silently() -> None:
    given().when(PLAN, context(is_claimed=True)).then_nothing()


@pytest.mark.parametrize(("command", "event"), OUTCOMES)
def test_notes_what_came_of_it_once(command: Command, event: Event) -> None:
    given(PLANNED).when(command, context()).then(event)
    given(PLANNED, event).when(command, context()).then_nothing()


@pytest.mark.parametrize(("command", "event"), [(command, event) for command, own in OUTCOMES for _, event in OUTCOMES if event is not own])
def test_refuses_a_second_outcome_of_another_kind(command: Command, event: Event) -> None:
    refusal = given(PLANNED, event).when(command, context()).then_refused(ReminderClosed)
    assert refusal.facts == {"outcome": type(event).__name__.removeprefix("Reminder").lower()}
