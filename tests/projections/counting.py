"""A projection that counts: an event that takes effect twice, or never, shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from domain.event import STORED
from projections.members import MEMBERS
from projections.projection import Projection
from tests.database import Database, ask


def counted(apply: Callable[[dict[str, int] | None, Any], dict[str, int]]) -> Projection[dict[str, int]]:
    return Projection(
        MEMBERS.module,
        name="members",
        version=MEMBERS.version,
        document=dict[str, int],
        reads=STORED,
        key=lambda fed: fed.stream,
        apply=apply,
        personal=None,
    )


def failing_at(stream: UUID, version: int) -> Projection[dict[str, int]]:
    """Counts, and cannot bear one event."""

    def apply(counts: dict[str, int] | None, fed: Any) -> dict[str, int]:
        return {"events": (counts or {}).get("events", 0) + 1 // (0 if (fed.stream, fed.version) == (stream, version) else 1)}

    return counted(apply)


COUNTED = counted(lambda counts, fed: {"events": (counts or {}).get("events", 0) + 1})
"""How many events a stream has had."""


def counts(database: Database) -> dict[UUID, int]:
    return dict(ask(database.dsn("admin"), f"SELECT key, (doc ->> 'events')::int FROM rm.members_g{MEMBERS.version}"))


def written(database: Database) -> dict[UUID, int]:
    return dict(ask(database.dsn("admin"), "SELECT stream_id, count(*)::int FROM es.event GROUP BY 1"))


def checkpoint(database: Database, projection: str) -> tuple[Any, ...]:
    statement = f"SELECT position, failures, last_error FROM es.checkpoint WHERE projection = '{projection}'"
    return ask(database.dsn("admin"), statement)[0]
