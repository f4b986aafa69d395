"""What an append takes in a log that is a hundred times as long, and in one that fifty times as many organizations share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from math import ceil
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from infra.sql import load
from tests.bench.crowd import crowd
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import FULL, Stage
from tests.bench.writer import NAME, PAYLOAD, SCHEMA_V, Appending, anew
from tests.infra.told import actors, new_id

SQL: Final = load(__file__)
A_STREAM: Final = 50  # events
TIMES: Final = 10  # as long as the log that other groups follow
SHORTER: Final = 100
WRITERS: Final = 8
FEW: Final = 100  # organizations
FEWER: Final = 50  # times, than many

LONG: Final = FULL.events * TIMES
SHORT: Final = LONG // SHORTER
MANY: Final = FEW * FEWER
GOAL: Final = Goal(">=", 0.83)  # at most 1.2 times as long
ROWS: Final = (
    Row("log one", f"append, {WRITERS} writers, 1 tenant with {LONG:,} events : with {SHORT:,}", "1/s", GOAL),
    Row("log spread", f"append, {WRITERS} writers, {FEW} tenants with {LONG:,} events together : with {SHORT:,}", "1/s", GOAL),
    Row("tenants", f"append, {WRITERS} writers, {MANY:,} tenants with {LONG:,} events together : {FEW} with as many", "1/s", GOAL),
)


class Log(NamedTuple):
    """How long a log is, and how many organizations share it."""

    events: int
    tenants: int


class Continuing(Appending):
    """Goes on with any of some streams, which nobody else writes to."""

    def __init__(self, connection: asyncpg.Connection, streams: Sequence[tuple[UUID, UUID]], version: int, seed: int) -> None:
        super().__init__(connection)
        self.streams = [[tenant, stream, version] for tenant, stream in streams]
        self.chance = Random(seed)

    async def go_on(self) -> None:
        place = self.chance.choice(self.streams)
        tenant, stream, version = place
        place[2] += 1
        await self.append(tenant, stream, version, command=anew())


async def fill(admin: asyncpg.Connection, log: Log) -> list[tuple[UUID, UUID]]:
    """Streams of 50 events each, at least one a writer, past all checks; returns their tenants and ids."""
    streams = max(ceil(WRITERS / log.tenants), log.events // log.tenants // A_STREAM)
    meta = msgspec.json.encode(actors(new_id()))
    await SQL.heads.execute(admin, tenants=log.tenants, events=streams * A_STREAM)
    await SQL.streams.execute(admin, streams=streams)
    await SQL.events.execute(admin, events=A_STREAM, name=NAME, schema_v=SCHEMA_V, meta=meta, payload=PAYLOAD)
    await SQL.settle.execute(admin)
    await SQL.write_out.execute(admin)
    return [(row["tenant_id"], row["stream_id"]) for row in await SQL.places.fetch(admin)]


async def writers(stack: AsyncExitStack, stage: Stage, log: Log) -> Sequence[Continuing]:
    """Each on a connection of its own, with a part of the streams."""
    database, ready = stage.database(), []
    admin = await asyncpg.connect(database.dsn("admin"))
    try:
        streams = await fill(admin, log)
    finally:
        await admin.close()
    for seed in range(WRITERS):
        connection = await asyncpg.connect(database.dsn("app"))
        stack.push_async_callback(connection.close)
        ready.append(Continuing(connection, streams[seed::WRITERS], A_STREAM, seed))
    return ready


@asynccontextmanager
async def grown(stage: Stage) -> AsyncIterator[Measure]:
    long = stage.size.events * TIMES
    short, many = long // SHORTER, long // (LONG // MANY)
    few = max(1, many // FEWER)
    logs = {
        "one short": Log(short, 1),
        "one long": Log(long, 1),
        "spread short": Log(short, few),
        "spread long": Log(long, few),
        "many": Log(long, many),
    }
    async with AsyncExitStack() as stack:
        ready = {name: await writers(stack, stage, log) for name, log in logs.items()}

        async def measure() -> Round:
            seconds = stage.size.seconds / 2  # so that what is short stays short
            rate = {name: (await crowd([one.go_on for one in some], seconds)).rate for name, some in ready.items()}
            return {
                "log one": Pair(rate["one long"], rate["one short"]),
                "log spread": Pair(rate["spread long"], rate["spread short"]),
                "tenants": Pair(rate["many"], rate["spread long"]),
            }

        yield measure


SCALE: Final = Group("scale", ROWS, grown)
