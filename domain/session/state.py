"""A session as it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.glossary import Visibility
from domain.session.events import Attendee, CommitmentOutcome, SessionAgreementMade, SessionCompleted, SessionKind
from domain.values import NIL, OfAuthor, OfClient, StoredCode

SessionStage: TypeAlias = Literal["scheduled", "completed", "no_show", "cancelled"]
"""Where a session stands: booked, held, missed, or called off."""


class Insight(Struct, frozen=True, kw_only=True):
    """Something that the client became aware of, and who wrote it down."""

    id: UUID
    author: UUID
    visibility: Visibility
    text: OfClient[str]


class Review(Struct, frozen=True, kw_only=True):
    """What became of an action, as `author` wrote it down."""

    author: UUID
    action_id: UUID
    outcome: CommitmentOutcome
    learning: OfClient[str] | None


class Rating(Struct, frozen=True, kw_only=True):
    """How one of those who were coached rated it by one instrument."""

    by: UUID
    instrument: StoredCode
    instrument_version: int
    scores: OfClient[dict[str, int]]
    comment: OfClient[str] | None


class Written(Struct, frozen=True, kw_only=True):
    """A note or a reflection as its author wrote it last: `number` counts its versions, `set_at` is the stream's."""

    id: UUID
    author: UUID
    number: int
    visibility: Visibility
    text: OfAuthor[str]
    set_at: int


class SessionState(Struct, frozen=True, kw_only=True):
    """One conversation of client and coach. `minutes` are those that are booked; `scheduled_at` is when it was first booked.

    `booked_afterwards`: it had taken place by then, and was never booked.

    `agreed_at` is the version of the stream that set the session's agreement, `corrected` what its minutes were corrected to.
    """

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
    booked_afterwards: bool = False
    moved: int = 0
    cancelled_by: Attendee | None = None
    late_cancel: bool = False
    absent: Attendee | None = None
    agreement: SessionAgreementMade | None = None
    agreed_at: int = 0
    insights: tuple[Insight, ...] = ()
    reviews: tuple[Review, ...] = ()
    completed: SessionCompleted | None = None
    held_at: datetime | None = None
    corrected: int | None = None
    notes: dict[UUID, Written] = {}
    reflections: dict[UUID, Written] = {}
    ratings: tuple[Rating, ...] = ()

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
    def minutes_held(self) -> int | None:
        """How long it took; None unless it took place."""
        return None if self.completed is None else self.corrected or self.completed.minutes

    @property
    def counts(self) -> bool:
        """Whether it is one of the agreed sessions: all but those that were called off in time, or by the coach."""
        return self.stage != "cancelled" or (self.late_cancel and self.cancelled_by == "client")
