"""A tenant's log in order, for what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg
import msgspec

from domain.event import Event, Recorded
from infra.eventstore import codec
from infra.eventstore.errors import EventUnreadable, NewerRelease
from infra.eventstore.outage import outages
from infra.eventstore.vault import Source
from infra.pace import paced

FEED: Final = "SELECT * FROM es.feed($1, $2, $3)"
FEED_OF: Final = "SELECT * FROM es.feed_of($1, $2, $3)"
EVENTS_AT: Final = "SELECT * FROM es.events_at($1, $2, $3)"


class Fed(Recorded[Event], frozen=True, kw_only=True):
    """A recorded event with its place in the log. Personal values are sealed.

    `payload` is what is stored, None when it was erased; then, and when a newer release wrote it, `event` is `Unread`.
    """

    stream: UUID
    engagement_id: UUID | None
    position: int
    recorded_at: datetime
    payload: bytes | None

    @property
    def id(self) -> UUID:
        return event_id(self.stream, self.version)


def event_id(stream: UUID, version: int) -> UUID:
    """Derived, so that it needs no row: the UUIDv5 of the version, as decimal digits, in the namespace of the stream's id."""
    return uuid5(stream, str(version))


class LogBroken(Exception):
    """A position is missing from a tenant's log. Positions have no holes, so rows were lost or changed by hand."""


async def feed(connection: asyncpg.Connection, tenant: UUID, after: int, limit: int) -> list[Fed]:
    """At most `limit` events with a position above `after`, in order. Raises `LogBroken` when one is missing."""
    rows = await connection.fetch(FEED, tenant, after, limit)
    if rows and rows[-1]["position"] != after + len(rows):
        raise LogBroken(f"tenant {tenant}: {len(rows)} events between {after} and {rows[-1]['position']}")
    return [fed(row) for row in rows]


def fed(row: Any) -> Fed:
    """Raises `EventUnreadable` for a row that somebody changed so that it does not decode."""
    try:
        event, meta = read(row["type"], row["schema_v"], row["payload"]), codec.META.decode(row["meta"])
    except msgspec.DecodeError as error:
        raise EventUnreadable(row["stream_id"], row["version"], row["position"]) from error
    return Fed(
        event=event,
        type=row["type"],
        schema_v=row["schema_v"],
        version=row["version"],
        occurred_at=row["occurred_at"],
        meta=meta,
        payload_hash=row["payload_hash"],
        stream=row["stream_id"],
        engagement_id=row["engagement_id"],
        position=row["position"],
        recorded_at=row["recorded_at"],
        payload=row["payload"],
    )


def read(name: str, schema_v: int, payload: bytes | None) -> Event:
    try:
        return codec.Unread() if payload is None else codec.decode(name, schema_v, payload)
    except NewerRelease:
        return codec.Unread()


async def events_at(source: Source, tenant: UUID, stream: UUID, versions: Sequence[int]) -> list[Fed]:
    """The events of a stream that stand at these versions, in order; a version that the stream has not is missing."""
    with outages():
        return [fed(row) for row in await source.fetch(EVENTS_AT, tenant, stream, versions)]


async def feed_of(source: Source, tenant: UUID, engagements: Sequence[UUID], until: int) -> list[Fed]:
    """All that happened in these engagements up to a position, in the order of the log. Others get on while much is decoded."""
    with outages():
        rows = await source.fetch(FEED_OF, tenant, engagements, until)
    return [fed(row) async for row in paced(rows)]
