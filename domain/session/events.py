"""What happens to a session. Each conversation is a stream of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.values import OfAuthor, StoredCode, TimeZone

SessionKind: TypeAlias = Literal["coaching", "kick_off", "alignment", "closing"]
"""What a session is for: an ordinary one, the first, one to align on goals with the sponsor's frame, the last."""
Attendee: TypeAlias = Literal["client", "coach"]
"""Who meets in a session."""


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("session.session_scheduled")
class SessionScheduled(Event, frozen=True):
    """Client and coach are to meet: `session_no` counts the engagement's sessions from 1, `zone` is where the time was chosen.

    `series_id` is what the sessions of one series share, `strategy_id` the strategy of the plan that they carry out.
    """

    session_id: UUID
    engagement_id: UUID
    client_id: UUID
    coach_id: UUID
    session_no: int
    starts_at: datetime
    minutes: int
    zone: TimeZone
    kind: SessionKind
    series_id: UUID | None
    strategy_id: UUID | None


@stored("session.session_rescheduled")
class SessionRescheduled(ReasonedEvent, frozen=True):
    """It got another time; with another coach than `from_coach_id`, where the engagement has one by now."""

    from_: datetime
    from_minutes: int
    from_coach_id: UUID
    to: datetime
    minutes: int
    coach_id: UUID
    initiated_by: Attendee


@stored("session.session_cancelled")
class SessionCancelled(ReasonedEvent, frozen=True):
    """It will not take place. `late_cancel`: later than the agreement's notice allows."""

    starts_at: datetime
    minutes: int
    coach_id: UUID
    initiated_by: Attendee
    late_cancel: bool
