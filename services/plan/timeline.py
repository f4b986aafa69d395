"""What happened in an engagement, as the API tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from domain.values import Code, Digest, Personal
from infra.eventstore.feed import event_id
from projections.plan_timeline import Told
from services.reading.view import Named, Sight, Text


class ToldAnswer(Struct, frozen=True, kw_only=True):
    """One event: who did what when and why, as a sentence and as data. `initiator` is whose wish it was.

    `event` holds the event's own fields; texts that are not for the reader stand in it as withheld or erased.

    By the rest the digest that signatures and approvals name can be computed anew. Of a plan and of an agreement it is a chain
    over the events with `in_digest` of their stream, in the order of `version`, which begins with
    SHA-256("throughline-digest-v1" + the 16 bytes of the stream's id); each event makes it SHA-256(digest + version in 8 bytes +
    length of `kind` in 4 bytes + `kind` + `schema_v` in 2 bytes + `payload_hash`), hashes as bytes and numbers big-endian.
    `payload_hash` is the SHA-256 of the stored bytes, `event_id` the UUIDv5 of the version in the namespace of the stream's id.
    """

    event_id: UUID
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
    reason: Text | None
    sentence: str
    event: dict[str, Any]


class TimelineAnswer(Struct, frozen=True, kw_only=True):
    """Everything that happened in the plan's engagement, in the order of the log."""

    plan_id: UUID
    engagement_id: UUID
    items: tuple[ToldAnswer, ...]
    people: tuple[Named, ...]

    def until(self, position: int, occurred: datetime | None) -> TimelineAnswer:
        """What was known of it at a position, and had happened by a moment, if one is given."""
        known = (one for one in self.items if one.position <= position)
        return structs.replace(self, items=tuple(one for one in known if occurred is None or one.occurred_at <= occurred))


def told_answer(told: Told, seen: Sight) -> ToldAnswer:
    return ToldAnswer(
        event_id=event_id(told.stream_id, told.version),
        stream_id=told.stream_id,
        version=told.version,
        position=told.position,
        kind=told.kind,
        schema_v=told.schema_v,
        payload_hash=told.payload_hash,
        in_digest=told.in_digest,
        occurred_at=told.occurred_at,
        recorded_at=told.recorded_at,
        actor=told.actor,
        role=told.role,
        channel=told.channel,
        initiator=told.initiator,
        reason_code=told.reason_code,
        reason=seen.text(told.reason),
        sentence=told.sentence,
        event=event_fields(told, seen),
    )


def event_fields(told: Told, seen: Sight) -> dict[str, Any]:
    def shown(value: Any) -> Any:
        if isinstance(value, Personal):
            return msgspec.to_builtins(seen.text(value), enc_hook=shown)
        raise NotImplementedError(f"an event does not hold {type(value).__name__}")

    fields: dict[str, Any] = msgspec.to_builtins(told.event, enc_hook=shown)
    return fields
