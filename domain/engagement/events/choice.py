"""How client and coach find each other, and what speaks against it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.engagement.choice import ClientChoice, ConflictKind
from domain.event import Event, stored
from domain.values import OfAuthor, StoredCode


@stored("engagement.chemistry_session_held")
class ChemistrySessionHeld(Event, frozen=True):
    """The client talked with somebody who may coach them, and said whether they want to. Nothing was promised."""

    coach_id: UUID
    held_on: date
    choice: ClientChoice


@stored("engagement.conflict_of_interest_declared")
class ConflictOfInterestDeclared(Event, frozen=True):
    """Somebody said what keeps this coach from this client: they are not assigned while it stands."""

    coach_id: UUID
    kind: ConflictKind
    reason: OfAuthor[str] | None


@stored("engagement.conflict_of_interest_resolved")
class ConflictOfInterestResolved(Event, frozen=True):
    """What kept this coach from this client does not any more, or never did."""

    coach_id: UUID
    kind: ConflictKind
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
