"""Who is to be coached, and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored

EngagementKind: TypeAlias = Literal["individual", "group", "team"]


@stored("engagement.engagement_proposed", 2)
class EngagementProposed(Event, frozen=True):
    """A client is to be coached: in a program or outside of any, paid or pro bono, for a sponsor or for themselves.

    `enrolled_at` is when they got their seat in the program; not known of what was proposed before it was noted here.
    """

    engagement_id: UUID
    client_id: UUID
    program_id: UUID | None
    kind: EngagementKind
    pro_bono: bool
    sponsor_id: UUID | None
    enrolled_at: datetime | None = None


@stored("engagement.coach_assigned")
class CoachAssigned(Event, frozen=True):
    """The engagement got its lead coach. `seat` is the place that it takes among the coach's engagements of the program."""

    coach_id: UUID
    chosen_by: Literal["client", "organization"]
    program_id: UUID | None
    seat: int | None
