"""What happens to a reminder. Each is a stream of its own; ids, dates and codes only, never the words of the mail."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.values import Code, Instant, StoredCode

ReminderChannel: TypeAlias = Literal["email"]
"""By which way a reminder reaches somebody."""
SuppressedBecause: TypeAlias = Literal["stale", "settled", "imported", "unreachable", "unwanted", "suspended"]
"""Why a reminder was left out.

`stale`: its time is more than 48 hours past; `settled`: what it was about is done, moved or withdrawn; `imported`: it is
about something that was only imported; `unreachable`: the recipient has left, was erased or has no address; `unwanted`:
they asked for none; `suspended`: the organization was suspended at that time.
"""
FailedBecause: TypeAlias = Literal["refused", "gave_up"]
"""Why a reminder could not be sent: the receiving side refused it for good, or it did not answer however often it was tried."""


CONFIDENTIAL: Final[frozenset[Code]] = frozenset({"rating_low"})
"""Rules of which only who is reminded learns: that they asked for a reminder tells how the client rated a session."""


class DedupeKey(Struct, frozen=True, kw_only=True):
    """What makes two reminders the same one, which goes out once.

    `rule` names the rule that asks for it, `anchor` the value that it hangs on, such as a due date (2026-03-20) or the
    version of an event; `offset_days` is how many days from the anchor it is due, before it negative.
    """

    rule: Code
    subject_id: UUID
    recipient_id: UUID
    anchor: Code
    offset_days: int


@stored("reminder.reminder_planned")
class ReminderPlanned(Event, frozen=True):
    """Somebody is to be reminded at `due_at`, which lies outside of the quiet hours of where they are."""

    reminder_id: UUID
    engagement_id: UUID | None
    key: DedupeKey
    due_at: Instant


@stored("reminder.reminder_sent")
class ReminderSent(Event, frozen=True):
    """A reminder went out. `provider_ref` is what the mail, which may hold others too, is known by on its way."""

    key: DedupeKey
    channel: ReminderChannel
    provider_ref: StoredCode | None


@stored("reminder.reminder_suppressed", schema_v=2)  # an earlier release cannot read all reasons
class ReminderSuppressed(Event, frozen=True):
    """A reminder was left out, and why. It does not come again."""

    key: DedupeKey
    why: SuppressedBecause


@stored("reminder.reminder_failed")
class ReminderFailed(Event, frozen=True):
    """A reminder could not be sent, and why. It may be planned anew."""

    key: DedupeKey
    channel: ReminderChannel
    why: FailedBecause


def alone_told(event: Event) -> UUID | None:
    """Who alone learns of a reminder that was sent, left out or failed; None where others may."""
    if isinstance(event, ReminderSent | ReminderSuppressed | ReminderFailed) and event.key.rule in CONFIDENTIAL:
        return event.key.recipient_id
    return None
