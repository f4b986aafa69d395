"""What happened in an engagement, event by event: to its agreement, its assessments, its plan and its evaluations.

A row holds the event itself as it was stored, so that a sentence is made when it is read (`projections/sentence.py`): what
is erased, or what a reader may not see, is missing from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from msgspec import Raw, Struct

from domain.event import Actors, Event
from domain.values import Code, OfAuthor, Personal, personal_values
from infra.eventstore import codec
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.sentence import TEMPLATES, Labels, sentence
from projections.snapshot import Snapshot


class Entry(Struct, frozen=True, kw_only=True):
    """One event. `payload` is what the log holds, personal values sealed."""

    stream_id: UUID
    engagement_id: UUID
    version: int
    type: Code
    schema_v: int
    occurred_at: datetime
    recorded_at: datetime
    meta: Actors
    payload: Raw

    @property
    def event(self) -> Event:
        """The event, its words sealed."""
        return codec.decode(self.type, self.schema_v, bytes(self.payload))


class Told(Struct, frozen=True, kw_only=True):
    """One event as it is read: who did what when and why, as data and as a sentence. `initiator` is whose wish it was."""

    stream_id: UUID
    version: int
    position: int
    kind: Code
    occurred_at: datetime
    recorded_at: datetime
    actor: UUID
    role: Code
    channel: Code
    initiator: Code | None
    reason_code: Code | None
    reason: OfAuthor[str] | None
    sentence: str
    event: Event


def key(fed: Fed) -> UUID | None:
    return uuid5(fed.stream, str(fed.version)) if type(fed.event) in TEMPLATES else None


def apply(entry: Entry | None, fed: Fed) -> Entry | None:
    if fed.payload is None:
        return entry
    return Entry(
        stream_id=fed.stream,
        engagement_id=fed.engagement_id or fed.stream,
        version=fed.version,
        type=fed.type,
        schema_v=fed.schema_v,
        occurred_at=fed.occurred_at,
        recorded_at=fed.recorded_at,
        meta=fed.meta,
        payload=Raw(fed.payload),
    )


def personal(entry: Entry) -> list[Personal[object]]:
    return personal_values(entry.event)


PLAN_TIMELINE: Final = Projection(__file__, name="plan_timeline", version=1, document=Entry, key=key, apply=apply, personal=personal)


async def timeline(snapshot: Snapshot, engagement: UUID, names: Mapping[UUID, str], *, words: bool) -> list[Told]:
    """Everything that happened in the engagement, in the order of the log. Without `words` personal values stay sealed."""
    rows = await snapshot.sealed(PLAN_TIMELINE, "of_engagement", engagement_id=engagement)
    texts = await snapshot.texts(PLAN_TIMELINE, [row.key for row in rows]) if words else {}
    labels: Labels = dict(names)
    found: list[Told] = []
    for row in rows:
        entry = row.document
        payload = bytes(entry.payload)
        labels.setdefault(entry.meta.actor, f"the {entry.meta.role.replace('_', ' ')}")
        event = codec.decode_open(entry.type, entry.schema_v, payload, texts[row.key]) if words else entry.event
        found.append(told(entry, row.position, event, sentence(event, entry.meta.actor, labels)))
    return found


def told(entry: Entry, position: int, event: Event, text: str) -> Told:
    return Told(
        stream_id=entry.stream_id,
        version=entry.version,
        position=position,
        kind=entry.type,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        actor=entry.meta.actor,
        role=entry.meta.role,
        channel=entry.meta.channel,
        initiator=getattr(event, "initiated_by", None) or getattr(event, "proposed_by", None),
        reason_code=getattr(event, "reason_code", None),
        reason=getattr(event, "reason", None),
        sentence=text,
        event=event,
    )
