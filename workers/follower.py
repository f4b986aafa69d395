"""The follower: turns what was recorded into jobs, by the table of reactions.

A page's jobs and its checkpoint are written in one transaction, so each event causes its jobs once. Events from before the
follower's own beginning cause none, and imported ones neither: what follows from history has followed where it happened. What a
projection does again, when it is rebuilt, causes none either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg
from dramatiq import Message

from domain.event import EVENTS, Event
from infra.broker.table import add
from infra.eventstore.errors import NewerRelease
from infra.eventstore.feed import LogBroken
from infra.eventstore.outage import outages
from infra.sql import load
from projections.checkpoint import Lag
from projections.following import PAGE, Following, Page
from workers.reacting import Reacting
from workers.reactions import REACTIONS, Actors

SQL: Final = load(__file__)


class Follower(Following[asyncpg.Record]):
    """Follows with the connections of `throughline_worker`, which sees what happened to which stream, and no content."""

    def __init__(
        self, connections: asyncpg.Pool, reactions: Mapping[type[Event], Actors] = REACTIONS, *, page: int = PAGE, patience: float = 0.5
    ) -> None:
        super().__init__(connections, [Reacting()], page=page, patience=patience)
        self.reactions = reactions

    async def begin(self, connection: asyncpg.Connection, lag: Lag) -> None:
        """At the head that the log had when this follower was introduced."""
        since = await SQL.introduced.value(connection, follower=lag.follower.name)
        head = await SQL.head_at.value(connection, tenant=lag.tenant, at=since) if since is not None else None
        await SQL.begin.execute(connection, **lag.row, position=head)

    async def read(self, tenant: UUID, after: int, until: int) -> Page[asyncpg.Record]:
        with outages():
            steps = await SQL.steps.fetch(self.connections, tenant=tenant, after=after, limit=until - after)
        if len(steps) != until - after:
            raise LogBroken(f"tenant {tenant}: {len(steps)} events after {after} and up to {until}")
        return Page(after, until, steps)

    async def take(self, connection: asyncpg.Connection, lag: Lag, page: Page[asyncpg.Record]) -> None:
        """The page's jobs. Raises `NewerRelease` for an event that this code does not know: its jobs are not to be lost."""
        await add(connection, [message for step in page.events for message in self.messages(lag.tenant, step)])

    def messages(self, tenant: UUID, step: asyncpg.Record) -> Iterator[Message[Any]]:
        if (kind := EVENTS.get(step["type"])) is None:
            raise NewerRelease
        for actor in () if step["imported"] else self.reactions[kind]:
            message = actor.message(str(tenant), str(step["stream_id"]), step["version"], step["position"])
            yield message.copy(message_id=str(uuid5(tenant, f"{step['position']} {actor.actor_name}")))
