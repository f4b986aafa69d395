"""A stretch of a tenant's log as rows: for whoever decodes only some of them, or may not see their content."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from infra.eventstore import codec
from infra.eventstore.errors import NewerRelease
from infra.eventstore.feed import FEED, LogBroken
from infra.eventstore.outage import outages
from infra.eventstore.vault import Source


class Place(NamedTuple):
    """Where an event stands and what it is called: what may be told of one that cannot be read."""

    position: int
    stream: UUID
    version: int
    type: str


async def rows_between(source: Source, tenant: UUID, after: int, until: int) -> list[Any]:
    """The events after one position and up to another, which `fed` reads. Raises `LogBroken` when one is missing."""
    with outages():
        rows: list[Any] = await source.fetch(FEED, tenant, after, until - after)
    if len(rows) != until - after:
        raise LogBroken(f"tenant {tenant}: {len(rows)} events after {after} and up to {until}")
    return rows


def unknown_in(rows: Sequence[Any]) -> int:
    """How many of these a newer release wrote."""
    return sum(not is_known(row["type"], row["schema_v"]) for row in rows)


@cache
def is_known(name: str, schema_v: int) -> bool:
    try:
        codec.known(name, schema_v)
    except NewerRelease:
        return False
    return True


async def place(source: Source, tenant: UUID, position: int) -> Place | None:
    """What stands at a position, None when it is missing."""
    with outages():
        rows = await source.fetch(FEED, tenant, position - 1, 1)
    return Place(*(rows[0][name] for name in ("position", "stream_id", "version", "type"))) if rows else None
