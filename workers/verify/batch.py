"""A few realms of an organization, each whole: an engagement with all that belongs to it, or a stream that belongs to none.

No key of a read model reaches over a realm's edge, so a realm can be folded by itself, and a log of any length in little memory.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from infra.eventstore.feed import Fed
from infra.sql import load

SQL: Final = load(__file__)
STREAMS: Final = 100  # of a batch, unless one realm has more


class StreamRow(NamedTuple):
    """A row of `es.stream`."""

    id: UUID
    type: str
    engagement: UUID | None

    @property
    def realm(self) -> UUID:
        return self.engagement or self.id


class Batch(NamedTuple):
    """Streams with their events, in the order of positions."""

    tenant: UUID
    streams: list[StreamRow]
    rows: list[Any]

    @property
    def ids(self) -> list[UUID]:
        return [stream.id for stream in self.streams]


class Told(NamedTuple):
    """A stream and its events as they were read, in the order of versions."""

    row: StreamRow
    events: list[Fed]

    @property
    def is_erased(self) -> bool:
        return any(fed.payload is None for fed in self.events)


async def batches(connection: asyncpg.Connection, tenant: UUID, part: int, parts: int) -> AsyncIterator[Batch]:
    """Every so-manieth batch, in the caller's transaction."""
    number = 0
    async for streams in grouped(connection, tenant):
        if number % parts == part:
            rows = await SQL.events.fetch(connection, tenant_id=tenant, streams=[stream.id for stream in streams])
            yield Batch(tenant, streams, rows)
        number += 1


async def grouped(connection: asyncpg.Connection, tenant: UUID) -> AsyncIterator[list[StreamRow]]:
    """All streams, realm by realm."""
    group: list[StreamRow] = []
    async for row in SQL.streams.cursor(connection, prefetch=10 * STREAMS, tenant_id=tenant):
        stream = StreamRow(*row)
        if len(group) >= STREAMS and stream.realm != group[-1].realm:
            yield group
            group = []
        group.append(stream)
    if group:
        yield group
