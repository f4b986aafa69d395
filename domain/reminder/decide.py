"""What a reminder allows: one outcome, however often it is reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.decider import Decide
from domain.errors.reminder import ReminderClosed
from domain.event import Event
from domain.reminder.commands import FailReminder, PlanReminder, SendReminder, SuppressReminder
from domain.reminder.context import ReminderContext
from domain.reminder.events import DedupeKey, ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed
from domain.reminder.state import ReminderOutcome, ReminderState

decide: Final[Decide[ReminderState, ReminderContext]] = Decide()


@decide.on(PlanReminder)
def plan(state: ReminderState, command: PlanReminder, context: ReminderContext) -> Sequence[Event]:
    """Of two who plan the same reminder one wins, and the other has nothing to do."""
    if context.is_claimed:
        return ()
    return (
        ReminderPlanned(
            reminder_id=context.ids[0],
            engagement_id=command.engagement_id,
            key=command.key,
            due_at=command.due_at,
        ),
    )


@decide.on(SendReminder)
def send(state: ReminderState, command: SendReminder, context: ReminderContext) -> Sequence[Event]:
    if settled(state, "sent"):
        return ()
    return (ReminderSent(key=key_of(state), channel=command.channel, provider_ref=command.provider_ref),)


@decide.on(SuppressReminder)
def suppress(state: ReminderState, command: SuppressReminder, context: ReminderContext) -> Sequence[Event]:
    if settled(state, "suppressed"):
        return ()
    return (ReminderSuppressed(key=key_of(state), why=command.why),)


@decide.on(FailReminder)
def fail(state: ReminderState, command: FailReminder, context: ReminderContext) -> Sequence[Event]:
    if settled(state, "failed"):
        return ()
    return (ReminderFailed(key=key_of(state), channel=command.channel, why=command.why),)


def settled(state: ReminderState, outcome: ReminderOutcome) -> bool:
    """Whether this outcome was reported before. Raises `ReminderClosed` when it was another one."""
    if state.outcome not in (None, outcome):
        raise ReminderClosed(outcome=state.outcome)
    return state.outcome == outcome


def key_of(state: ReminderState) -> DedupeKey:
    assert state.key is not None  # it was planned, or it would not exist
    return state.key
