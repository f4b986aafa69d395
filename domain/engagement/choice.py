"""How client and coach find each other: conversations without obligation, and what speaks against it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.values import OfAuthor

ClientChoice: TypeAlias = Literal["yes", "no", "undecided"]
"""Whether the client wants to be coached by whom they talked with."""
ConflictKind: TypeAlias = Literal["manager_of_client", "rater_of_client", "relative_of_client", "financial", "other"]
"""What keeps a coach from being impartial."""


class Chemistry(Struct, frozen=True, kw_only=True):
    """A conversation of the client with somebody who may coach them, and what the client said to it."""

    coach_id: UUID
    held_on: date
    choice: ClientChoice


class Conflict(Struct, frozen=True, kw_only=True):
    """A conflict of interest that keeps this coach from this client, by whom and when it was declared."""

    coach_id: UUID
    kind: ConflictKind
    declared_by: UUID
    declared_at: datetime
    reason: OfAuthor[str] | None
