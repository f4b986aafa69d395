"""What happened in an engagement, event by event: to its agreement, its assessments, its plan and its evaluations.

A row holds the event itself as it was stored, so that a sentence is made when it is read (`projections/sentence.py`): what
is erased, or what a reader may not see, is missing from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Raw, Struct

from domain.engagement.events import AgreementTerms
from domain.engagement.evolve import evolve as evolve_engagement
from domain.event import Actors, Event
from domain.plan.digest import is_content
from domain.plan.events import PlanActivated
from domain.values import Code, Digest, OfAuthor, Personal
from infra.eventstore import codec
from infra.eventstore.feed import Fed
from projections.projection import Opening, Projection, Texts, readable
from projections.sentence import TEMPLATES, Labels, Tongue, sentence
from projections.snapshot import Snapshot


class Entry(Struct, frozen=True, kw_only=True):
    """One event. `payload` is what the log holds, personal values sealed, `payload_hash` the SHA-256 of the bytes there."""

    stream_id: UUID
    engagement_id: UUID
    version: int
    type: Code
    schema_v: int
    occurred_at: datetime
    recorded_at: datetime
    meta: Actors
    payload: Raw
    payload_hash: Digest

    @property
    def event(self) -> Event:
        """The event, its words sealed."""
        return codec.decode(self.type, self.schema_v, bytes(self.payload))

    def opened(self, texts: Texts) -> Event:
        """The event with its words, or what is left of them."""
        return codec.decode_open(self.type, self.schema_v, bytes(self.payload), texts.of(lambda: self.event))


class Told(Struct, frozen=True, kw_only=True):
    """One event as it is read: who did what when and why, as data and as a sentence. `initiator` is whose wish it was.

    `in_digest`: it is content, which the digest of its stream counts.
    """

    stream_id: UUID
    version: int
    position: int
    kind: Code
    schema_v: int
    payload_hash: Digest
    in_digest: bool
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
    """Of what has a sentence and belongs to an engagement, or is its own."""
    belongs = fed.engagement_id is not None or type(fed.event) in evolve_engagement.table
    return fed.id if belongs and type(fed.event) in TEMPLATES else None


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
        payload_hash=fed.payload_hash.hex(),
    )


def personal(entry: Entry) -> list[Personal[object]]:
    return readable(entry.event)


PLAN_TIMELINE: Final = Projection(
    __file__, name="plan_timeline", version=11, document=Entry, reads=TEMPLATES, key=key, apply=apply, personal=personal
)


class Happened(NamedTuple):
    """One event of the engagement, at its place in the log; its words opened, or sealed."""

    position: int
    entry: Entry
    event: Event


async def happened(snapshot: Snapshot, engagement: UUID, *, words: Opening) -> list[Happened]:
    """Everything that happened in the engagement, in the order of the log. Without `words` personal values stay sealed."""
    if not words:
        return await sealed(snapshot, engagement)
    rows = await snapshot.sealed(PLAN_TIMELINE, "of_engagement", engagement_id=engagement)
    texts = await snapshot.texts(PLAN_TIMELINE, [row.key for row in rows], words)
    return [Happened(row.position, row.document, row.document.opened(texts[row.key])) for row in rows]


async def sealed(snapshot: Snapshot, engagement: UUID) -> list[Happened]:
    """The same for who asks for ids, dates and codes alone."""
    rows = await snapshot.sealed(PLAN_TIMELINE, "of_engagement", engagement_id=engagement)
    return [Happened(row.position, row.document, row.document.event) for row in rows]


def persons(found: Sequence[Happened]) -> list[UUID]:
    """Who acted, to whom the client disclosed something, and who coached: each once."""
    recipients = (getattr(one.event, "recipient", None) for one in found)
    disclosed = (one.person_id for one in recipients if one is not None and one.person_id is not None)
    named = (getattr(one.event, field, None) for one in found for field in ("from_coach_id", "coach_id"))
    coaches = (person for person in named if person is not None)
    return list(dict.fromkeys([*(one.entry.meta.actor for one in found), *disclosed, *coaches]))


def timeline(found: Sequence[Happened], names: Mapping[UUID, str], tongue: Tongue) -> list[Told]:
    """What happened, told in a language. Who acted and is not in `names` is called by their role."""
    roles = {one.entry.meta.actor: tongue.told(f"the {one.entry.meta.role.replace('_', ' ')}") for one in found}
    labels: Labels = {**dict.fromkeys(persons(found), tongue.told("somebody")), **roles, **names}
    counted = content(found)
    return [told(one, sentence(one.event, one.entry.meta.actor, labels, tongue), in_digest=one.position in counted) for one in found]


def content(found: Sequence[Happened]) -> set[int]:
    """The positions of what the digests of the plan and of the agreement count."""
    active: set[UUID] = set()
    counted: set[int] = set()
    for one in found:
        if isinstance(one.event, PlanActivated):
            active.add(one.entry.stream_id)
        elif isinstance(one.event, AgreementTerms) or is_content(one.event, active=one.entry.stream_id in active):
            counted.add(one.position)
    return counted


def told(one: Happened, text: str, *, in_digest: bool) -> Told:
    entry, event = one.entry, one.event
    return Told(
        stream_id=entry.stream_id,
        version=entry.version,
        position=one.position,
        kind=entry.type,
        schema_v=entry.schema_v,
        payload_hash=entry.payload_hash,
        in_digest=in_digest,
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
