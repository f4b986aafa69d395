"""An organization's log realm by realm: an engagement with all that belongs to it, or a stream that belongs to none.

No key of a read model reaches over a realm's edge, so whoever reads realms whole makes each document once, from a log of any
length in little memory.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from infra.eventstore.feed import Fed, LogBroken, fed
from infra.eventstore.page import unknown_in
from infra.sql import load

SQL: Final = load(__file__)
PREFETCHED: Final = 1000  # streams


class StreamRow(NamedTuple):
    """A row of `es.stream`, and the stream's version, None when it has no event."""

    id: UUID
    type: str
    engagement: UUID | None
    version: int | None

    @property
    def realm(self) -> UUID:
        return self.engagement or self.id


class Realms(NamedTuple):
    """What was read of a few realms: the events that were wanted, how many there are, and how many of them a newer release wrote."""

    events: list[Fed]
    found: int
    unknown: int


async def grouped(connection: asyncpg.Connection, tenant: UUID, page: int) -> AsyncIterator[list[StreamRow]]:
    """All streams, whole realms of at least `page` events at a time, in the caller's transaction."""
    group: list[StreamRow] = []
    events = 0
    async for row in SQL.streams.cursor(connection, prefetch=PREFETCHED, tenant_id=tenant):
        stream = StreamRow(*row)
        if events >= page and stream.realm != group[-1].realm:
            yield group
            group, events = [], 0
        group.append(stream)
        events += stream.version or 0
    if group:
        yield group


async def realms(connection: asyncpg.Connection, tenant: UUID, until: int, page: int, types: frozenset[str]) -> AsyncIterator[Realms]:
    """All events up to a position: those of a few whole realms at a time, in the order of the log; the content of these types only.

    Raises `LogBroken` when it is over and some were missing.
    """
    found = 0
    async for streams in grouped(connection, tenant, page):
        ids = [stream.id for stream in streams]
        rows = await SQL.events.fetch(connection, tenant_id=tenant, streams=ids, until=until, types=list(types))
        found += len(rows)
        yield Realms([fed(row) for row in rows if row["type"] in types], len(rows), unknown_in(rows))
    if found != until:
        raise LogBroken(f"tenant {tenant}: {found} events up to {until}")
