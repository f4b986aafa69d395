"""How each event changes an engagement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from msgspec.structs import replace

from domain.decider import Evolve
from domain.digest import digest_of_nothing, extended
from domain.engagement.emergency import Emergency
from domain.engagement.events import (
    AgreementDrafted,
    AgreementSigned,
    Closing,
    CoachAssigned,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EmergencyAccessApproved,
    EmergencyAccessDeclined,
    EmergencyAccessEnded,
    EmergencyAccessRequested,
    EngagementActivated,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementPaused,
    EngagementProposed,
    EngagementResumed,
)
from domain.engagement.state import Agreement, Consent, EngagementState, Pause, Signature
from domain.event import Recorded
from domain.glossary import EngagementStage

evolve: Final[Evolve[EngagementState]] = Evolve()


@evolve.on(EngagementProposed)
def proposed(state: EngagementState, recorded: Recorded[EngagementProposed]) -> EngagementState:
    event = recorded.event
    return replace(
        state,
        id=event.engagement_id,
        client_id=event.client_id,
        sponsor_id=event.sponsor_id,
        program_id=event.program_id,
        kind=event.kind,
        pro_bono=event.pro_bono,
        digest=digest_of_nothing(event.engagement_id),
    )


@evolve.on(CoachAssigned)
def coach_assigned(state: EngagementState, recorded: Recorded[CoachAssigned]) -> EngagementState:
    return replace(state, coach_id=recorded.event.coach_id, seat=recorded.event.seat)


@evolve.on(AgreementDrafted)
def drafted(state: EngagementState, recorded: Recorded[AgreementDrafted]) -> EngagementState:
    agreement = Agreement(terms=recorded.event, drafted_at=recorded.version, drafted_by=recorded.meta.actor)
    return replace(state, agreement=agreement, digest=extended(state.digest, recorded))


@evolve.on(AgreementSigned)
def signed(state: EngagementState, recorded: Recorded[AgreementSigned]) -> EngagementState:
    """The last signature makes the engagement contracted."""
    assert state.agreement is not None  # nobody signs what was not drafted
    event = recorded.event
    signature = Signature(party=event.party, by=recorded.meta.actor, at=recorded.occurred_at, method=event.method)
    agreement = replace(state.agreement, signatures=(*state.agreement.signatures, signature))
    return replace(state, agreement=agreement, stage=state.stage if agreement.missing() else "contracted")


@evolve.on(EngagementActivated)
def activated(state: EngagementState, recorded: Recorded[EngagementActivated]) -> EngagementState:
    return replace(state, stage="active", starts_on=recorded.event.starts_on, planned_end=recorded.event.planned_end)


@evolve.on(EngagementPaused)
def paused(state: EngagementState, recorded: Recorded[EngagementPaused]) -> EngagementState:
    event = recorded.event
    pause = Pause(paused_on=event.paused_on, until=event.until, shifts_due_dates=event.shifts_due_dates)
    return replace(state, stage="paused", pause=pause)


@evolve.on(EngagementResumed)
def resumed(state: EngagementState, recorded: Recorded[EngagementResumed]) -> EngagementState:
    return replace(state, stage="active", pause=None, planned_end=recorded.event.planned_end)


@evolve.on(EngagementCompleted)
def completed(state: EngagementState, recorded: Recorded[EngagementCompleted]) -> EngagementState:
    return closed(state, recorded.event, "completed")


@evolve.on(EngagementEndedEarly)
def ended_early(state: EngagementState, recorded: Recorded[EngagementEndedEarly]) -> EngagementState:
    return closed(state, recorded.event, "ended_early")


@evolve.on(EngagementCancelled)
def cancelled(state: EngagementState, recorded: Recorded[EngagementCancelled]) -> EngagementState:
    return closed(state, recorded.event, "cancelled")


def closed(state: EngagementState, event: Closing, stage: EngagementStage) -> EngagementState:
    """What the client consented to was for the time of the coaching."""
    return replace(state, stage=stage, closed_on=event.closed_on, pause=None, seat=None, consents=())


@evolve.on(DisclosureConsentGranted)
def consent_granted(state: EngagementState, recorded: Recorded[DisclosureConsentGranted]) -> EngagementState:
    event = recorded.event
    granted = tuple(Consent(subject=subject, recipient=event.recipient, until=event.until) for subject in event.subjects)
    return replace(state, consents=_without(state, event) + granted)


@evolve.on(DisclosureConsentWithdrawn)
def consent_withdrawn(state: EngagementState, recorded: Recorded[DisclosureConsentWithdrawn]) -> EngagementState:
    return replace(state, consents=_without(state, recorded.event))


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


def _without(state: EngagementState, event: DisclosureConsentGranted | DisclosureConsentWithdrawn) -> tuple[Consent, ...]:
    return tuple(consent for consent in state.consents if not (consent.recipient == event.recipient and consent.subject in event.subjects))
