"""How emergencies are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.engagement.emergency import Emergency
from domain.engagement.events import EmergencyAccessApproved, EmergencyAccessDeclined, EmergencyAccessEnded, EmergencyAccessRequested
from domain.engagement.evolve.table import evolve
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(EmergencyAccessRequested)
def emergency_requested(state: EngagementState, recorded: Recorded[EmergencyAccessRequested]) -> EngagementState:
    event = recorded.event
    emergency = Emergency(
        id=event.emergency_id,
        asker_id=recorded.meta.actor,
        reason_code=event.reason_code,
        reason=event.reason,
        asked_at=recorded.occurred_at,
        answer_by=event.answer_by,
    )
    return replace(state, emergencies=(*state.emergencies, emergency))


@evolve.on(EmergencyAccessApproved)
def emergency_approved(state: EngagementState, recorded: Recorded[EmergencyAccessApproved]) -> EngagementState:
    answer = {"answered_by": recorded.meta.actor, "answered_at": recorded.occurred_at, "open_until": recorded.event.open_until}
    return _with_emergency(state, recorded.event.emergency_id, answer)


@evolve.on(EmergencyAccessDeclined)
def emergency_declined(state: EngagementState, recorded: Recorded[EmergencyAccessDeclined]) -> EngagementState:
    answer = {"answered_by": recorded.meta.actor, "answered_at": recorded.occurred_at}
    return _with_emergency(state, recorded.event.emergency_id, answer)


@evolve.on(EmergencyAccessEnded)
def emergency_ended(state: EngagementState, recorded: Recorded[EmergencyAccessEnded]) -> EngagementState:
    return _with_emergency(state, recorded.event.emergency_id, {"ended_by": recorded.meta.actor, "ended_at": recorded.occurred_at})


def _with_emergency(state: EngagementState, id: UUID, changes: Mapping[str, Any]) -> EngagementState:
    return replace(state, emergencies=tuple(replace(one, **changes) if one.id == id else one for one in state.emergencies))
