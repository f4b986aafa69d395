"""A reminder as it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.reminder.events import DedupeKey
from domain.values import NIL

ReminderOutcome: TypeAlias = Literal["sent", "suppressed", "failed"]
"""What came of a reminder."""


class ReminderState(Struct, frozen=True, kw_only=True):
    """A reminder, due at an instant; `outcome` is None while it waits."""

    id: UUID = NIL
    engagement_id: UUID | None = None
    key: DedupeKey | None = None
    due_at: datetime | None = None
    outcome: ReminderOutcome | None = None

    @property
    def exists(self) -> bool:
        return self.id != NIL
