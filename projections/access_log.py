"""Who was shown what of whom: each reading that was recorded, a row an event."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.access.events import AccessClass, AccessPurpose, RecordAccessed
from domain.glossary import Role
from domain.values import Code
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.snapshot import Row, Snapshot


class Access(Struct, frozen=True, kw_only=True):
    """One reading of what tells of somebody. `record_id` is the stream that it was about, None for a list."""

    at: datetime
    reader_id: UUID
    role: Role
    action: Code
    record_id: UUID | None
    subject_id: UUID
    classes: tuple[AccessClass, ...]
    purpose: AccessPurpose


def key(fed: Fed) -> UUID | None:
    return fed.id if isinstance(fed.event, RecordAccessed) else None


def apply(access: Access | None, fed: Fed) -> Access | None:
    event = fed.event
    if not isinstance(event, RecordAccessed):
        return access
    return Access(
        at=fed.occurred_at,
        reader_id=event.reader_id,
        role=event.role,
        action=event.action,
        record_id=event.record_id,
        subject_id=event.subject_id,
        classes=event.classes,
        purpose=event.purpose,
    )


ACCESS_LOG: Final = Projection(
    __file__, name="access_log", version=2, document=Access, reads={RecordAccessed}, key=key, apply=apply, personal=None
)


async def about(snapshot: Snapshot, subject: UUID, *, until: int, after: UUID | None, limit: int) -> list[Row[Access]]:
    """What was shown of a person up to a position, the latest first, from behind the reading `after` on."""
    return await snapshot.sealed(ACCESS_LOG, "about", subject_id=subject, until=until, after=after, at_most=limit)
