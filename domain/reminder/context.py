"""What a decision about a reminder may know."""

from __future__ import annotations

from domain.context import Context


class ReminderContext(Context, frozen=True, kw_only=True):
    """Whether the same reminder is claimed already."""

    is_claimed: bool = False
