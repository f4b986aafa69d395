"""How a person's words are destroyed for good: why, by when, and with which keys."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.values import NIL

Basis: TypeAlias = Literal["not_needed", "consent_withdrawn", "objection", "unlawful", "legal_obligation"]
"""Why erasure may be demanded: GDPR, article 17(1), a to e."""
WITHIN: Final = timedelta(days=30)
"""How long an erasure may take: GDPR, article 12(3), says a month."""


class DestroyedKey(Struct, frozen=True):
    """A key that is no more: whose it was, in which realm, which of theirs. What it sealed nobody can read again, in no copy."""

    subject_id: UUID = NIL
    realm_id: UUID = NIL
    key_v: int = 1


class Erasure(Struct, frozen=True, kw_only=True):
    """An erasure that was asked for, on which basis, and by when it has to be done; `erased_at` once it is."""

    basis: Basis
    due_by: date
    requested_at: datetime
    requested_by: UUID
    erased_at: datetime | None = None
