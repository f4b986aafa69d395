"""A few whole realms of an organization, of which every process takes its part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from infra.eventstore.feed import Fed
from infra.sql import load
from projections.realm import StreamRow, grouped

SQL: Final = load(__file__)
PAGE: Final = 2000  # events of a batch, and what is left of its last realm


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
    async for streams in grouped(connection, tenant, PAGE):
        if number % parts == part:
            rows = await SQL.events.fetch(connection, tenant_id=tenant, streams=[stream.id for stream in streams])
            yield Batch(tenant, streams, rows)
        number += 1
