"""How an engagement comes to be, and gets its coach."""

from __future__ import annotations

from msgspec.structs import replace

from domain.digest import digest_of_nothing
from domain.engagement.events import CoachAssigned, EngagementProposed
from domain.engagement.evolve.table import evolve
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(EngagementProposed)
def proposed(state: EngagementState, recorded: Recorded[EngagementProposed]) -> EngagementState:
    event = recorded.event
    return replace(
        state,
        id=event.engagement_id,
        proposed_at=recorded.occurred_at,
        client_id=event.client_id,
        sponsor_id=event.sponsor_id,
        program_id=event.program_id,
        kind=event.kind,
        pro_bono=event.pro_bono,
        digest=digest_of_nothing(event.engagement_id),
    )


@evolve.on(CoachAssigned)
def coach_assigned(state: EngagementState, recorded: Recorded[CoachAssigned]) -> EngagementState:
    return replace(state, coach_id=recorded.event.coach_id, coach_since=recorded.occurred_at, seat=recorded.event.seat)
