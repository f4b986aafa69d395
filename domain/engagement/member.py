"""Who is coached together with others."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct


class Member(Struct, frozen=True, kw_only=True):
    """Somebody of a group or team beside its first client; `left_on` once they are none any more."""

    client_id: UUID
    joined_on: date
    left_on: date | None = None
