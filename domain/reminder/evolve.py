"""How each event changes a reminder."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.reminder.events import ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed
from domain.reminder.state import ReminderState

evolve: Final[Evolve[ReminderState]] = Evolve()


@evolve.on(ReminderPlanned)
def planned(state: ReminderState, recorded: Recorded[ReminderPlanned]) -> ReminderState:
    event = recorded.event
    return ReminderState(id=event.reminder_id, engagement_id=event.engagement_id, key=event.key, due_at=event.due_at)


@evolve.on(ReminderSent)
def sent(state: ReminderState, recorded: Recorded[ReminderSent]) -> ReminderState:
    return replace(state, outcome="sent")


@evolve.on(ReminderSuppressed)
def suppressed(state: ReminderState, recorded: Recorded[ReminderSuppressed]) -> ReminderState:
    return replace(state, outcome="suppressed")


@evolve.on(ReminderFailed)
def failed(state: ReminderState, recorded: Recorded[ReminderFailed]) -> ReminderState:
    return replace(state, outcome="failed")
