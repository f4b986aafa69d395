"""What deciding about an engagement needs beside its own stream: its program, and whether people hold their roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import structs

from domain.claims import COACH_SEAT, SESSION_NUMBER, coach_seat
from domain.command import Command
from domain.context import ProgramFacts
from domain.engagement.commands import (
    ActivateEngagement,
    AddMember,
    AssignCoach,
    CancelEngagement,
    CompleteEngagement,
    DeclareConflictOfInterest,
    EndAfterNotice,
    EndEngagementEarly,
    EndForErasure,
    GrantHandoverConsent,
    HoldChemistrySession,
    ProposeEngagement,
    ReassignCoach,
    TermsBody,
)
from domain.engagement.context import Course, EngagementContext
from domain.engagement.events import EngagementResumed
from domain.engagement.state import EngagementState
from domain.evaluation.commands import ShiftDueDate
from domain.evaluation.events import DueDateShifted
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.plan.commands import ShiftDueDates
from domain.plan.events import DueDatesShifted
from domain.plan.state import PlanState
from domain.session.state import SessionState
from services.command.call import Call
from services.command.engaged import program_facts
from services.engagement.handover import numbered
from services.permission.holding import all_hold
from services.quota import engagements_left

ENDS: Final = (CompleteEngagement, EndEngagementEarly, EndAfterNotice, CancelEngagement, EndForErasure)
"""Commands with which an engagement is over, or is known to be."""


async def engagement_context(call: Call) -> EngagementContext:
    match call.command:
        case ProposeEngagement(client_id=client, program_id=program, sponsor_id=sponsor):
            return call.context(
                EngagementContext,
                program=await program_facts(call, program, guard=True),
                client_role_held=await all_hold(call, "client", client, program_id=program),
                sponsor_role_held=await all_hold(call, "sponsor", sponsor, program_id=program),
            )
        case AssignCoach(coach_id=coach) | HoldChemistrySession(coach_id=coach):
            return await with_coach(call, coach)
        case ReassignCoach(to=coach):
            return structs.replace(await with_coach(call, coach), course=await numbered(call))
        case DeclareConflictOfInterest(coach_id=coach) | GrantHandoverConsent(coach_id=UUID() as coach):
            return call.context(EngagementContext, coach_role_held=await all_hold(call, "coach", coach))
        case AddMember(client_id=client):
            return await with_member(call, client)
        case ActivateEngagement():
            return structs.replace(await with_program(call), places_left=await engagements_left(call.reading))
        case TermsBody():
            return await with_program(call)
    if isinstance(call.command, ENDS):
        return call.context(EngagementContext, course=await course(call))
    return call.context(EngagementContext)


async def course(call: Call) -> Course:
    """How far the engagement has come. The plan and the sessions stay as they were found; who books one takes its number."""
    reading = call.reading
    plans, evaluations, sessions = [await reading.engaged(call.target, noun) for noun in ("plan", "evaluation", "session")]
    await reading.load(*plans, *sessions)
    await reading.load(*evaluations, guard=False)
    reading.searched.add(SESSION_NUMBER)
    engagement: EngagementState = reading.state(call.target, "engagement")
    plan: list[PlanState] = [reading.state(id, "plan") for id in plans]
    judged: list[EvaluationState] = [reading.state(id, "evaluation") for id in evaluations]
    booked: list[SessionState] = [reading.state(id, "session") for id in sessions]
    return Course(
        open_objectives=tuple(objective.id for one in plan for objective in one.open_objectives),
        final_evaluation_id=next((one.id for one in judged if one.kind == "final" and one.recorded), None),
        sessions_held=sum(one.stage == "completed" for one in booked),
        future_sessions=tuple(one.id for one in booked if one.stage == "scheduled"),
        next_session_no=engagement.next_session_no(len(booked)),
    )


async def with_program(call: Call) -> EngagementContext:
    state: EngagementState = call.reading.state(call.target, "engagement")
    return call.context(EngagementContext, program=await program_facts(call, state.program_id, guard=True))


async def with_coach(call: Call, coach: UUID) -> EngagementContext:
    state: EngagementState = call.reading.state(call.target, "engagement")
    program = await program_facts(call, state.program_id, guard=True)
    return call.context(
        EngagementContext,
        program=program,
        coach_role_held=await all_hold(call, "coach", coach, program_id=state.program_id),
        free_seat=await free_seat(call, program, coach),
    )


async def with_member(call: Call, client: UUID) -> EngagementContext:
    state: EngagementState = call.reading.state(call.target, "engagement")
    return call.context(
        EngagementContext,
        program=await program_facts(call, state.program_id, guard=True),
        client_role_held=await all_hold(call, "client", client, program_id=state.program_id),
    )


async def free_seat(call: Call, program: ProgramFacts | None, coach: UUID) -> int | None:
    """The first of the coach's places in the program that nobody has taken."""
    if program is None or coach not in program.pool:
        return None
    seats = {coach_seat(program.id, coach, seat): seat for seat in range(1, program.pool[coach] + 1)}
    free = await call.reading.free_claim(COACH_SEAT, list(seats))
    return None if free is None else seats[free]


SHIFTS: Final[tuple[type[Event], ...]] = (DueDatesShifted, DueDateShifted)
"""What resuming may do to the plan and the evaluations."""


async def shifting(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """What moves when an engagement goes on: the open dates of its plan and its evaluations, each by the rules of its own stream."""
    resumed = next((event for event in events if isinstance(event, EngagementResumed)), None)
    if resumed is None or resumed.shifted_days == 0:
        return []
    plans = await call.reading.engaged(call.target, "plan")
    evaluations = await call.reading.engaged(call.target, "evaluation")
    await call.reading.load(*plans, *evaluations)
    since, days = resumed.paused_on, resumed.shifted_days
    of_plan = ShiftDueDates(paused_on=since, days=days)
    return [*((id, of_plan) for id in plans), *((id, ShiftDueDate(paused_on=since, days=days)) for id in evaluations)]
