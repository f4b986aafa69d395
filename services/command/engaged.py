"""The engagement and the program of what a command is about, as other nouns' contexts take them."""

from __future__ import annotations

from uuid import UUID

from domain.context import EngagementFacts, ProgramFacts
from domain.engagement.state import EngagementState
from domain.errors import NotFound
from domain.program.state import ProgramState
from services.command.call import Call


def engagement_facts(call: Call) -> EngagementFacts:
    """Of the engagement that the command names or that its stream belongs to; it was read with that."""
    engagement_id: UUID | None = getattr(call.command, "engagement_id", None) or call.reading.engagement_of(call.target)
    if engagement_id is None:
        raise NotFound
    state: EngagementState = call.reading.state(engagement_id, "engagement")
    return state.facts(call.shared.today)


async def program_facts(call: Call, program_id: UUID | None, *, guard: bool) -> ProgramFacts | None:
    """Of a program; None when there is none. To be guarded where seats, pool or what an engagement is given decide."""
    if program_id is None:
        return None
    await call.reading.load(program_id, guard=guard)
    state: ProgramState = call.reading.state(program_id, "program")
    return state.facts() if state.exists else None
