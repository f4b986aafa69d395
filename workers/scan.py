"""The due scan: looks every second which entries of the schedule are due, and adds their jobs.

An entry's jobs and its next time are written in one transaction under the lock of its row, so whatever crashes, and however
many workers scan, it is started once. The time is the database's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import asyncpg
import structlog

from infra.broker.table import add
from infra.eventstore.outage import outages
from infra.sql import load
from workers.pulse import pulse
from workers.schedule import SCHEDULE, Entry

POLL_SECONDS: Final = 1.0
SQL: Final = load(__file__)
log = structlog.get_logger()


def database_time() -> None:
    """No time of one's own: the database's is taken."""
    return


class Scan:
    """Scans with the connections of `throughline_worker`. `clock` stands in for the database's time where a test needs it."""

    def __init__(
        self, connections: asyncpg.Pool, schedule: Sequence[Entry] = SCHEDULE, clock: Callable[[], datetime | None] = database_time
    ) -> None:
        self.connections = connections
        self.entries = {entry.actor.actor_name: entry for entry in schedule}
        self.clock = clock
        self.ended = asyncio.Event()

    async def run(self) -> None:
        """Scans until `stop`, whether the database is there or not."""
        await pulse(self.round, self.ended, seconds=POLL_SECONDS, interrupted="scan_interrupted")

    def stop(self) -> None:
        """Ends `run` after the entry that is being started."""
        self.ended.set()

    async def round(self) -> list[str]:
        """Starts what is due; returns the names of the entries that were started. Raises `Unavailable`."""
        started = []
        with outages():
            for row in await SQL.due.fetch(self.connections, entries=list(self.entries), now=self.clock()):
                name, entry = row["entry"], self.entries[row["entry"]]
                if row["next_at"] is None:
                    await SQL.enter.execute(self.connections, entry=name, next_at=entry.rule.after(row["now"]))
                elif await self.start(name, entry):
                    started.append(name)
                    log.info("schedule_started", entry=name)
        return started

    async def start(self, name: str, entry: Entry) -> bool:
        """False when somebody else starts it at this moment, or just has."""
        async with self.connections.acquire() as connection, connection.transaction():
            row = await SQL.hold.first(connection, entry=name, now=self.clock())
            if row is None:
                return False
            whom = [(str(each["tenant_id"]),) for each in await entry.each.fetch(connection)] if entry.each else [()]
            await add(connection, [entry.actor.message(*arguments) for arguments in whom])
            await SQL.advance.execute(connection, entry=name, next_at=entry.rule.after(row["now"]))
        return True
