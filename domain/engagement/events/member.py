"""How a group or team grows and shrinks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.event import Event, stored
from domain.values import OfAuthor, StoredCode


@stored("engagement.member_added")
class MemberAdded(Event, frozen=True):
    """Somebody is coached together with the others from that day on; `head_count` are they all, with the first client."""

    client_id: UUID
    joined_on: date
    head_count: int


@stored("engagement.member_removed")
class MemberRemoved(Event, frozen=True):
    """Somebody is not coached with the others any more; `head_count` are those who are left."""

    client_id: UUID
    left_on: date
    head_count: int
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
