"""Behind PgBouncer: what it breaks is seen and said, and with what the cure says everything works."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import STATEMENTS, pool
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.bouncer import NEWER, PgBouncer
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id, register
from workers.doctor.finding import Fault
from workers.doctor.pooler import pooler, pooling

CLIENTS, PLANS = 24, 3  # more clients than the pooler has servers


@pytest.fixture
def transactions(home: Path, shared: Database) -> Iterator[PgBouncer]:
    """The distribution's, which gives a server to whoever has a transaction."""
    yield from started(PgBouncer(home, shared))


@pytest.fixture
def sessions(home: Path, shared: Database) -> Iterator[PgBouncer]:
    yield from started(PgBouncer(home, shared, mode="session", servers=40))


@pytest.fixture
def newer(home: Path, shared: Database) -> Iterator[PgBouncer]:
    """One that carries kept statements along; only where it is named, for the distribution has none."""
    if NEWER not in os.environ:
        pytest.skip(f"not run: {NEWER} names no PgBouncer from 1.21 on")
    yield from started(PgBouncer(home, shared, program=Path(os.environ[NEWER])))


def started(server: PgBouncer) -> Iterator[PgBouncer]:
    server.start()
    yield server
    server.end()


async def test_without_a_pooler_there_is_none(shared: Database) -> None:
    assert await pooler(shared.dsn("app")) == "none in between"


async def test_one_that_loses_kept_statements_is_refused_with_its_cure(transactions: PgBouncer) -> None:
    assert (await pooling(transactions.dsn())).carries is False
    with pytest.raises(Fault, match=rf"loses the statements.*1\.21.*{STATEMENTS}=0"):
        await pooler(transactions.dsn())


async def test_one_with_too_few_servers_is_refused(home: Path, shared: Database) -> None:
    for one in started(PgBouncer(home, shared, servers=1)):
        with pytest.raises(Fault, match="larger pool"):
            await pooler(one.dsn())


async def test_without_kept_statements_it_is_let_be(transactions: PgBouncer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STATEMENTS, "0")
    assert f"({STATEMENTS}=0)" in await pooler(transactions.dsn())


async def test_one_that_gives_each_client_a_server_is_let_be(sessions: PgBouncer) -> None:
    assert "a server of its own" in await pooler(sessions.dsn())


async def test_without_kept_statements_everything_works_for_many_at_once(
    transactions: PgBouncer, provider: FileKeyProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STATEMENTS, "0")
    await coached(transactions, provider)


async def test_one_that_carries_them_along_is_let_be_and_works(newer: PgBouncer, provider: FileKeyProvider) -> None:
    assert "carries" in await pooler(newer.dsn())
    await coached(newer, provider)


async def coached(bouncer: PgBouncer, provider: FileKeyProvider) -> None:
    """Each client, an organization of its own, writes plans, reads them back whole, and nobody else's; then all are projected."""

    async def one(store: Store) -> UUID:
        tenant = new_id()
        await register(store, tenant)
        for _ in range(PLANS):
            plan = await tell_plan(store, tenant, measurements=20)
            reading = await store.read(tenant, plan)
            assert (reading.version(plan), reading.state(plan).id) == (28, plan)
        return tenant

    async with stores(bouncer, provider) as many:
        tenants = await asyncio.gather(*(one(store) for store in many))
    async with await pool(bouncer.dsn("projector"), size=3) as connections:
        runner = Runner(connections, Opener(Vault(provider)))
        while await runner.round():
            pass
    behind = ask(
        bouncer.database.dsn("admin"),
        "SELECT h.tenant_id, c.projection FROM es.tenant_head h JOIN es.checkpoint c USING (tenant_id) WHERE c.position < h.position",
    )
    assert not [row for row in behind if row[0] in tenants]
    assert ask(bouncer.database.dsn("admin"), "SELECT count(*) FROM pg_stat_activity WHERE usename = 'throughline_app'")[0][0] <= 45


@asynccontextmanager
async def stores(bouncer: PgBouncer, provider: FileKeyProvider) -> AsyncIterator[list[Store]]:
    """As many processes would have."""
    pools = [await pool(bouncer.dsn(), size=2) for _ in range(CLIENTS)]
    try:
        yield [Store(each, Vault(provider)) for each in pools]
    finally:
        for each in pools:
            await each.close()
