"""How an engagement goes over to another coach."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from domain.engagement.emergency import Emergency
from domain.engagement.events import CoachReassigned, HandoverConsentGranted, HandoverConsentWithdrawn
from domain.engagement.evolve.consent import consenter
from domain.engagement.evolve.table import evolve
from domain.engagement.handover import Handover, HandoverConsent
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(HandoverConsentGranted)
def handover_consented(state: EngagementState, recorded: Recorded[HandoverConsentGranted]) -> EngagementState:
    consent = HandoverConsent(coach_id=recorded.event.coach_id, granted_at=recorded.version)
    return replace(state, handover_consents=state.handover_consents | {consenter(state, recorded): consent})


@evolve.on(HandoverConsentWithdrawn)
def handover_consent_withdrawn(state: EngagementState, recorded: Recorded[HandoverConsentWithdrawn]) -> EngagementState:
    """What was handed over without need of it stays handed over. One of a group who takes it back does so for all."""
    handover, by = state.handover, consenter(state, recorded)
    if handover is not None and handover.scope == "shared_notes":
        handover = replace(handover, scope="objectives")
    return replace(state, handover_consents=without(state.handover_consents, by), handover=handover)


def without(consents: dict[UUID, HandoverConsent], person: UUID) -> dict[UUID, HandoverConsent]:
    return {by: one for by, one in consents.items() if by != person}


@evolve.on(CoachReassigned)
def coach_reassigned(state: EngagementState, recorded: Recorded[CoachReassigned]) -> EngagementState:
    """Whoever leaves keeps nothing open, in whichever of their roles."""
    event, by, at = recorded.event, recorded.meta.actor, recorded.occurred_at
    return replace(
        state,
        coach_id=event.coach_id,
        coach_since=at,
        seat=event.seat,
        handover=Handover(scope=event.handover_scope, since=recorded.version, by=by),
        handover_consents={},
        left=(*state.left, event.from_coach_id),
        emergencies=tuple(left(one, by, at) if one.asker_id == event.from_coach_id else one for one in state.emergencies),
    )


def left(one: Emergency, by: UUID, at: datetime) -> Emergency:
    """What somebody who has left had asked for in an emergency: open no more, and not to be opened any more."""
    match one.standing(at):
        case "waiting":
            return replace(one, answered_by=by, answered_at=at)
        case "open":
            return replace(one, ended_by=by, ended_at=at)
    return one
