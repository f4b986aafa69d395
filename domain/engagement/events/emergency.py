"""What happens when somebody has to read the words of the plan in an emergency."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.engagement.emergency import EmergencyReason
from domain.event import Event, stored
from domain.values import OfAuthor


@stored("engagement.emergency_access_requested")
class EmergencyAccessRequested(Event, frozen=True):
    """Somebody asked to read the words of the plan in an emergency, and said why. Nothing is open before somebody else agrees."""

    emergency_id: UUID
    reason_code: EmergencyReason
    reason: OfAuthor[str]
    answer_by: datetime


@stored("engagement.emergency_access_approved")
class EmergencyAccessApproved(Event, frozen=True):
    """Another person agreed: until then the asker, and nobody else, may read the words of the plan."""

    emergency_id: UUID
    asker_id: UUID
    reason_code: EmergencyReason
    open_until: datetime


@stored("engagement.emergency_access_declined")
class EmergencyAccessDeclined(Event, frozen=True):
    """The request was declined, or its asker took it back."""

    emergency_id: UUID
    asker_id: UUID


@stored("engagement.emergency_access_ended")
class EmergencyAccessEnded(Event, frozen=True):
    """What was open was closed before its time."""

    emergency_id: UUID
    asker_id: UUID
