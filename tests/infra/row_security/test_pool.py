"""One connection serves all organizations in turn: whatever happens to one, the next finds nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from infra.postgres import Pool, RolledBack, StillBound, pool, tenant_transaction, transaction
from tests.database import Database, ask
from tests.infra.row_security.seed import fill
from tests.infra.told import new_id

SETTING = "SELECT coalesce(current_setting('app.tenant_id', true), '')"
SESSION = "SELECT pg_backend_pid()"
SEEN = "SELECT DISTINCT tenant_id FROM es.event UNION SELECT DISTINCT tenant_id FROM es.snapshot"
Mishap = Callable[[asyncpg.Connection], Awaitable[object]]


@pytest.fixture(scope="module")
async def tenants(shared: Database) -> list[UUID]:
    """Two organizations with rows in every table."""
    admin = await asyncpg.connect(shared.dsn("admin"))
    pair = [new_id(), new_id()]
    await fill(admin, pair, rows=1)
    await admin.close()
    return pair


@pytest.fixture
async def single(shared: Database) -> AsyncIterator[Pool]:
    """One connection of the application, for all."""
    made = await pool(shared.dsn("app"), size=1, command_seconds=5)
    yield made
    await made.close()


async def is_clean(single: Pool, tenant: UUID) -> bool:
    """Nothing is set and nothing seen; the next transaction sees its own rows."""
    assert await single.fetchval(SETTING) == ""
    assert await single.fetch(SEEN) == []
    async with tenant_transaction(single, tenant) as connection:
        assert {row["tenant_id"] for row in await connection.fetch(SEEN)} == {tenant}
    return bool(await single.fetchval(SETTING) == "")


async def refused(connection: asyncpg.Connection) -> None:
    await connection.execute("SELECT 1 / 0")


async def swallowed(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await connection.execute("SELECT 1 / 0")


async def raised(connection: asyncpg.Connection) -> None:
    raise ZeroDivisionError


async def out_of_time(connection: asyncpg.Connection) -> None:
    await connection.execute("SELECT pg_sleep(60)", timeout=0.05)


async def out_of_the_servers_time(connection: asyncpg.Connection) -> None:
    await connection.execute("SET LOCAL statement_timeout = 50; SELECT pg_sleep(60)")


async def left_in_a_savepoint(connection: asyncpg.Connection) -> None:
    await connection.execute("SAVEPOINT inner")
    raise ZeroDivisionError


async def left_with_a_cursor(connection: asyncpg.Connection) -> None:
    await connection.cursor("SELECT generate_series(1, 100)")
    raise ZeroDivisionError


async def asked_about_another(connection: asyncpg.Connection) -> None:
    """A function binds the tenant that it is asked about, until the end of the transaction that it is called in."""
    await connection.fetch("SELECT * FROM es.feed($1, 0, 10)", new_id())


@pytest.mark.parametrize(
    "mishap",
    [refused, swallowed, raised, out_of_time, out_of_the_servers_time, left_in_a_savepoint, left_with_a_cursor, asked_about_another],
)
async def test_a_transaction_that_goes_wrong_leaves_nothing_behind(single: Pool, tenants: list[UUID], mishap: Mishap) -> None:
    session = await single.fetchval(SESSION)
    for one, other in [tenants, tenants[::-1]] * 2:
        try:
            async with tenant_transaction(single, one) as connection:
                await mishap(connection)
        except (asyncpg.PostgresError, ZeroDivisionError, TimeoutError, RolledBack):
            pass
        assert await is_clean(single, other)
    served_all = await single.fetchval(SESSION) == session
    assert served_all is (mishap is not out_of_time), "one connection served them all, unless it was given up"


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30])
async def test_a_transaction_that_is_cancelled_leaves_nothing_behind(single: Pool, tenants: list[UUID], steps: int) -> None:
    """After so many turns of the event loop: while it waits for the connection, begins, asks, or ends."""

    async def work() -> None:
        async with tenant_transaction(single, tenants[0]) as connection:
            await connection.fetch(SEEN)
            await connection.execute("SELECT pg_sleep(60)")

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await is_clean(single, tenants[1])


async def test_a_transaction_that_is_cancelled_as_it_begins_leaves_a_held_connection_free(shared: Database, tenants: list[UUID]) -> None:
    """Without a pool, nobody but the transaction itself rolls back."""
    connection = await asyncpg.connect(shared.dsn("app"))

    async def work() -> None:
        async with transaction(connection, tenants[0]):
            await connection.fetch(SEEN)

    for steps in range(12):
        task = asyncio.create_task(work())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await connection.fetchval(SETTING) == ""
        assert not connection.is_in_transaction()
    await connection.close()


async def test_a_transaction_that_is_killed_leaves_nothing_behind(single: Pool, shared: Database, tenants: list[UUID]) -> None:
    async def killed() -> None:
        async with tenant_transaction(single, tenants[0]) as connection:
            ask(shared.dsn("admin"), f"SELECT pg_terminate_backend({connection.get_server_pid()}, 5000)")
            await connection.fetch(SEEN)

    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
        await killed()
    assert await is_clean(single, tenants[1])


async def test_functions_leave_nothing_behind(single: Pool, tenants: list[UUID]) -> None:
    """Each binds its tenant for as long as its own statement takes."""
    for tenant in tenants * 2:
        assert await single.fetch("SELECT * FROM es.feed($1, 0, 10)", tenant)
        with pytest.raises(asyncpg.PostgresError):
            await single.fetch("SELECT 1 / count(*) FROM es.feed($1, 5, 10)", tenant)
        assert await single.fetchval(SETTING) == ""
        assert await single.fetch(SEEN) == []


@pytest.mark.parametrize(
    "setting", ["SET app.tenant_id = '{0}'", "SELECT set_config('app.tenant_id', '{0}', false)", "BEGIN; SET LOCAL app.tenant_id = '{0}'"]
)
async def test_a_session_that_somebody_bound_is_refused_and_replaced(shared: Database, tenants: list[UUID], setting: str) -> None:
    connections = await pool(shared.dsn("app"), size=1)
    async with connections.acquire() as connection:
        bound = await connection.fetchval(SESSION)
        await connection.execute(setting.format(tenants[0]))
        begun = transaction(connection, tenants[1])
        with pytest.raises(StillBound, match=str(tenants[0])):
            await begun.__aenter__()
    assert await connections.fetchval(SESSION) != bound
    assert await is_clean(connections, tenants[1])
    await connections.close()


async def test_what_is_no_id_is_not_put_into_a_statement(single: Pool, tenants: list[UUID]) -> None:
    async with single.acquire() as connection:
        with pytest.raises(ValueError, match="hexadecimal"):
            await transaction(connection, tenants[0], "REPEATABLE READ", snapshot="1'; RESET ROLE; --").__aenter__()
