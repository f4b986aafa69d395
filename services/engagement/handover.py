"""What follows for sessions when an engagement goes over to another coach, ends with notice, or with who was coached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.claims import SESSION_NUMBER
from domain.command import Command
from domain.engagement.context import Course
from domain.engagement.events import CoachReassigned, EngagementCancelled, EngagementEndedEarly, EngagementNoticeGiven
from domain.engagement.state import EngagementState
from domain.event import Event
from domain.glossary import CLIENT_ERASED
from domain.organization.state import OrganizationState
from domain.session.commands import CancelSession
from domain.session.events import Attendee
from domain.session.state import SessionState
from services.command.call import Call


async def booked(call: Call) -> list[UUID]:
    """All sessions of the engagement, read to stay as they were found. Who books one takes its number."""
    sessions = await call.reading.engaged(call.target, "session")
    await call.reading.load(*sessions)
    call.reading.searched.add(SESSION_NUMBER)
    return sessions


async def numbered(call: Call) -> Course:
    """Which number the engagement's next session would have."""
    state: EngagementState = call.reading.state(call.target, "engagement")
    return Course(next_session_no=state.next_session_no(len(await booked(call))))


async def freeing(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """Each session that lies ahead, for the reason of the change: nobody can be held to come any more, and their time is free again.

    It is no one's fault, so that it costs the client none of the agreed sessions. Client and new coach book anew. What has begun
    stays: the new coach records what became of it.
    """
    changed = next((event for event in events if isinstance(event, CoachReassigned)), None)
    if changed is None:
        return []
    reason = None if changed.reason is None else changed.reason.plain()
    return await ahead(call, CancelSession(reason_code=changed.reason_code, reason=reason, initiated_by="coach"))


async def leaving(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """Each session after the last day that notice was given of, for its reason, and as the wish of whose it is."""
    noticed = next((event for event in events if isinstance(event, EngagementNoticeGiven)), None)
    if noticed is None:
        return []
    reason = None if noticed.reason is None else noticed.reason.plain()
    wish: Attendee = "client" if noticed.given_by == "client" else "coach"
    return await ahead(call, CancelSession(reason_code=noticed.reason_code, reason=reason, initiated_by=wish), after=noticed.ends_on)


async def ending(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """Each session that lies ahead of who was erased."""
    has_ended = any(isinstance(event, EngagementEndedEarly | EngagementCancelled) for event in events)
    return await ahead(call, CancelSession(reason_code=CLIENT_ERASED, initiated_by="client")) if has_ended else []


async def ahead(call: Call, off: CancelSession, after: date = date.min) -> list[tuple[UUID, Command]]:
    """Each session that is booked and has not begun, of those `after` a day where the organization is."""
    states: list[tuple[UUID, SessionState]] = [(id, call.reading.state(id, "session")) for id in await booked(call)]
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    return [
        (id, off)
        for id, state in states
        if state.stage == "scheduled" and state.begins > call.shared.now and organization.day(state.begins) > after
    ]
