"""G1, G2, G3: one event appended, by many at once, to many organizations and to one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, NamedTuple

import asyncpg

from infra.eventstore.store import Store
from infra.eventstore.vault import Holder
from tests.bench.crowd import crowd
from tests.bench.library import library
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.threads import crowd_of_threads
from tests.bench.writer import SQL, Firm, Writer
from tests.database import Database
from tests.infra.told import new_id, person, record, register

MANY: Final = 200  # organizations


class Goals(NamedTuple):
    """Of an append at that many writers: throughput with and without a command row, as a part of a bare insert's."""

    command: float
    plain: float


WRITERS: Final = {8: Goals(0.40, 0.48), 32: Goals(0.32, 0.40)}
MANY_ROWS: Final = tuple(
    row
    for writers, goals in WRITERS.items()
    for row in (
        Row(
            f"G1 {writers}", f"append with a command row, {writers} writers, {MANY} tenants : bare insert", "1/s", Goal(">=", goals.command)
        ),
        Row(f"G1 {writers} p95", "the same, 95th percentile : bare insert", "ms", Goal("<=", 2.8)),
        Row(f"G1 {writers} plain", "append without a command row : bare insert", "1/s", Goal(">=", goals.plain)),
        Row(f"G1 {writers} whole", "append with command row, claim and two values sealed : bare insert", "1/s"),
        Row(f"G2 {writers}", "append with a command row : the library's recorder", "1/s", Goal(">=", 3.0)),
    )
)
ONE_ROWS: Final = tuple(
    row
    for writers in WRITERS
    for row in (
        Row(f"G3 {writers}", f"append with a command row, {writers} writers, 1 tenant : the library's recorder", "1/s", Goal(">=", 1.5)),
        Row(f"G3 {writers} p95", "the same, 95th percentile : the library's recorder", "ms", Goal("<=", 0.7)),
    )
)


async def firm(store: Store) -> Firm:
    """A new organization with a person in it."""
    tenant, somebody = new_id(), new_id()
    await register(store, tenant)
    await record(store, tenant, somebody, [person(somebody)])
    holder = Holder(somebody, somebody)
    return Firm(tenant, (await store.vault.sealing_keys(store.pool, tenant, [holder]))[holder], somebody)


@asynccontextmanager
async def writers(stage: Stage, database: Database, tenants: int) -> AsyncIterator[Sequence[Writer]]:
    """As many as ever write at once, with their organizations and the tables of all sides."""
    async with AsyncExitStack() as stack:
        admin = await asyncpg.connect(database.dsn("admin"))
        stack.push_async_callback(admin.close)
        for statement in (SQL.make, SQL.grant):
            await statement.execute(admin)
        store = await stack.enter_async_context(stage.store(database))
        firms = [await firm(store) for _ in range(tenants)]
        most = max(WRITERS)
        theirs = stack.enter_context(library(database, POSTGRES_POOL_SIZE=str(most)))
        ready = []
        for seed in range(most):
            connection = await asyncpg.connect(database.dsn("app"))
            stack.push_async_callback(connection.close)
            ready.append(Writer(connection, theirs.recorder, firms, seed))
        yield ready


@asynccontextmanager
async def to_many(stage: Stage) -> AsyncIterator[Measure]:
    async with writers(stage, stage.database(), min(MANY, stage.size.events // 20)) as ready:

        async def measure() -> Round:
            found: dict[str, Pair] = {}
            for number in WRITERS:
                some, seconds = ready[:number], stage.size.seconds
                bare = await crowd([one.bare for one in some], seconds)
                command = await crowd([one.command for one in some], seconds)
                plain = await crowd([one.plain for one in some], seconds)
                whole = await crowd([one.whole for one in some], seconds)
                theirs = await crowd_of_threads([one.recorded for one in some], seconds)
                found |= {
                    f"G1 {number}": Pair(command.rate, bare.rate),
                    f"G1 {number} p95": Pair(command.p95, bare.p95),
                    f"G1 {number} plain": Pair(plain.rate, bare.rate),
                    f"G1 {number} whole": Pair(whole.rate, bare.rate),
                    f"G2 {number}": Pair(command.rate, theirs.rate),
                }
            return found

        yield measure


@asynccontextmanager
async def to_one(stage: Stage) -> AsyncIterator[Measure]:
    async with writers(stage, stage.database(), 1) as ready:

        async def measure() -> Round:
            found: dict[str, Pair] = {}
            for number in WRITERS:
                some, seconds = ready[:number], stage.size.seconds
                ours = await crowd([one.command for one in some], seconds)
                theirs = await crowd_of_threads([one.recorded for one in some], seconds)
                found |= {f"G3 {number}": Pair(ours.rate, theirs.rate), f"G3 {number} p95": Pair(ours.p95, theirs.p95)}
            return found

        yield measure


APPEND: Final = Group("append", MANY_ROWS, to_many)
ONE_TENANT: Final = Group("one-tenant", ONE_ROWS, to_one)
