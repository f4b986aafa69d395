"""G9 and the scan: what it costs the writers that projectors are woken, and the projectors to look who is behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from time import perf_counter
from typing import Final

import asyncpg

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.postgres import pool
from infra.sql import load
from projections.catalogue import PROJECTIONS
from projections.runner import Runner
from projections.wake import Bell, listen
from tests.bench.append import MANY, writers
from tests.bench.crowd import crowd
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.writer import Writer

SQL: Final = load(__file__)
WRITERS: Final = (8, 32)
SCANNED: Final = 5_000  # organizations
SCANS: Final = 10
WAKE_ROWS: Final = tuple(
    Row(f"G9 {number}", f"append, {number} writers, each ringing, one who listens : nobody rings", "1/s", Goal(">=", 0.95))
    for number in WRITERS
)
SCAN_ROWS: Final = (
    Row("scan", f"who is behind, of {SCANNED:,} tenants and {len(PROJECTIONS)} projections : of one", "ms", Goal("<=", 100, of="ours")),
)


@asynccontextmanager
async def waking(stage: Stage) -> AsyncIterator[Measure]:
    database, heard = stage.database(), asyncio.Event()
    async with AsyncExitStack() as stack:
        ready = await stack.enter_async_context(writers(stage, database, min(MANY, stage.size.events // 20)))
        apart = await pool(database.dsn("app"), size=1)
        stack.push_async_callback(apart.close)
        bell = Bell(apart)
        tasks = [asyncio.create_task(bell.run()), asyncio.create_task(listen(database.dsn("projector"), heard))]
        for task in tasks:
            stack.callback(task.cancel)
        await heard.wait()

        async def measure() -> Round:
            found: dict[str, Pair] = {}
            for number in WRITERS:
                quiet = await crowd([one.command for one in ready[:number]], stage.size.seconds)
                loud = await crowd([ringing(one, bell) for one in ready[:number]], stage.size.seconds)
                found[f"G9 {number}"] = Pair(loud.rate, quiet.rate)
            return found

        yield measure


def ringing(writer: Writer, bell: Bell) -> Callable[[], Awaitable[None]]:
    async def do() -> None:
        await writer.command()
        bell.ring()

    return do


@asynccontextmanager
async def scanning(stage: Stage) -> AsyncIterator[Measure]:
    """Nobody is behind: the look is for nothing, as most of them are."""
    database = stage.database()
    async with AsyncExitStack() as stack:
        admin = await asyncpg.connect(database.dsn("admin"))
        stack.push_async_callback(admin.close)
        names, versions = [each.name for each in PROJECTIONS], [each.version for each in PROJECTIONS]
        await SQL.heads.execute(admin, tenants=min(SCANNED, stage.size.events))
        await SQL.followed.execute(admin, names=names, versions=versions)
        await SQL.analyze.execute(admin)
        connections = await pool(database.dsn("projector"), size=1)
        stack.push_async_callback(connections.close)
        opener = Opener(Vault(stage.provider))
        every, one = Runner(connections, opener), Runner(connections, opener, PROJECTIONS[:1])

        async def measure() -> Round:
            return {"scan": Pair(await milliseconds(every), await milliseconds(one))}

        yield measure


async def milliseconds(runner: Runner) -> float:
    taken = []
    for _ in range(SCANS):
        began = perf_counter()
        if await runner.behind():
            raise ValueError("somebody is behind")
        taken.append((perf_counter() - began) * 1000)
    return median(taken)


WAKE: Final = Group("wake", WAKE_ROWS, waking)
SCAN: Final = Group("scan", SCAN_ROWS, scanning)
