"""G10: what it costs an append to go through PgBouncer, which gives a server to whoever has a transaction: fewer servers than clients."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import asyncpg

from infra.postgres import KEPT_STATEMENTS
from tests.bench.append import firm
from tests.bench.crowd import crowd
from tests.bench.row import Absent, Goal, Group, Measure, Pair, Round, Row
from tests.bench.scale import Continuing
from tests.bench.stage import Stage
from tests.infra.bouncer import DISTRIBUTION, NEWER, PgBouncer
from tests.infra.told import new_id

CLIENTS: Final = 24
SERVERS: Final = 4
TENANTS: Final = 200
THROUGH: Final = f"{CLIENTS} clients on {SERVERS} servers, {TENANTS} tenants : directly"
NEWER_ROWS: Final = (Row("G10", f"append through PgBouncer from 1.21 on, {THROUGH}", "1/s", Goal(">=", 0.90)),)
OLDER_ROWS: Final = (Row("pooler older", f"append through Debian's PgBouncer, no statement kept, {THROUGH}", "1/s"),)


@asynccontextmanager
async def newer(stage: Stage) -> AsyncIterator[Measure]:
    if NEWER not in os.environ:
        raise Absent(f"not run: {NEWER} names no PgBouncer from 1.21 on")
    async with pooled(stage, "G10", Path(os.environ[NEWER]), kept=KEPT_STATEMENTS) as measure:
        yield measure


@asynccontextmanager
async def older(stage: Stage) -> AsyncIterator[Measure]:
    """It mixes kept statements up, so through it none are; directly they are, as in an installation without a pooler."""
    if not os.access(DISTRIBUTION, os.X_OK):
        raise Absent("pgbouncer is not installed (on Debian: apt install pgbouncer)")
    async with pooled(stage, "pooler older", DISTRIBUTION, kept=0) as measure:
        yield measure


@asynccontextmanager
async def pooled(stage: Stage, row: str, program: Path, *, kept: int) -> AsyncIterator[Measure]:
    """As many statements as `kept` are prepared on each connection through the pooler."""
    database = stage.database()
    async with AsyncExitStack() as stack:
        async with stage.store(database) as store:
            tenants = [(await firm(store)).tenant for _ in range(min(TENANTS, stage.size.events // 20))]
        bouncer = PgBouncer(stage.folder / "pgbouncer", database, program=program, servers=SERVERS)
        await asyncio.to_thread(bouncer.start)
        stack.callback(bouncer.end)

        async def clients(dsn: str, statements: int) -> list[Continuing]:
            ready = []
            for seed in range(CLIENTS):
                connection = await asyncpg.connect(dsn, statement_cache_size=statements)
                stack.push_async_callback(partial(connection.close, timeout=5))
                ready.append(Continuing(connection, [(tenant, new_id()) for tenant in tenants], 0, seed))
            return ready

        through, directly = await clients(bouncer.dsn(), kept), await clients(database.dsn("app"), KEPT_STATEMENTS)

        async def measure() -> Round:
            ours, bare = [await crowd([one.go_on for one in side], stage.size.seconds) for side in (through, directly)]
            return {row: Pair(ours.rate, bare.rate)}

        yield measure


POOLER: Final = Group("pooler", NEWER_ROWS, newer)
OLDER_POOLER: Final = Group("pooler older", OLDER_ROWS, older)
