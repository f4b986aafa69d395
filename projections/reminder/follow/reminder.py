"""How reminders themselves do: whom was one sent, and which failed."""

from __future__ import annotations

from msgspec import structs

from domain.claims import reminder as claim_of
from domain.event import Recorded
from domain.reminder import events as reminder
from projections.reminder.facts import Facts
from projections.reminder.follow.table import follow


@follow.on(reminder.ReminderSent)
def reminder_sent(facts: Facts, recorded: Recorded[reminder.ReminderSent]) -> Facts:
    return structs.replace(facts, sent={**facts.sent, recorded.event.key.recipient_id: recorded.occurred_at})


@follow.on(reminder.ReminderFailed)
def reminder_failed(facts: Facts, recorded: Recorded[reminder.ReminderFailed]) -> Facts:
    return structs.replace(facts, failed={**facts.failed, claim_of(recorded.event.key): recorded.occurred_at})
