"""Up to where a person has read a stream: a bookmark beside the log, not an event in it."""

from __future__ import annotations

from uuid import UUID

from infra.eventstore.outage import outages
from infra.eventstore.vault import Source


async def last_look(source: Source, tenant: UUID, person: UUID, stream: UUID) -> int:
    """The position that they had reached; 0 when they never looked."""
    with outages():
        return int(await source.fetchval("SELECT es.last_look($1, $2, $3)", tenant, person, stream) or 0)


async def keep_look(source: Source, tenant: UUID, person: UUID, stream: UUID, position: int) -> int:
    """Notes that they have read up to a position, and answers with the furthest that they ever have."""
    with outages():
        return int(await source.fetchval("SELECT es.keep_look($1, $2, $3, $4)", tenant, person, stream, position))
