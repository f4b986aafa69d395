"""What a coach who takes over gets to read of what was written before they came."""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

HandoverScope: TypeAlias = Literal["none", "objectives", "shared_notes"]
"""Beside dates, numbers, codes and the agreement: no words of before, those of the plan, or also the shared notes of sessions."""


class HandoverConsent(Struct, frozen=True, kw_only=True):
    """That the client lets the next coach read shared notes: this coach, or whoever it will be. It is good for one change."""

    coach_id: UUID | None
    granted_at: int


class Handover(Struct, frozen=True, kw_only=True):
    """What the coach of today was handed, and by whom. `since` is the version of the engagement at which they came."""

    scope: HandoverScope
    since: int
    by: UUID
