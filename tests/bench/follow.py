"""G7 and G8: a read model brought up to a long log, and built anew: plans of 50 events each, one tenant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import asyncpg

from infra.eventstore.feed import feed
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.postgres import pool, transaction
from infra.sql import load
from projections import rebuild as models
from projections.checkpoint import Lag
from projections.current import CURRENT
from projections.document import fold
from projections.following import PAGE
from projections.runner import Runner
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id, register

SQL: Final = load(__file__)
PLAN: Final = CURRENT["plan"]
A_PLAN: Final = 50  # events
A_TRANSACTION: Final = 500  # upserts
CAUGHT_UP: Final = 20_000  # events at most: the slow ways go through a part of them anyway
CATCH_UP_ROWS: Final = (
    Row("G7", f"catch-up, {PAGE:,} events a page : read, decoded and folded only", "events/s", Goal(">=", 0.80)),
    Row("G7 upsert", f"catch-up : an upsert an event, {A_TRANSACTION} a transaction", "events/s", Goal(">=", 10)),
    Row("G7 single", "catch-up : a transaction an event", "events/s", Goal(">=", 100)),
)
REBUILD_ROWS: Final = (
    Row("G8", "rebuild : one SQL aggregate in the database", "events/s", Goal(">=", 0.40)),
    Row("G8 follow", "rebuild : followed from the beginning", "events/s", Goal(">=", 1.5)),
)


class Followed:
    """A log, and the ways to bring plans up to it. Each way returns how many events a second it took in."""

    def __init__(self, connections: asyncpg.Pool, admin: asyncpg.Connection, opener: Opener, tenant: UUID, events: int) -> None:
        self.connections, self.admin, self.opener = connections, admin, opener
        self.tenant, self.events = tenant, events
        self.lag = Lag(tenant, PLAN, 0)

    async def restart(self) -> None:
        """As if nothing had been followed."""
        async with self.connections.acquire() as connection, transaction(connection, self.tenant):
            await PLAN.rows().clear.execute(connection, tenant_id=self.tenant)
            await PLAN.rows().clear_texts.execute(connection, tenant_id=self.tenant)
            await SQL.restart.execute(connection, tenant_id=self.tenant, projection=PLAN.name)

    async def all(self, do: Callable[[], Awaitable[object]]) -> float:
        began = perf_counter()
        await do()
        return self.events / (perf_counter() - began)

    async def catch_up(self) -> float:
        await self.restart()
        return await self.all(Runner(self.connections, self.opener, [PLAN]).catch_up)

    async def rebuild(self) -> float:
        await self.restart()
        return await self.all(lambda: models.rebuild(self.connections, self.opener, PLAN, self.tenant))

    async def aggregate(self) -> float:
        await SQL.empty.execute(self.admin)

        async def aggregated() -> None:
            await SQL.aggregate.execute(self.admin, tenant_id=self.tenant)

        return await self.all(aggregated)

    async def only_fold(self) -> float:
        async def folded() -> None:
            documents: dict[UUID, Any] = {}
            position = 0
            async with self.connections.acquire() as connection:
                while events := await feed(connection, self.tenant, position, PAGE):
                    for fed in events:
                        if (key := PLAN.key(fed)) is not None:
                            documents[key] = PLAN.apply(documents.get(key), fed)
                    position = events[-1].position

        return await self.all(folded)

    async def upsert_each(self, seconds: float) -> float:
        """For about the given time."""
        await self.restart()
        done, began = 0, perf_counter()
        while not done or (perf_counter() - began < seconds and done < self.events):
            async with self.connections.acquire() as connection, transaction(connection, self.tenant):
                for fed in await feed(connection, self.tenant, done, A_TRANSACTION):
                    await fold(connection, self.tenant, PLAN, [fed], self.opener)
                    done += 1
                    if perf_counter() - began > seconds:
                        break
        return done / (perf_counter() - began)

    async def single(self, seconds: float) -> float:
        """For about the given time."""
        await self.restart()
        runner, done, began = Runner(self.connections, self.opener, [PLAN]), 0, perf_counter()
        while not done or (perf_counter() - began < seconds and done < self.events):
            await runner.follow([self.lag._replace(position=done)], await runner.read(self.tenant, done, done + 1))
            done += 1
        return done / (perf_counter() - began)


async def tell(store: Store, events: int) -> tuple[UUID, int]:
    """An organization with that many events in its log, about."""
    tenant = new_id()
    position = (await register(store, tenant)).position
    while position < events:
        await tell_plan(store, tenant, measurements=A_PLAN - 8)
        position += A_PLAN + 1
    return tenant, position


@asynccontextmanager
async def followed(stage: Stage, events: int) -> AsyncIterator[Followed]:
    database = stage.database()
    async with AsyncExitStack() as stack:
        async with stage.store(database) as store:
            tenant, told = await tell(store, events)
        connections = await pool(database.dsn("projector"), command_seconds=None)
        stack.push_async_callback(connections.close)
        admin = await asyncpg.connect(database.dsn("admin"))
        stack.push_async_callback(admin.close)
        await SQL.make.execute(admin)
        yield Followed(connections, admin, Opener(Vault(stage.provider)), tenant, told)


@asynccontextmanager
async def caught_up(stage: Stage) -> AsyncIterator[Measure]:
    async with followed(stage, min(CAUGHT_UP, stage.size.events)) as log:

        async def measure() -> Round:
            bound, ours = await log.only_fold(), await log.catch_up()
            upsert, single = await log.upsert_each(stage.size.seconds), await log.single(stage.size.seconds)
            return {"G7": Pair(ours, bound), "G7 upsert": Pair(ours, upsert), "G7 single": Pair(ours, single)}

        yield measure


@asynccontextmanager
async def rebuilt(stage: Stage) -> AsyncIterator[Measure]:
    async with followed(stage, stage.size.events) as log:

        async def measure() -> Round:
            aggregate, rebuild, follow = await log.aggregate(), await log.rebuild(), await log.catch_up()
            return {"G8": Pair(rebuild, aggregate), "G8 follow": Pair(rebuild, follow)}

        yield measure


CATCH_UP: Final = Group("catch-up", CATCH_UP_ROWS, caught_up)
REBUILD: Final = Group("rebuild", REBUILD_ROWS, rebuilt)
