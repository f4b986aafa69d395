"""The log as it is stored, for those who ask whether it was changed: what does not decode is told, and not refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

import msgspec

from domain.event import Actors, Event
from domain.values import NIL
from infra.eventstore import codec
from infra.eventstore.feed import Fed, read
from infra.eventstore.outage import outages
from infra.eventstore.vault import Source

FEED: Final = "SELECT * FROM es.feed_v2($1, $2, $3)"
FEED_OF: Final = "SELECT * FROM es.feed_of_v2($1, $2, $3)"
FEED_AT: Final = "SELECT * FROM es.feed_at($1, $2)"
COLUMNS: Final = tuple(name for name in Fed.__struct_fields__ if name not in {"event", "meta", "stream"})
NOBODY: Final = Actors(actor=NIL, role="unread", on_behalf_of=None, channel="unread", command="unread", correlation=NIL, causation=None)
"""Stands for who acted where that cannot be read."""

Fault: TypeAlias = Literal["content_erased", "payload_altered", "payload_unreadable", "meta_altered", "meta_unreadable"]
"""`altered`: the bytes are not those of the stored hash. `unreadable`: they are, and say nothing that this release knows."""


class Stored(Fed, frozen=True, kw_only=True):
    """An event as its row has it now: where its payload does not decode, `event` is `Unread`, where its meta does not, `NOBODY` acted.

    `faults` says what is wrong with it, each with the SHA-256 of what is stored instead; None of what was erased.
    """

    faults: Mapping[Fault, str | None]

    @property
    def is_readable(self) -> bool:
        """Whether it says all that it said, or what somebody made of it."""
        return not isinstance(self.event, codec.Unread) and self.meta is not NOBODY


async def feed_as_stored(source: Source, tenant: UUID, after: int, limit: int) -> list[Stored]:
    """What there is of these positions, also when rows were lost."""
    with outages():
        return [stored(row) for row in await source.fetch(FEED, tenant, after, limit)]


async def rows_of(source: Source, tenant: UUID, engagements: Sequence[UUID], until: int) -> Sequence[Any]:
    """All that happened in these engagements up to a position, in the order of the log, as rows for `stored`."""
    with outages():
        rows: Sequence[Any] = await source.fetch(FEED_OF, tenant, engagements, until)
    return rows


async def feed_at(source: Source, tenant: UUID, positions: Sequence[int]) -> dict[int, Stored]:
    """What stands at these positions; where nothing does, it is missing."""
    with outages():
        return {row["position"]: stored(row) for row in await source.fetch(FEED_AT, tenant, positions)}


def stored(row: Any) -> Stored:
    faults: dict[Fault, str | None] = {}
    columns = {name: row[name] for name in COLUMNS}
    return Stored(event=event_of(row, faults), meta=meta_of(row, faults), stream=row["stream_id"], faults=faults, **columns)


def event_of(row: Any, faults: dict[Fault, str | None]) -> Event:
    payload = row["payload"]
    if payload is None:
        faults["content_erased"] = None
        return codec.Unread()
    is_altered = (own := sha256(payload)).digest() != row["payload_hash"]
    if is_altered:
        faults["payload_altered"] = own.hexdigest()
    try:
        event = read(row["type"], row["schema_v"], payload)
    except msgspec.DecodeError:
        event = codec.Unread()
    if isinstance(event, codec.Unread) and not is_altered:
        faults["payload_unreadable"] = own.hexdigest()
    return event


def meta_of(row: Any, faults: dict[Fault, str | None]) -> Actors:
    meta = row["meta"]
    is_altered = (own := sha256(meta)).digest() != row["meta_hash"]
    if is_altered:
        faults["meta_altered"] = own.hexdigest()
    try:
        return codec.META.decode(meta)
    except msgspec.DecodeError:
        if not is_altered:
            faults["meta_unreadable"] = own.hexdigest()
        return NOBODY
