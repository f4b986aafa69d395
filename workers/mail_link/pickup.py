"""The pickup: looks twice a second who has asked for a link, and adds a job for each mail.

A link is taken and its job added in one transaction, so it has one job, whoever crashes, and however many workers look. Nobody
is rung for: who asks must not learn from how long that takes whether there is something to do.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg

from infra.broker.table import add
from infra.eventstore.outage import outages
from infra.sql import load
from workers.mail_link.actor import send_mail_link
from workers.pulse import pulse

POLL_SECONDS: Final = 0.5
MOST: Final = 100  # in one transaction; the others half a second later
SQL: Final = load(__file__)


class Pickup:
    """Looks with the connections of `throughline_worker`, which sees ids only."""

    def __init__(self, connections: asyncpg.Pool) -> None:
        self.connections = connections
        self.ended = asyncio.Event()

    async def run(self) -> None:
        """Looks until `stop`, whether the database is there or not."""
        await pulse(self.round, self.ended, seconds=POLL_SECONDS, interrupted="pickup_interrupted")

    def stop(self) -> None:
        """Ends `run` after what is being taken."""
        self.ended.set()

    async def round(self) -> int:
        """Takes what waits; returns how many jobs that makes. Raises `Unavailable`."""
        with outages():
            async with self.connections.acquire() as connection, connection.transaction():
                taken = await SQL.take.fetch(connection, most=MOST)
                await add(connection, [send_mail_link.message(str(row["tenant_id"]), str(row["id"])) for row in taken])
        return len(taken)
