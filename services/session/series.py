"""Series of sessions: which of their times the coach has not free, and what one command entails for the others of a series.

A strategy of meetings is carried out by a series that names it, when somebody books one: no adopting of a strategy books any. A
strategy is agreed while the plan is a draft, when there is no coaching to book yet; it has no time of day; and what both sides
agree on must not fail because somebody else has the coach's Tuesday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from msgspec.structs import replace

from domain.claims import COACH_TIME
from domain.command import Command
from domain.engagement.state import EngagementState
from domain.event import Event
from domain.rules import is_time_zone
from domain.session.commands import CancelSession, RescheduleSession, ScheduleSession
from domain.session.context import SessionContext
from domain.session.events import SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.series import later_id, moved, starts
from domain.session.slot import FAR, Busy, busy, slots
from domain.session.state import SessionState
from services.command.call import Call


async def taken_to_book(call: Call, command: ScheduleSession, context: SessionContext) -> dict[datetime, Busy]:
    """The times of a session, or of all in a series, that the coach has not free. Of what is refused for what it says nothing is asked,
    nor of what follows from the first of a series, with which it was asked."""
    coach, cadence, zone = context.engagement.coach_id, context.cadence_days, command.zone or context.zone
    ahead = context.now < command.starts_at or command.reason_code is not None or command.reason is not None
    if coach is None or call.entailed or not ahead or command.starts_at >= FAR or not is_time_zone(zone):
        return {}
    wanted = starts(command.starts_at, command.repeat, zone, cadence or 0) if command.repeat else [command.starts_at]
    return await taken(call, coach, dict.fromkeys(wanted, command.minutes), besides=())


async def taken_to_move(call: Call, command: RescheduleSession, context: SessionContext) -> dict[datetime, Busy]:
    """The times to which a session, or what is left of a series, would move that the coach has not free: its own old times are."""
    coach, first = context.engagement.coach_id, session_of(call)
    if coach is None or call.entailed or command.from_ != first.starts_at or not context.now < command.to < FAR:
        return {}
    rest = [first, *(await rest_of(call, first, context.now) if command.rest else ())]
    wanted = {moved(one.begins, command.from_, command.to, one.zone): command.minutes or one.minutes for one in rest}
    return await taken(call, coach, wanted, besides=[one.id for one in rest])


async def taken(call: Call, coach: UUID, wanted: Mapping[datetime, int], besides: Iterable[UUID]) -> dict[datetime, Busy]:
    """Those of the times, each with its minutes, that another session has than these, with the part that it has."""
    pieces = {at: slots(coach, at, minutes) for at, minutes in wanted.items()}
    own = set(besides)
    held = await call.reading.holders(COACH_TIME, list(dict.fromkeys(chain(*pieces.values()))))
    others = {piece for piece, holder in held.items() if holder not in own}
    return {at: busy(others.intersection(needed)) for at, needed in pieces.items() if others.intersection(needed)}


async def booking(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """The other sessions of a series, once its first is booked."""
    command = call.command
    assert isinstance(command, ScheduleSession)
    first = next((event for event in events if isinstance(event, SessionScheduled)), None)
    if first is None or command.repeat is None:
        return []
    engagement: EngagementState = call.reading.state(first.engagement_id, "engagement")
    cadence = engagement.agreement.terms.cadence_days if engagement.agreement else 0
    times = starts(first.starts_at, command.repeat, first.zone, cadence)[1:]
    ids = [later_id(first.session_id, number) for number in range(1, command.repeat.times)]
    await call.reading.load(*ids)
    alone = replace(command, repeat=None)
    return [(id, replace(alone, starts_at=at)) for id, at in zip(ids, times, strict=True)]


async def moving(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """What is left of a series moves as far as the one that was named, wherever each stands by now."""
    command, first = call.command, session_of(call)
    assert isinstance(command, RescheduleSession)
    if not command.rest or not any(isinstance(event, SessionRescheduled) for event in events):
        return []
    rest = await rest_of(call, first, call.shared.now)
    by = {one.id: moved(one.begins, command.from_, command.to, one.zone) for one in rest}
    return [(one.id, replace(command, from_=one.begins, to=by[one.id], rest=False)) for one in rest]


async def calling_off(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """What is left of a series is called off with the one that was named."""
    command = call.command
    assert isinstance(command, CancelSession)
    if not command.rest or not any(isinstance(event, SessionCancelled) for event in events):
        return []
    return [(one.id, replace(command, rest=False)) for one in await rest_of(call, session_of(call), call.shared.now)]


async def rest_of(call: Call, first: SessionState, now: datetime) -> list[SessionState]:
    """The later ones of its series that are still booked and ahead; none where it stands alone. Each stays as it was found."""
    if first.series_id is None:
        return []
    ids = await call.reading.engaged(first.engagement_id, "session")
    await call.reading.load(*ids, guard=False)
    states: list[SessionState] = [call.reading.state(id, "session") for id in ids]
    return [one for one in states if one.series_id == first.series_id and one.stage == "scheduled" and one.begins > max(now, first.begins)]


def session_of(call: Call) -> SessionState:
    state: SessionState = call.reading.state(call.target, "session")
    return state
