"""The projector: follows every organization's log and brings each projection's rows up to it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from infra.eventstore.feed import Fed, fed
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.page import place, rows_between, unknown_in
from infra.postgres import PAGE_SECONDS, pool, tenant_transaction
from projections import checkpoint
from projections.catalogue import PROJECTIONS
from projections.checkpoint import Lag
from projections.document import fold
from projections.following import PAGE, Following, Page
from projections.projection import Projection, types_read
from projections.wake import listen


class Runner(Following[Fed]):
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
        self.types = types_read(projections)

    async def round(self) -> bool:
        """Also lets a release's new generations be read, once there is nothing left to fill them with."""
        more = await super().round()
        if not more:
            versions = [projection.version for projection in self.projections.values()]
            with outages():
                await checkpoint.SQL.promote.execute(
                    self.connections, projections=list(self.projections), generations=versions, page=self.page
                )
        return more

    async def read(self, tenant: UUID, after: int, until: int) -> Page[Fed]:
        """Only what one of the projections reads is decoded."""
        rows = await rows_between(self.connections, tenant, after, until)
        return Page(after, until, [fed(row) for row in rows if row["type"] in self.types], unknown_in(rows))

    async def take(self, connection: asyncpg.Connection, lag: Lag, page: Page[Fed]) -> None:
        """The page's rows."""
        await fold(connection, lag.tenant, self.projections[lag.follower.name], page.events, self.opener)

    async def named(self, lag: Lag, position: int) -> dict[str, Any]:
        """What stands there, as far as it can be read."""
        found = await place(self.connections, lag.tenant, position)
        return found._asdict() if found is not None else await super().named(lag, position)


async def unpark(connections: asyncpg.Pool, tenant: UUID, projection: Projection[Any]) -> None:
    """Lets a parked projection try again, after its cause was mended."""
    async with tenant_transaction(connections, tenant) as connection:
        await checkpoint.SQL.unpark.execute(connection, **Lag(tenant, projection, 0).row)


async def project(dsn: str, opener: Opener) -> None:
    """The projector's process: runs until SIGTERM or SIGINT, then ends after the page at hand."""
    connections = await pool(dsn, name="throughline projector", size=2, open_seconds=PAGE_SECONDS)
    runner = Runner(connections, opener)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, runner.stop)
    listening = asyncio.create_task(listen(dsn, runner.heard, "throughline projector, listening"))
    try:
        await runner.run()
    finally:
        listening.cancel()
        await connections.close()
