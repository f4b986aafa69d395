"""What every event carries that needs a reason."""

from __future__ import annotations

from domain.event import Event
from domain.values import OfAuthor, StoredCode


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
