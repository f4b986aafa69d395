"""Deciding about when client and coach meet.

That a coach's time is booked once is no rule here: each five minutes of it are a claim (`slot.py`), which the append takes and
gives back with the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.errors import NotPermitted, VersionConflict
from domain.errors.engagement import EngagementNotActive, NoLeadCoach
from domain.errors.session import SessionAllocationExhausted, SessionBegun, SessionClosed, StartsInPast, TimeUneven
from domain.event import Event
from domain.rules import require_reason, require_time_zone
from domain.session.commands import CancelSession, RescheduleSession, ScheduleSession
from domain.session.context import SessionContext
from domain.session.decide.table import decide
from domain.session.events import Attendee, SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.slot import is_even
from domain.session.state import SessionState
from domain.values import of_author


@decide.on(ScheduleSession)
def schedule(state: SessionState, command: ScheduleSession, context: SessionContext) -> Sequence[Event]:
    coach = _require_coaching(context)
    starts_at = _require_start(command.starts_at, context, "/starts_at")
    zone = command.zone or context.zone
    require_time_zone(zone, at="/zone")
    if context.sessions_left is not None and context.sessions_left <= 0:
        raise SessionAllocationExhausted
    return (
        SessionScheduled(
            session_id=context.ids[0],
            engagement_id=context.engagement.id,
            client_id=context.engagement.client_id,
            coach_id=coach,
            session_no=context.session_no,
            starts_at=starts_at,
            minutes=command.minutes,
            zone=zone,
            kind=command.kind,
            series_id=None,
            strategy_id=None,
        ),
    )


@decide.on(RescheduleSession)
def reschedule(state: SessionState, command: RescheduleSession, context: SessionContext) -> Sequence[Event]:
    _require_ahead(state, context)
    coach = _require_coaching(context)
    require_reason(command.reason_code, command.reason, context.policy)
    if command.from_ != state.starts_at:
        raise VersionConflict(pointer="/from", starts_at=state.starts_at)
    to = _require_start(command.to, context, "/to")
    minutes = command.minutes or state.minutes
    if (to, minutes, coach) == (state.starts_at, state.minutes, state.coach_id):
        return ()
    return (
        SessionRescheduled(
            from_=state.begins,
            from_minutes=state.minutes,
            from_coach_id=state.coach_id,
            to=to,
            minutes=minutes,
            coach_id=coach,
            initiated_by=_wish(command.initiated_by, context),
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(CancelSession)
def cancel(state: SessionState, command: CancelSession, context: SessionContext) -> Sequence[Event]:
    """Also while the engagement rests, or is over: nobody comes."""
    _require_ahead(state, context)
    require_reason(command.reason_code, command.reason, context.policy)
    return (
        SessionCancelled(
            starts_at=state.begins,
            minutes=state.minutes,
            coach_id=state.coach_id,
            initiated_by=_wish(command.initiated_by, context),
            late_cancel=context.now > state.begins - timedelta(hours=context.notice_hours),
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def _require_coaching(context: SessionContext) -> UUID:
    """The coach whose time it is, of an engagement that goes on."""
    engagement = context.engagement
    if engagement.state != "active":
        raise EngagementNotActive(state=engagement.state)
    if engagement.coach_id is None:
        raise NoLeadCoach
    return engagement.coach_id


def _require_start(at: datetime, context: SessionContext, pointer: str) -> datetime:
    if not is_even(at):
        raise TimeUneven(pointer=pointer)
    if at <= context.occurred_at:
        raise StartsInPast(pointer=pointer)
    return at.astimezone(UTC)


def _require_ahead(state: SessionState, context: SessionContext) -> None:
    if state.stage != "scheduled":
        raise SessionClosed(stage=state.stage)
    if state.begins <= context.now:
        raise SessionBegun


def _wish(given: Attendee | None, context: SessionContext) -> Attendee:
    """Whose wish it is. A coach says so for a client who called; a client speaks for themselves, or a late cancellation cost nothing."""
    own: Attendee = "client" if context.actor == context.engagement.client_id else "coach"
    if own == "client" and given == "coach":
        raise NotPermitted("Only the coach can say that it was the coach's wish.", pointer="/initiated_by")
    return given or own
