"""As each role logs in: it cannot go round its functions, and no corner of the server tells more than the tables do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from uuid import UUID

import asyncpg
import pytest

from infra.postgres import transaction
from tests.database import Database
from tests.infra.row_security.allowed import ROLES
from tests.infra.row_security.seed import fill
from tests.infra.told import new_id

CORNERS = [
    "SELECT s::text AS told FROM pg_stats s WHERE schemaname IN ('es', 'rm')",
    "SELECT s::text AS told FROM pg_stats_ext s",
    "SELECT a::text AS told FROM pg_stat_activity a",
    "SELECT p::text AS told FROM pg_prepared_statements p",
]


@pytest.fixture(scope="module")
async def pair(shared: Database) -> tuple[UUID, UUID]:
    """Two organizations with rows in every table, which the planner knows."""
    admin = await asyncpg.connect(shared.dsn("admin"))
    both = new_id(), new_id()
    await fill(admin, both, rows=2)
    await admin.execute("ANALYZE")
    await admin.close()
    return both


@pytest.fixture(params=ROLES, scope="module")
async def session(shared: Database, request: pytest.FixtureRequest) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(shared.dsn(request.param))
    yield connection
    await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE es.event SET type = 'x.y'",
        "DELETE FROM es.event",
        "TRUNCATE es.event",
        "INSERT INTO es.event (tenant_id) VALUES (gen_random_uuid())",
        "UPDATE es.tenant_head SET position = 0",
        "UPDATE es.subject_key SET destroyed_at = NULL",
        "DELETE FROM es.claim",
        "SELECT * FROM directory.organization",
        "SELECT * FROM directory.api_key",
        "SELECT slug FROM directory.ended",
        "SELECT es.erase_stream(gen_random_uuid(), gen_random_uuid())",
        "SELECT es.end_tenant('acme')",
        "SELECT es.drop_rows(gen_random_uuid(), 'es.event')",
        "ALTER TABLE es.event DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON es.event",
        "SET ROLE throughline_owner",
        "SET ROLE throughline_writer",
        "SET SESSION AUTHORIZATION throughline_owner",
        "GRANT throughline_owner TO CURRENT_USER",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "CREATE TABLE es.mine (x int)",
        "CREATE TABLE rm.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE FUNCTION es.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "SELECT pg_read_file('PG_VERSION')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT * FROM pg_statistic",
        "SELECT rolpassword FROM pg_authid",
    ],
)
async def test_nobody_goes_round_the_functions(session: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await session.execute(statement)


@pytest.mark.parametrize("corner", CORNERS)
async def test_the_servers_own_views_tell_of_no_rows(session: asyncpg.Connection, pair: tuple[UUID, UUID], corner: str) -> None:
    async with transaction(session, pair[0]):
        assert not any("canary" in row["told"] for row in await session.fetch(corner))


async def test_the_superuser_is_told_of_rows(admin: asyncpg.Connection, pair: tuple[UUID, UUID]) -> None:
    """So that the test above had something to find."""
    assert any("canary" in row["told"] for row in await admin.fetch(CORNERS[0]))


async def test_row_security_that_is_turned_off_shows_nothing_at_all(session: asyncpg.Connection) -> None:
    async with session.transaction():
        await session.execute("SET LOCAL row_security = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await session.fetch("SELECT tenant_id, type FROM es.event")


async def test_a_copy_holds_ones_own_rows(shared: Database, pair: tuple[UUID, UUID]) -> None:
    connection = await asyncpg.connect(shared.dsn("app"))
    copied = BytesIO()
    async with transaction(connection, pair[0]):
        await connection.copy_from_table("event", schema_name="es", output=copied)
        with pytest.raises(asyncpg.FeatureNotSupportedError, match="row-level security"):
            await connection.execute("SAVEPOINT before; COPY es.snapshot FROM STDIN")
        await connection.execute("ROLLBACK TO before")
    await connection.close()
    assert str(pair[0]).encode() in copied.getvalue()
    assert str(pair[1]).encode() not in copied.getvalue()


async def test_the_owner_is_bound_too(shared: Database, pair: tuple[UUID, UUID]) -> None:
    connection = await asyncpg.connect(shared.dsn("owner"))
    assert await connection.fetchval("SELECT count(*) FROM es.event") == 0
    async with transaction(connection, pair[0]):
        assert {row["tenant_id"] for row in await connection.fetch("SELECT tenant_id FROM es.event")} == {pair[0]}
    await connection.close()
