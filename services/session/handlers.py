"""What deciding about a session needs beside its own stream: the engagement, its agreement, and its other sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.claims import SESSION_NUMBER
from domain.engagement.state import EngagementState
from domain.organization.state import OrganizationState
from domain.session.commands import ScheduleSession
from domain.session.context import SessionContext
from domain.session.state import SessionState
from services.call import Call
from services.engaged import engagement_facts


async def session_context(call: Call) -> SessionContext:
    engagement = engagement_facts(call)
    state: EngagementState = call.reading.state(engagement.id, "engagement")
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    found = await counted(call, state) if isinstance(call.command, ScheduleSession) else {}
    notice = state.agreement.terms.cancellation_hours if state.agreement else 0
    return call.context(SessionContext, engagement=engagement, notice_hours=notice, zone=organization.time_zone, **found)


async def counted(call: Call, engagement: EngagementState) -> dict[str, Any]:
    """The next session's number, and how many of the agreed ones are left. What is called off meanwhile only leaves more."""
    sessions = await sessions_of(call, engagement.id)
    left = engagement.agreement.terms.sessions - sum(one.counts for one in sessions) if engagement.agreement else None
    return {"session_no": len(sessions) + 1, "sessions_left": left}


async def sessions_of(call: Call, engagement_id: UUID) -> list[SessionState]:
    """All of an engagement's, in their order. Who takes the next number by an event knows that there are no others."""
    ids = await call.reading.engaged(engagement_id, "session")
    await call.reading.load(*ids, guard=False)
    call.reading.searched.add(SESSION_NUMBER)
    return [call.reading.state(id, "session") for id in ids]
