"""What deciding about a program needs beside its own stream: whether the persons named hold their roles."""

from __future__ import annotations

from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant
from domain.program.context import ProgramContext
from services.call import Call
from services.holding import all_hold


async def program_context(call: Call) -> ProgramContext:
    match call.command:
        case DefineProgram(sponsor_ids=sponsors):
            return call.context(ProgramContext, sponsor_roles_held=await all_hold(call, "sponsor", *sponsors))
        case AddCoachToPool(coach_id=coach):
            return call.context(ProgramContext, coach_role_held=await all_hold(call, "coach", coach, program_id=call.target))
        case EnrolParticipant(client_id=client):
            return call.context(ProgramContext, client_role_held=await all_hold(call, "client", client, program_id=call.target))
    return call.context(ProgramContext)
