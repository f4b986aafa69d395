"""Meetings in which client, coach and sponsor align on what the coaching is for."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.values import OfClient

AlignmentKind: TypeAlias = Literal["start", "mid", "end"]
Present: TypeAlias = Literal["client", "coach", "sponsor", "manager", "program_manager"]
"""Who sits at the table; the manager is the client's line manager."""
SHARES: Final[dict[AlignmentKind, int]] = {"start": 0, "mid": 50, "end": 90}
"""After which part of the time from the first day to the planned end each is due, in per cent."""


class AlignmentMeeting(Struct, frozen=True, kw_only=True):
    """One that was held; `noted_by` wrote down what was agreed."""

    kind: AlignmentKind
    held_on: date
    attendees: tuple[Present, ...]
    agreed_points: OfClient[str] | None
    noted_by: UUID
