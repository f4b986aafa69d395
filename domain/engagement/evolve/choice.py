"""How an engagement keeps whom the client talked with, and what speaks against a coach."""

from __future__ import annotations

from msgspec.structs import replace

from domain.engagement.choice import Chemistry, Conflict
from domain.engagement.events import ChemistrySessionHeld, ConflictOfInterestDeclared, ConflictOfInterestResolved
from domain.engagement.evolve.table import evolve
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(ChemistrySessionHeld)
def chemistry_held(state: EngagementState, recorded: Recorded[ChemistrySessionHeld]) -> EngagementState:
    event = recorded.event
    return replace(state, chemistry=(*state.chemistry, Chemistry(coach_id=event.coach_id, held_on=event.held_on, choice=event.choice)))


@evolve.on(ConflictOfInterestDeclared)
def conflict_declared(state: EngagementState, recorded: Recorded[ConflictOfInterestDeclared]) -> EngagementState:
    event = recorded.event
    conflict = Conflict(
        coach_id=event.coach_id,
        kind=event.kind,
        declared_by=recorded.meta.actor,
        declared_at=recorded.occurred_at,
        reason=event.reason,
    )
    return replace(state, conflicts=(*state.conflicts, conflict))


@evolve.on(ConflictOfInterestResolved)
def conflict_resolved(state: EngagementState, recorded: Recorded[ConflictOfInterestResolved]) -> EngagementState:
    gone = (recorded.event.coach_id, recorded.event.kind)
    return replace(state, conflicts=tuple(one for one in state.conflicts if (one.coach_id, one.kind) != gone))
