"""Jobs on their way from a transaction to an actor, by each broker, beside dramatiq alone on the same server.

Ours is what the product does: one INSERT in the table of jobs, which is the outbox; a relay hands them to Redis or RabbitMQ;
then our broker with its middleware. The yardstick is `enqueue` on dramatiq's own broker with its own middleware, one job after
the other. There is none for PostgreSQL, so there it is the least that is as safe: the same INSERT, and threads that each
delete one job with SKIP LOCKED, do it and commit, so that it comes back when they die. Every server writes to disk before it
answers.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Final

import asyncpg

from tests.bench.row import Absent, Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.toil import Alone, Firms, Least, Ours, Side
from tests.infra.broker.servers import RABBITMQ, Foreign, RabbitMQ, Redis

FIRMS: Final = 50
JOBS_A_SECOND: Final = 500  # about, so that a side takes as long as it should


def row(server: str, theirs: str) -> Row:
    return Row(f"jobs {server}", f"jobs by way of {server}, outbox included : {theirs}", "1/s", Goal(">=", 0.7))


async def rate(side: Side, jobs: int) -> float:
    """Jobs a second, from the first being sent to the last being done."""
    begun = perf_counter()
    await side.send(jobs)
    await asyncio.to_thread(side.wait, jobs)
    return jobs / (perf_counter() - begun)


@asynccontextmanager
async def outbox(stage: Stage) -> AsyncIterator[tuple[str, asyncpg.Connection]]:
    """An empty table of jobs, and a connection to fill it."""
    dsn = stage.database().dsn("worker")
    connection = await asyncpg.connect(dsn)
    try:
        yield dsn, connection
    finally:
        await connection.close()


@asynccontextmanager
async def embedded(stage: Stage) -> AsyncIterator[Measure]:
    async with outbox(stage) as ours, outbox(stage) as least, measuring(stage, "PostgreSQL", Ours(*ours, None), Least(*least)) as measure:
        yield measure


@asynccontextmanager
async def turns(stage: Stage) -> AsyncIterator[Measure]:
    """Who is alone waits for nobody, though a worker keeps threads free for whoever comes."""
    jobs = max(1, int(stage.size.seconds * JOBS_A_SECOND))
    async with outbox(stage) as made:
        worker = Firms(*made)

        async def of(firms: int) -> float:
            worker.firms = firms
            return await rate(worker, jobs)

        async def measure() -> Round:
            return {ONE_FIRM.id: Pair(await of(1), await of(FIRMS))}

        worker.start()
        try:
            yield measure
        finally:
            await asyncio.to_thread(worker.stop)


@asynccontextmanager
async def foreign(stage: Stage, server: Foreign) -> AsyncIterator[Measure]:
    await asyncio.to_thread(server.start)
    try:
        async with (
            outbox(stage) as ours,
            measuring(stage, type(server).__name__, Ours(*ours, server.url), Alone(str(server.url))) as measure,
        ):
            yield measure
    finally:
        await asyncio.to_thread(server.end)


@asynccontextmanager
async def measuring(stage: Stage, server: str, ours: Side, theirs: Side) -> AsyncIterator[Measure]:
    """Both sides work all the time; who has nothing to do waits."""
    jobs = max(1, int(stage.size.seconds * JOBS_A_SECOND))

    async def measure() -> Round:
        return {f"jobs {server}": Pair(await rate(ours, jobs), await rate(theirs, jobs))}

    for side in (ours, theirs):
        side.start()
    try:
        yield measure
    finally:
        for side in (ours, theirs):
            await asyncio.to_thread(side.stop)


@asynccontextmanager
async def on_redis(stage: Stage) -> AsyncIterator[Measure]:
    if not shutil.which("redis-server"):
        raise Absent("redis-server is not installed (on Debian: apt install redis-server)")
    async with foreign(stage, Redis(stage.folder / "redis")) as measure:
        yield measure


@asynccontextmanager
async def on_rabbitmq(stage: Stage) -> AsyncIterator[Measure]:
    if not RABBITMQ.exists():
        raise Absent("rabbitmq-server is not installed (on Debian: apt install rabbitmq-server)")
    async with foreign(stage, RabbitMQ(stage.folder / "rabbitmq")) as measure:
        yield measure


ONE_FIRM: Final = Row("jobs one firm", f"jobs of one organization by way of PostgreSQL : of {FIRMS}", "1/s", Goal(">=", 0.5))

POSTGRESQL: Final = Group("jobs-postgresql", (row("PostgreSQL", "a SKIP LOCKED loop"),), embedded)
REDIS: Final = Group("jobs-redis", (row("Redis", "dramatiq alone"),), on_redis)
RABBITMQ_JOBS: Final = Group("jobs-rabbitmq", (row("RabbitMQ", "dramatiq alone"),), on_rabbitmq)
TURNS: Final = Group("jobs-turns", (ONE_FIRM,), turns)
BROKERS: Final = (POSTGRESQL, TURNS, REDIS, RABBITMQ_JOBS)
