"""What deciding about a session needs beside its own stream: the engagement, its agreement, its plan, and its other sessions."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import asyncpg
from msgspec import structs

from domain.claims import SESSION_NUMBER
from domain.engagement.state import EngagementState
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.plan.state import PlanState
from domain.session.commands import (
    CompleteSession,
    CorrectSessionTime,
    CounterSessionTime,
    MakeSessionAgreement,
    RateSession,
    RescheduleSession,
    ReviewCommitment,
    ScheduleSession,
)
from domain.session.context import PlanFacts, SessionContext
from domain.session.series import place_of
from domain.session.state import SessionState
from infra import sql
from infra.eventstore.outage import outages
from infra.postgres import transaction
from services.command.call import Call
from services.command.engaged import engagement_facts
from services.session.series import taken_to_book, taken_to_move

SQL: Final = sql.load(__file__)


async def session_context(call: Call) -> SessionContext:
    engagement = engagement_facts(call)
    state: EngagementState = call.reading.state(engagement.id, "engagement")
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    terms = state.agreement.terms if state.agreement else None
    context = call.context(
        SessionContext,
        engagement=engagement,
        notice_hours=terms.cancellation_hours if terms else 0,
        cadence_days=terms.cadence_days if terms else None,
        zone=organization.time_zone,
        pro_bono=state.pro_bono,
        is_group=state.kind != "individual",
        last_day=None if state.notice is None else state.notice.ends_on,
        coach_since=state.coach_since if state.left else None,
    )
    return structs.replace(context, **await searched(call, state, context))


async def searched(call: Call, engagement: EngagementState, context: SessionContext) -> dict[str, Any]:
    """What has to be looked for, by what is asked."""
    match call.command:
        case ScheduleSession() as command:
            taken = await taken_to_book(call, command, context)
            found = {} if taken else in_series(call, await counted(call, engagement))  # it is refused, however many sessions are left
            found["taken"] = taken
            if command.strategy_id is not None:
                found["plan"] = await plan_facts(call, engagement.id)
            return found
        case RescheduleSession() as command:
            return {"taken": await taken_to_move(call, command, context)}
        case CompleteSession():
            return {"coached": engagement.coached_on(context.today)}
        case RateSession():
            return {"coached": coached_then(call, engagement)}
        case CorrectSessionTime() | CounterSessionTime():
            return {"exported": await is_exported(call)}
        case MakeSessionAgreement(objective_ids=(_, *_)) | ReviewCommitment():
            return {"plan": await plan_facts(call, engagement.id)}
    return {}


def coached_then(call: Call, engagement: EngagementState) -> frozenset[UUID]:
    """Who was coached on the day on which the session took place."""
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    session: SessionState = call.reading.state(call.target, "session")
    return frozenset() if session.held_at is None else engagement.coached_on(organization.day(session.held_at))


async def is_exported(call: Call) -> bool:
    """Whether a log that its coach handed in holds the session; guarded, so that none is handed in at the same moment."""
    session: SessionState = call.reading.state(call.target, "session")
    if session.stage != "completed":
        return False
    await call.reading.load(session.coach_id)
    coach: PersonState = call.reading.state(session.coach_id, "person")
    if not coach.exports:
        return False
    source = call.reading.source
    assert not isinstance(source, asyncpg.Pool)  # it is the connection that the command is decided on
    with outages():
        async with transaction(source, call.actor.tenant, read_only=True):
            completed = await SQL.completed.value(source, tenant_id=call.actor.tenant, stream_id=call.target)
    return coach.has_exported(completed)


def in_series(call: Call, found: dict[str, Any]) -> dict[str, Any]:
    """Of a session that follows from the first of its series: those between them are booked with it, and not counted yet."""
    first = call.shared.ids[0]
    if (number := place_of(first, call.target)) == 0:
        return found
    left = found["sessions_left"]
    counted = {"session_no": found["session_no"] + number, "sessions_left": left if left is None else left - number}
    return {**counted, "ids": (call.target,), "series_id": first}


async def plan_facts(call: Call, engagement_id: UUID) -> PlanFacts:
    """Not guarded: what a plan once held, it holds."""
    plans = await call.reading.engaged(engagement_id, "plan")
    await call.reading.load(*plans, guard=False)
    states: list[PlanState] = [call.reading.state(id, "plan") for id in plans]
    strategies = [strategy for plan in states for strategy in plan.strategies.values()]
    return PlanFacts(
        objective_ids=frozenset(id for plan in states for id in plan.objectives),
        action_ids=frozenset(id for plan in states for id in plan.actions),
        strategy_ids=frozenset(strategy.id for strategy in strategies),
        meeting_ids=frozenset(one.id for one in strategies if one.terms.kind == "meeting" and not one.dropped),
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
