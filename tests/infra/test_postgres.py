"""Pools and transactions against a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from infra.broker.link import connect
from infra.eventstore.errors import Busy
from infra.eventstore.outage import outages
from infra.launcher.cluster import Cluster
from infra.postgres import RolledBack, pool, tenant_transaction
from tests.database import Database, ask

TENANT = uuid4()


@pytest.fixture
async def connections(database: Database) -> AsyncIterator[asyncpg.Pool]:
    made = await pool(database.dsn("admin"), size=1)
    ask(database.dsn("admin"), "CREATE TABLE note (n int)")
    yield made
    await made.close()


class TestATenantTransaction:
    async def test_knows_its_tenant_and_leaves_nothing_behind(self, connections: asyncpg.Pool) -> None:
        """One connection serves all tenants in turn: what one leaves on it, the next would see."""
        setting = "SELECT current_setting('app.tenant_id', true)"
        async with tenant_transaction(connections, TENANT) as connection:
            assert await connection.fetchval(setting) == str(TENANT)
        assert not await connections.fetchval(setting)

    async def test_commits_at_its_end(self, connections: asyncpg.Pool) -> None:
        async with tenant_transaction(connections, TENANT) as connection:
            await connection.execute("INSERT INTO note VALUES (1)")
        assert await connections.fetchval("SELECT count(*) FROM note") == 1

    async def test_takes_everything_back_on_an_error(self, connections: asyncpg.Pool) -> None:
        async def broken() -> None:
            async with tenant_transaction(connections, TENANT) as connection:
                await connection.execute("INSERT INTO note VALUES (1)")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await broken()
        assert await connections.fetchval("SELECT count(*) FROM note") == 0

    async def test_does_not_pass_off_a_swallowed_error_as_a_commit(self, connections: asyncpg.Pool) -> None:
        async def swallowing() -> None:
            async with tenant_transaction(connections, TENANT) as connection:
                with pytest.raises(asyncpg.DivisionByZeroError):
                    await connection.execute("SELECT 1/0")

        with pytest.raises(RolledBack):
            await swallowing()

    async def test_can_be_kept_from_writing(self, connections: asyncpg.Pool) -> None:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            async with tenant_transaction(connections, TENANT, read_only=True) as connection:
                await connection.execute("INSERT INTO note VALUES (1)")

    async def test_can_see_one_moment(self, connections: asyncpg.Pool, database: Database) -> None:
        async with tenant_transaction(connections, TENANT, isolation="REPEATABLE READ") as connection:
            assert await connection.fetchval("SELECT count(*) FROM note") == 0
            ask(database.dsn("admin"), "INSERT INTO note VALUES (1)")
            assert await connection.fetchval("SELECT count(*) FROM note") == 0

    async def test_whose_connection_breaks_says_so_and_the_next_one_works(self, connections: asyncpg.Pool, database: Database) -> None:
        async def cut() -> None:
            async with tenant_transaction(connections, TENANT) as connection:
                ask(database.dsn("admin"), f"SELECT pg_terminate_backend({connection.get_server_pid()}, 5000)")
                await connection.execute("INSERT INTO note VALUES (1)")

        with pytest.raises(asyncpg.PostgresConnectionError):
            await cut()
        async with tenant_transaction(connections, TENANT) as connection:
            assert await connection.fetchval("SELECT count(*) FROM note") == 0


LIMITS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")


async def shown(connections: asyncpg.Pool) -> list[str]:
    return [await connections.fetchval(f"SHOW {name}") for name in LIMITS]


class TestNothingGoesOnForEver:
    async def test_the_server_gives_up_before_we_do(self, database: Database) -> None:
        async with await pool(database.dsn("app")) as ours, await pool(database.dsn("projector"), command_seconds=None) as long:
            assert await shown(ours) == ["3s", "9s", "1min"]
            assert await shown(long) == ["3s", "599s", "1min"]
        async with await pool(database.dsn("app"), command_seconds=5, lock_seconds=1) as other:
            assert await shown(other) == ["1s", "4s", "1min"]

    async def test_nor_on_the_connections_of_threads(self, database: Database) -> None:
        with connect(database.dsn("worker"), "test") as connection:
            assert [connection.execute(f"SHOW {name}".encode()).fetchone() for name in LIMITS] == [
                {name: value} for name, value in zip(LIMITS, ["3s", "9s", "1min"], strict=True)
            ]

    async def test_who_waits_for_a_lock_or_works_for_too_long_is_told_to_come_back(self, database: Database) -> None:
        ask(database.dsn("admin"), "CREATE TABLE note (n int)")
        async with (
            await pool(database.dsn("admin"), command_seconds=1.2, lock_seconds=0.05) as connections,
            tenant_transaction(connections, TENANT) as holder,
        ):
            await holder.execute("LOCK TABLE note")
            for statement, cause in (
                ("SELECT * FROM note", asyncpg.LockNotAvailableError),
                ("SELECT pg_sleep(60)", asyncpg.QueryCanceledError),
            ):
                with pytest.raises(Busy) as told, outages():
                    await connections.fetch(statement)
                assert type(told.value.__cause__) is cause


async def asks_until_it_fails(connections: asyncpg.Pool) -> None:
    """A backend may answer once more before it notices that its server is gone."""
    while True:
        await connections.fetchval("SELECT 1")


async def test_a_pool_outlives_the_server(home: Path) -> None:
    with Cluster(home, durable=False) as server:
        dsn = server.dsn()
        connections = await pool(dsn, size=1)
        assert await connections.fetchval("SELECT 1") == 1
        assert server.server
        server.server.kill()
        server.server.wait()
        with pytest.raises((OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
            await asks_until_it_fails(connections)
        server.start()
        assert await connections.fetchval("SELECT 1") == 1
        await connections.close()


async def test_a_pool_can_be_made_before_the_server_is_there(home: Path) -> None:
    with Cluster(home, durable=False) as server:
        dsn = server.dsn()
    connections = await pool(dsn, size=1)
    with Cluster(home, durable=False):
        assert await connections.fetchval("SELECT 1") == 1
        await connections.close()
