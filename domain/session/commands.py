"""What may be asked of a session."""

from __future__ import annotations

from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, field

from domain.command import Command
from domain.session.events import Attendee, SessionKind
from domain.values import Code, Instant, Prose, TimeZone

Minutes: TypeAlias = Annotated[int, Meta(ge=5, le=480, multiple_of=5)]


class Reasoned(Command, frozen=True, kw_only=True):
    """A command that says why: a code of the organization's list, at least ten characters of reason, or both."""

    reason_code: Code | None = None
    reason: Prose | None = None


class ScheduleSession(Command, frozen=True, kw_only=True):
    """Books a time of the engagement's coach, on any five minutes of the clock.

    `zone` is where the time was chosen, the organization's when left out.
    """

    engagement_id: UUID
    starts_at: Instant
    minutes: Minutes = 60
    zone: TimeZone | None = None
    kind: SessionKind = "coaching"


class RescheduleSession(Reasoned, frozen=True, kw_only=True):
    """Moves a session. `from` is its time as you read it; `initiated_by` is whose wish it is, if not your own.

    The time that it had is free from then on, and `minutes` stay as they were when left out.
    """

    from_: Instant = field(name="from")
    to: Instant
    minutes: Minutes | None = None
    initiated_by: Attendee | None = None


class CancelSession(Reasoned, frozen=True, kw_only=True):
    """Calls a session off before it begins. `initiated_by` is whose wish it is, if not your own.

    Later than the agreement's notice it counts as one of the agreed sessions, when the client wished it.
    """

    initiated_by: Attendee | None = None
