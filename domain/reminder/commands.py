"""What may be asked of a reminder: only by the workers, and not over HTTP."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.reminder.events import DedupeKey, FailedBecause, ReminderChannel, SuppressedBecause
from domain.values import Code, Instant


class DedupeKeyBody(DedupeKey, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes two reminders the same one, which goes out once."""

    offset_days: int = 0


class PlanReminder(Command, frozen=True, kw_only=True):
    """Claims a reminder before anything is sent. Nothing follows, and no stream is begun, when it is claimed already."""

    engagement_id: UUID | None = None
    key: DedupeKeyBody
    due_at: Instant


class SendReminder(Command, frozen=True, kw_only=True):
    """Notes that the reminder went out."""

    channel: ReminderChannel = "email"
    provider_ref: Code | None = None


class SuppressReminder(Command, frozen=True, kw_only=True):
    """Notes that the reminder is left out, and why."""

    why: SuppressedBecause


class FailReminder(Command, frozen=True, kw_only=True):
    """Notes that the reminder could not be sent, and gives its claim back."""

    channel: ReminderChannel = "email"
    why: FailedBecause
