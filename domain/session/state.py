"""A session as it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.session.events import Attendee, SessionKind
from domain.values import NIL

SessionStage: TypeAlias = Literal["scheduled", "completed", "no_show", "cancelled"]
"""Where a session stands: booked, held, missed, or called off."""


class SessionState(Struct, frozen=True, kw_only=True):
    """One conversation of client and coach. `minutes` are those that are booked; `scheduled_at` is when it was first booked."""

    id: UUID = NIL
    stage: SessionStage = "scheduled"
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    coach_id: UUID = NIL
    session_no: int = 0
    starts_at: datetime | None = None
    minutes: int = 0
    zone: str = "Etc/UTC"
    kind: SessionKind = "coaching"
    series_id: UUID | None = None
    strategy_id: UUID | None = None
    scheduled_at: datetime | None = None
    moved: int = 0
    cancelled_by: Attendee | None = None
    late_cancel: bool = False

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def begins(self) -> datetime:
        """The time that is booked."""
        assert self.starts_at is not None  # it was scheduled, or it would not exist
        return self.starts_at

    @property
    def ends(self) -> datetime:
        """When the booked time is over."""
        return self.begins + timedelta(minutes=self.minutes)

    @property
    def counts(self) -> bool:
        """Whether it is one of the agreed sessions: all but those that were called off in time, or by the coach."""
        return self.stage != "cancelled" or (self.late_cancel and self.cancelled_by == "client")
