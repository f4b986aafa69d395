"""What is known of a coaching that ends early, before it does."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from domain.engagement.events import Ender
from domain.values import OfAuthor, StoredCode


class Notice(Struct, frozen=True, kw_only=True):
    """That the coaching ends early, with the day `ends_on`: since when that is known, who said so and why."""

    ends_on: date
    given_on: date
    given_by: Ender
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
