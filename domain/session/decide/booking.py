"""Deciding about when client and coach meet.

That a coach's time is booked once is no rule here: each five minutes of it are a claim (`slot.py`), which the append takes and
gives back with the event. The times that are taken are looked up before, so that the answer can name all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import ItemUnknown, NotPermitted, OccurredAtOutOfRange, VersionConflict
from domain.errors.engagement import AgreementMissing, EngagementEnding, EngagementNotActive, NoLeadCoach
from domain.errors.session import (
    CoachUnavailable,
    NotInSeries,
    SessionAllocationExhausted,
    SessionBegun,
    SessionClosed,
    StartsInPast,
    StartsTooFar,
    StrategyNotMeeting,
    TimeUneven,
)
from domain.event import Event
from domain.rules import require_reason, require_time_zone
from domain.session.commands import CancelSession, Repeat, RescheduleSession, ScheduleSession
from domain.session.context import SessionContext
from domain.session.decide.table import decide
from domain.session.events import Attendee, SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.series import clash, clashing, starts, wall
from domain.session.slot import FAR, Busy, is_even
from domain.session.state import SessionState
from domain.values import of_author

MOST_TOLD: Final = 5
"""Times that a sentence names."""


@decide.on(ScheduleSession)
def schedule(state: SessionState, command: ScheduleSession, context: SessionContext) -> Sequence[Event]:
    """The other sessions of a series follow from its first, in the same append."""
    coach = _require_coaching(context)
    starts_at = _require_time(command, coach, context)
    zone = command.zone or context.zone
    require_time_zone(zone, at="/zone")
    _require_meeting(command.strategy_id, context)
    _require_free(command, zone, context)
    _require_left(command.repeat, context)
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
            series_id=context.ids[0] if command.repeat else context.series_id,
            strategy_id=command.strategy_id,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
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
    _require_series(state, rest=command.rest)
    if context.taken:
        clashes = [clash(at, part) for at, part in sorted(context.taken.items())]
        raise CoachUnavailable(_told(context.taken, state.zone), pointer="/to", clashes=clashes)
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
    """Also while the engagement rests, or is over: nobody comes. One that was booked afterwards was booked by mistake: it is not late."""
    if not state.booked_afterwards:
        _require_ahead(state, context)
    elif state.stage != "scheduled":
        raise SessionClosed(stage=state.stage)
    if context.role != "worker":  # an erasure calls it off by a code of ours
        require_reason(command.reason_code, command.reason, context.policy)
    _require_series(state, rest=command.rest)
    return (
        SessionCancelled(
            starts_at=state.begins,
            minutes=state.minutes,
            coach_id=state.coach_id,
            initiated_by=_wish(command.initiated_by, context),
            late_cancel=not state.booked_afterwards and context.now > state.begins - timedelta(hours=context.notice_hours),
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


def _require_time(command: ScheduleSession, coach: UUID, context: SessionContext) -> datetime:
    """A time ahead; or, with the reason, one that has passed and in which the coach of today coached the engagement."""
    has_reason = command.reason_code is not None or command.reason is not None
    if has_reason:
        require_reason(command.reason_code, command.reason, context.policy)
    if command.starts_at > context.occurred_at or not has_reason:
        return _require_start(command.starts_at, context, "/starts_at")
    if not is_even(command.starts_at):
        raise TimeUneven(pointer="/starts_at")
    if context.actor != coach:
        raise NotPermitted("Only the coach can book a session that took place before.", pointer="/starts_at")
    if command.repeat is not None:
        raise StartsInPast("A series is booked ahead: book each session that took place by itself.", pointer="/repeat")
    day, begun = command.starts_at.astimezone(ZoneInfo(context.zone)).date(), context.engagement.starts_on
    since = context.coach_since
    if (begun is not None and day < begun) or (since is not None and command.starts_at < since):
        said = "The coach of today did not coach the engagement then: nothing that took place before can be booked."
        raise OccurredAtOutOfRange(said, pointer="/starts_at", starts_on=begun, coach_since=since)
    return command.starts_at.astimezone(UTC)


def _require_start(at: datetime, context: SessionContext, pointer: str) -> datetime:
    if not is_even(at):
        raise TimeUneven(pointer=pointer)
    if at <= context.occurred_at:
        raise StartsInPast(pointer=pointer)
    if at >= FAR:
        raise StartsTooFar(pointer=pointer)
    if context.last_day is not None and at.astimezone(ZoneInfo(context.zone)).date() > context.last_day:
        raise EngagementEnding(pointer=pointer, ends_on=context.last_day)
    return at.astimezone(UTC)


def _require_left(repeat: Repeat | None, context: SessionContext) -> None:
    """The agreement has as many sessions left."""
    left, wanted = context.sessions_left, repeat.times if repeat else 1
    if left is None or wanted <= left:
        return
    if repeat is not None and left > 0:
        said = f"Of the agreed sessions {left} are neither held nor booked: book so many, or agree on more."
        raise SessionAllocationExhausted(said, pointer="/repeat/times", left=left)
    raise SessionAllocationExhausted


def _require_meeting(strategy_id: UUID | None, context: SessionContext) -> None:
    if strategy_id is None:
        return
    if strategy_id not in context.plan.strategy_ids:
        raise ItemUnknown("The plan has no such strategy.", pointer="/strategy_id")
    if strategy_id not in context.plan.meeting_ids:
        raise StrategyNotMeeting(pointer="/strategy_id")


def _require_free(command: ScheduleSession, zone: str, context: SessionContext) -> None:
    """The coach has time for the session, for every one of a series, or all that there is none for are named."""
    if command.repeat is None:
        if context.taken:
            clashes = [clash(at, part) for at, part in context.taken.items()]
            raise CoachUnavailable(_told(context.taken, zone), pointer="/starts_at", clashes=clashes)
        return
    if command.repeat.every == "cadence" and context.cadence_days is None:
        raise AgreementMissing("Nothing says how often you meet: name a week, two weeks or a month.", pointer="/repeat/every")
    wanted = starts(command.starts_at, command.repeat, zone, context.cadence_days or 0)
    if clashes := clashing(wanted, context.taken):
        taken = {at: context.taken[at] for at in wanted if at in context.taken}
        raise CoachUnavailable(_told(taken, zone), pointer="/repeat", clashes=clashes)


def _require_series(state: SessionState, *, rest: bool) -> None:
    """What is to happen to the rest of a series is asked of one of a series."""
    if rest and state.series_id is None:
        raise NotInSeries(pointer="/rest")


def _told(taken: Mapping[datetime, Busy], zone: str) -> str:
    """What is taken, by the clock of where the time was chosen."""
    parts = [f"{wall(part.since, zone):%Y-%m-%d from %H:%M} to {wall(part.until, zone):%H:%M}" for _, part in sorted(taken.items())]
    more = f" and at {len(parts) - MOST_TOLD} more of these times, which `facts` names" if len(parts) > MOST_TOLD else ""
    other = "another time" if len(parts) == 1 else "others"
    return f"The coach has another session on {', '.join(parts[:MOST_TOLD])}{more} ({zone}): choose {other}."


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
