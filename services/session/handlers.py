"""What deciding about a session needs beside its own stream: the engagement, its agreement, and its other sessions."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from msgspec import structs

from domain.claims import SESSION_NUMBER
from domain.engagement.state import EngagementState
from domain.organization.state import OrganizationState
from domain.plan.state import PlanState
from domain.session.commands import MakeSessionAgreement, ReviewCommitment, ScheduleSession
from domain.session.context import PlanFacts, SessionContext
from domain.session.state import SessionState
from services.call import Call
from services.engaged import engagement_facts

ABOUT_PLAN: Final = (MakeSessionAgreement, ReviewCommitment)
"""Commands that name something of the plan."""


async def session_context(call: Call) -> SessionContext:
    engagement = engagement_facts(call)
    state: EngagementState = call.reading.state(engagement.id, "engagement")
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    found = await counted(call, state) if isinstance(call.command, ScheduleSession) else {}
    return call.context(
        SessionContext,
        engagement=engagement,
        notice_hours=state.agreement.terms.cancellation_hours if state.agreement else 0,
        zone=organization.time_zone,
        pro_bono=state.pro_bono,
        is_group=state.kind != "individual",
        plan=await plan_facts(call, engagement.id) if isinstance(call.command, ABOUT_PLAN) else PlanFacts(),
        **found,
    )


async def plan_facts(call: Call, engagement_id: UUID) -> PlanFacts:
    """Not guarded: what a plan once held, it holds."""
    plans = await call.reading.engaged(engagement_id, "plan")
    await call.reading.load(*plans, guard=False)
    states: list[PlanState] = [call.reading.state(id, "plan") for id in plans]
    return PlanFacts(
        objective_ids=frozenset(id for plan in states for id in plan.objectives),
        action_ids=frozenset(id for plan in states for id in plan.actions),
    )


async def counted(call: Call, engagement: EngagementState) -> dict[str, Any]:
    """The next session's number, and how many of the agreed ones are left. What is called off meanwhile only leaves more."""
    sessions = await sessions_of(call, engagement.id)
    left = engagement.agreement.terms.sessions - sum(one.counts for one in sessions) if engagement.agreement else None
    return {"session_no": engagement.next_session_no(len(sessions)), "sessions_left": left}


async def sessions_of(call: Call, engagement_id: UUID) -> list[SessionState]:
    """All of an engagement's, in their order. Who takes the next number by an event knows that there are no others."""
    ids = await call.reading.engaged(engagement_id, "session")
    await call.reading.load(*ids, guard=False)
    call.reading.searched.add(SESSION_NUMBER)
    return [call.reading.state(id, "session") for id in ids]
