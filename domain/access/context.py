"""What a decision about an access may know: no more than any."""

from __future__ import annotations

from domain.context import Context


class AccessContext(Context, frozen=True, kw_only=True):
    """Nothing beside who acts, and when."""
