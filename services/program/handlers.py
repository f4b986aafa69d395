"""What deciding about a program needs beside its own stream: whether the persons named hold their roles, and what runs in it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.claims import COACH_SEAT, ENGAGEMENT, coach_seats, engagement_place
from domain.engagement.state import EngagementState
from domain.organization.state import OrganizationState
from domain.program.commands import (
    AddCoachToPool,
    CloseProgram,
    DefineProgram,
    EnrolParticipant,
    RemoveCoachFromPool,
    ReviseProgramTerms,
    WithdrawParticipant,
)
from domain.program.context import Given, ProgramContext
from domain.program.state import ProgramState
from services.command.call import Call
from services.permission.holding import all_hold


async def program_context(call: Call) -> ProgramContext:
    match call.command:
        case DefineProgram(sponsor_ids=sponsors, client_organization_id=firm):
            organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
            held = await all_hold(call, "sponsor", *sponsors)
            return call.context(
                ProgramContext, sponsor_roles_held=held, client_organization_known=firm in organization.client_organizations
            )
        case AddCoachToPool(coach_id=coach, max_engagements=most):
            held = await all_hold(call, "coach", coach, program_id=call.target)
            return call.context(ProgramContext, coach_role_held=held, taken=await coached_by(call, coach, above=most))
        case EnrolParticipant(client_id=client):
            return call.context(ProgramContext, client_role_held=await all_hold(call, "client", client, program_id=call.target))
        case RemoveCoachFromPool(coach_id=coach):
            return call.context(ProgramContext, taken=await coached_by(call, coach))
        case WithdrawParticipant(client_id=client):
            return call.context(ProgramContext, taken=await engagements_of(call, [client]))
        case CloseProgram():
            return call.context(ProgramContext, taken=await engagements_of(call, program_of(call).enrolled))
        case ReviseProgramTerms(applies_to="all"):
            return call.context(ProgramContext, given=await given(call))
    return call.context(ProgramContext)


def program_of(call: Call) -> ProgramState:
    state: ProgramState = call.reading.state(call.target, "program")
    return state


async def coached_by(call: Call, coach: UUID, *, above: int = 0) -> tuple[UUID | None, ...]:
    """The coach's engagements of the program that are not over, of those on places after the first `above`."""
    seats = coach_seats(call.target, coach, program_of(call).pool.get(coach, 0))[above:]
    return tuple((await call.reading.holders(COACH_SEAT, seats)).values())


async def engagements_of(call: Call, clients: Iterable[UUID]) -> tuple[UUID | None, ...]:
    """The engagements of participants in the program that are not over; a place that the program keeps itself is none."""
    enrolled = program_of(call).enrolled
    places = [engagement_place(call.target, client) for client in sorted(clients) if client in enrolled]
    return tuple((await call.reading.holders(ENGAGEMENT, places)).values())


async def given(call: Call) -> tuple[Given, ...]:
    """What those were given that are under way, each read from its own stream, which is guarded: their times and sessions change."""
    reading = call.reading
    await reading.load(*(id for id in await engagements_of(call, program_of(call).enrolled) if id is not None))
    engagements: list[EngagementState] = [reading.state(id) for id in reading.streams if reading.kind(id) == "engagement"]
    return tuple(
        Given(
            engagement_id=one.id,
            starts_on=one.starts_on,
            planned_end=one.planned_end,
            sessions=one.agreement.terms.sessions if one.agreement else 0,
        )
        for one in engagements
        if one.program_id == call.target and one.stage in ("active", "paused") and one.starts_on and one.planned_end
    )
