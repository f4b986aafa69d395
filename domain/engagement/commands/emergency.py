"""What may be asked in an emergency."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.engagement.emergency import EmergencyReason
from domain.values import Prose


class RequestEmergencyAccess(Command, frozen=True, kw_only=True):
    """Asks to read the words of the client's plan in an emergency: what a danger to somebody, the law or a court demands.

    Another person has to approve it within a day. Then the plan as it stands is open to the asker alone, to read, for four
    hours; client and coach are told at once by mail, and can read the reason. Every reading is noted.
    """

    reason_code: EmergencyReason
    reason: Prose


class ApproveEmergencyAccess(Command, frozen=True, kw_only=True):
    """Opens the words of the plan to who asked for it, for four hours. Nobody approves their own request."""

    emergency_id: UUID


class DeclineEmergencyAccess(Command, frozen=True, kw_only=True):
    """Declines a request that waits; its asker takes it back so."""

    emergency_id: UUID


class EndEmergencyAccess(Command, frozen=True, kw_only=True):
    """Closes what is open before its time, at once: who asked for it, who approved it, or an administrator."""

    emergency_id: UUID
