"""Who may be coached, and by whom."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from domain.command import Command
from domain.engagement.events import EngagementKind


class ProposeEngagement(Command, frozen=True, kw_only=True):
    """Proposes that a client is coached: in a program where they are enrolled, or outside of any program."""

    client_id: UUID
    program_id: UUID | None = None
    kind: EngagementKind = "individual"
    pro_bono: bool = False
    sponsor_id: UUID | None = None


class AssignCoach(Command, frozen=True, kw_only=True):
    """Gives the engagement its lead coach, who is in the program's pool and has a place left."""

    coach_id: UUID
    chosen_by: Literal["client", "organization"] = "organization"
