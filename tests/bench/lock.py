"""G4: while one organization's lock is held, what do the others wait? Beside the library, whose lock is the whole table's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg

from tests.bench.append import writers
from tests.bench.crowd import crowd
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.threads import crowd_of_threads

ROWS: Final = (
    Row("G4", "slowest append while another tenant's lock is held for a second : the library's", "ms", Goal("<=", 50, of="ours")),
)
TENANT: Final = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
TABLE: Final = "LOCK TABLE public.application_events IN EXCLUSIVE MODE"
LONGEST: Final = 1.0  # seconds that a lock is held
WRITERS: Final = 4


@asynccontextmanager
async def locked(connection: asyncpg.Connection, statement: str, *arguments: str) -> AsyncIterator[None]:
    """A transaction that took a lock, and does not get on."""
    async with connection.transaction():
        await connection.execute(statement, *arguments)
        yield


@asynccontextmanager
async def held(stage: Stage) -> AsyncIterator[Measure]:
    database, seconds = stage.database(), min(LONGEST, stage.size.seconds * 5)
    async with AsyncExitStack() as stack:
        stuck, *others = (await stack.enter_async_context(writers(stage, database, 2)))[: 1 + WRITERS]
        admin = await asyncpg.connect(database.dsn("admin"))
        stack.push_async_callback(admin.close)
        mine = str(stuck.firms[0].tenant)
        for one in others:
            one.firms = stuck.firms[1:]

        async def ours() -> float:
            async with locked(stuck.connection, TENANT, mine):
                return max((await crowd([one.command for one in others], seconds)).each)

        async def theirs() -> float:
            """It gets on when the lock is let go, however many others there are: one is enough."""
            async with locked(admin, TABLE):
                waiting = asyncio.create_task(crowd_of_threads([others[0].recorded], 0.0))
                await asyncio.sleep(seconds)
            return max((await waiting).each)

        async def measure() -> Round:
            slowest, library = await asyncio.gather(ours(), theirs())
            return {"G4": Pair(slowest * 1000, library * 1000)}

        yield measure


LOCK: Final = Group("lock", ROWS, held)
