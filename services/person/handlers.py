"""What deciding about a person needs beside their own stream."""

from __future__ import annotations

from uuid import UUID

from domain.person.commands import GrantMembership
from domain.person.context import PersonContext
from services.call import Call


async def person_context(call: Call) -> PersonContext:
    match call.command:
        case GrantMembership(program_id=UUID() as program_id):
            await call.reading.load(program_id)
            return call.context(PersonContext, program_exists=call.reading.kind(program_id) == "program")
    return call.context(PersonContext)
