"""How an engagement goes over to another coach, and what the client lets go over with it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.engagement.events.course import ReasonedEvent
from domain.engagement.handover import HandoverScope
from domain.event import Event, stored


@stored("engagement.handover_consent_granted")
class HandoverConsentGranted(Event, frozen=True):
    """The client lets the next coach read the shared notes of earlier sessions. Without `coach_id`: whoever that will be."""

    coach_id: UUID | None


@stored("engagement.handover_consent_withdrawn")
class HandoverConsentWithdrawn(Event, frozen=True):
    """The client took it back. `coach_id` is who could read the notes by it until then, None while nobody did."""

    coach_id: UUID | None


@stored("engagement.coach_reassigned")
class CoachReassigned(ReasonedEvent, frozen=True):
    """Another coach took over, at once. The seats are their places in the program.

    `consent_version` is the client's consent by which shared notes were handed over: the version of this stream that granted
    it. `next_session_no` is the number that the next session would have had: the change takes it, so that a session that is
    booked at the same moment is booked with the new coach, or called off.
    """

    engagement_id: UUID
    from_coach_id: UUID
    coach_id: UUID
    program_id: UUID | None
    from_seat: int | None
    seat: int | None
    handover_scope: HandoverScope
    consent_version: int | None
    effective_on: date
    next_session_no: int
