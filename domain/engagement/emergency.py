"""What was asked for in an emergency: to read the words of a client's plan, for a few hours and by one person alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.values import OfAuthor

EmergencyReason: TypeAlias = Literal["danger", "law", "court_order"]
"""The limits of confidentiality that coaching agreements name: danger to somebody, what the law demands, what a court orders."""
EmergencyStanding: TypeAlias = Literal["waiting", "expired", "declined", "open", "ended"]
ANSWER_WITHIN: Final = timedelta(hours=24)
"""How long a request waits for a second person."""
OPEN_FOR: Final = timedelta(hours=4)


class Emergency(Struct, frozen=True, kw_only=True):
    """One request, and what came of it. Without `open_until` an answer was no.

    That its time is over is no event: it is judged when somebody reads.
    """

    id: UUID
    asker_id: UUID
    reason_code: EmergencyReason
    reason: OfAuthor[str]
    asked_at: datetime
    answer_by: datetime
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    open_until: datetime | None = None
    ended_by: UUID | None = None
    ended_at: datetime | None = None

    def standing(self, now: datetime) -> EmergencyStanding:
        if self.answered_by is None:
            return "waiting" if now < self.answer_by else "expired"
        if self.open_until is None:
            return "declined"
        return "open" if self.ended_at is None and now < self.open_until else "ended"
