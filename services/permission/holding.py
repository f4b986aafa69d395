"""Whether people hold a role today, each read from their own stream."""

from __future__ import annotations

from uuid import UUID

from domain.glossary import Role
from domain.person.state import PersonState
from services.command.call import Call


async def all_hold(call: Call, role: Role, *people: UUID | None, program_id: UUID | None = None) -> bool:
    """Whether each of them does, in the program or, without one, anywhere. Their streams are guarded from here on."""
    ids = [person for person in people if person is not None]
    await call.reading.load(*ids)
    return all(holds(call, role, person, program_id) for person in ids)


def holds(call: Call, role: Role, person_id: UUID, program_id: UUID | None) -> bool:
    if call.reading.kind(person_id) != "person":
        return False
    person: PersonState = call.reading.state(person_id, "person")
    return person.holds(role, call.shared.today, program_id)
