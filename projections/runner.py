"""The projector: follows every organization's log and brings each projection's rows up to it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from infra.eventstore.feed import feed
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.postgres import pool, tenant_transaction
from projections import checkpoint
from projections.catalogue import PROJECTIONS
from projections.checkpoint import Lag
from projections.document import fold
from projections.following import PAGE, Following
from projections.projection import Projection
from projections.wake import listen


class Runner(Following):
    """Follows with the connections of `throughline_projector`."""

    def __init__(
        self,
        connections: asyncpg.Pool,
        opener: Opener,
        projections: Sequence[Projection[Any]] = PROJECTIONS,
        *,
        page: int = PAGE,
        patience: float = 0.5,
    ) -> None:
        super().__init__(connections, projections, page=page, patience=patience)
        self.opener = opener
        self.projections = {projection.name: projection for projection in projections}
        self.is_filled = False

    async def round(self) -> bool:
        """Also lets a release's new generations be read, once there is nothing left to fill them with."""
        more = await super().round()
        if not more and not self.is_filled:
            versions = [projection.version for projection in self.projections.values()]
            with outages():
                unfilled = await checkpoint.SQL.promote.fetch(
                    self.connections, projections=list(self.projections), generations=versions, page=self.page
                )
            self.is_filled = not unfilled
        return more

    async def take(self, connection: asyncpg.Connection, lag: Lag, after: int, limit: int) -> int:
        """The page's rows."""
        events = await feed(connection, lag.tenant, after, limit)
        if events:
            await fold(connection, lag.tenant, self.projections[lag.follower.name], events, self.opener)
        return len(events)


async def unpark(connections: asyncpg.Pool, tenant: UUID, projection: Projection[Any]) -> None:
    """Lets a parked projection try again, after its cause was mended."""
    async with tenant_transaction(connections, tenant) as connection:
        await checkpoint.SQL.unpark.execute(connection, **Lag(tenant, projection, 0).row)


async def project(dsn: str, opener: Opener) -> None:
    """The projector's process: runs until SIGTERM or SIGINT, then ends after the page at hand."""
    connections = await pool(dsn, name="throughline projector", size=2, command_seconds=None)
    runner = Runner(connections, opener)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, runner.stop)
    listening = asyncio.create_task(listen(dsn, runner.heard, "throughline projector, listening"))
    try:
        await runner.run()
    finally:
        listening.cancel()
        await connections.close()
