"""What every event carries that needs a reason."""

from __future__ import annotations

from domain.event import Event
from domain.values import Code, OfAuthor


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: Code | None
    reason: OfAuthor[str] | None
