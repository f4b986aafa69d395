"""The log on a Citus cluster: not run unless `THROUGHLINE_CITUS_DATABASE_URL` names one, as tests/citus.py says."""

from __future__ import annotations

from collections.abc import Iterator

import asyncpg
import pytest

from infra.citus import NoCluster, NodesUntold, distribute, require_cluster, require_propagation
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool, transaction
from tests import citus
from tests.citus import ClusterDatabase, ClusterDatabases, throughline
from tests.database import Database, ask
from tests.infra.told import new_id, register

LATER = """CREATE TABLE es.later (tenant_id uuid PRIMARY KEY, word text)"""


@pytest.fixture(scope="module")
def clusters() -> Iterator[ClusterDatabases]:
    if (url := citus.named()) is None:
        pytest.skip(f"not run: {citus.VARIABLE} names no Citus cluster")
    made = ClusterDatabases(url)
    yield made
    made.drop()


@pytest.fixture(scope="module")
def spread(clusters: ClusterDatabases) -> Database:
    return clusters.make()


async def test_every_table_and_function_of_an_organization_stands_with_its_head(spread: Database) -> None:
    beside = ask(
        spread.dsn("admin"),
        """SELECT c.oid::regclass::text
             FROM pg_class c
            CROSS JOIN (SELECT colocation_id FROM citus_tables WHERE table_name = 'es.tenant_head'::regclass) h
             LEFT JOIN citus_tables t ON t.table_name = c.oid AND t.distribution_column = 'tenant_id' AND t.colocation_id = h.colocation_id
            WHERE c.relnamespace::regnamespace::text IN ('es', 'rm') AND c.relkind = 'r' AND t.table_name IS NULL""",
    )
    assert beside == [("es.projection",)]
    unsent = ask(
        spread.dsn("admin"),
        """SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace = 'es'::regnamespace
              AND NOT EXISTS (SELECT FROM pg_dist_object o WHERE o.objid = p.oid AND o.force_delegation) ORDER BY 1""",
    )
    assert unsent == [("drop_rows",), ("end_tenant",)]


async def test_no_table_forces_row_security_and_each_shard_has_it(spread: Database) -> None:
    assert ask(spread.dsn("admin"), "SELECT oid::regclass::text FROM pg_class WHERE relforcerowsecurity") == []
    shards = ask(
        spread.dsn("admin"),
        "SELECT success, result FROM run_command_on_shards('es.event', $$SELECT relrowsecurity FROM pg_class WHERE oid = '%s'::regclass$$)",
    )
    assert set(shards) == {(True, "t")}


def test_migrating_again_changes_nothing_and_spreads_what_came_later(spread: Database) -> None:
    again = throughline("migrate", "--citus", dsn=spread.dsn("admin"))
    assert (again.returncode, again.stdout) == (0, "The schema is up to date.\n")
    ask(spread.dsn("admin"), LATER)
    without = throughline("migrate", dsn=spread.dsn("admin"))
    assert (without.returncode, without.stderr) == (0, "")
    assert ask(spread.dsn("admin"), "SELECT distribution_column FROM citus_tables WHERE table_name = 'es.later'::regclass") == [
        ("tenant_id",)
    ]


def test_a_database_with_rows_is_spread_with_them(clusters: ClusterDatabases) -> None:
    database = ClusterDatabase(clusters.nodes, clusters.bare())
    admin = database.dsn("admin")
    assert throughline("migrate", dsn=admin).returncode == 0
    ask(admin, "INSERT INTO es.tenant_head SELECT gen_random_uuid(), n, now() FROM generate_series(1, 20) n")
    assert throughline("migrate", "--citus", dsn=admin).returncode == 0
    assert ask(admin, "SELECT count(*), sum(position) FROM es.tenant_head") == [(20, 210)]
    assert ask(admin, "SELECT pg_relation_size('es.tenant_head')") == [(0,)]
    assert ask(admin, "SELECT oid::regclass::text FROM pg_class WHERE relforcerowsecurity") == []


async def test_a_session_that_does_not_tell_the_nodes_sees_nothing_and_is_not_ready(spread: Database, provider: FileKeyProvider) -> None:
    connections = await pool(spread.dsn("app"))
    tenant = new_id()
    store = Store(connections, Vault(provider))
    await register(store, tenant)
    await store.settle()
    async with connections.acquire() as connection:
        await require_propagation(connection)
        async with transaction(connection, tenant):
            assert await connection.fetchval("SELECT count(*) FROM es.event WHERE tenant_id = $1", tenant) == 1
        await connection.execute("SET citus.propagate_set_commands = 'none'")
        async with transaction(connection, tenant):
            assert await connection.fetchval("SELECT count(*) FROM es.event WHERE tenant_id = $1", tenant) == 0
        with pytest.raises(NodesUntold, match="throughline migrate --citus"):
            await require_propagation(connection)
        await connection.execute("RESET citus.propagate_set_commands")
    await connections.close()


async def test_a_worker_is_no_place_to_migrate(clusters: ClusterDatabases, spread: Database) -> None:
    connection = await asyncpg.connect(citus.at(spread.dsn("admin"), node=clusters.nodes.workers[0]))
    with pytest.raises(NoCluster, match="not the coordinator"):
        await require_cluster(connection)
    await connection.close()


async def test_distributing_twice_finds_nothing_to_do(spread: Database) -> None:
    connection = await asyncpg.connect(spread.dsn("admin"))
    await distribute(connection)
    assert await distribute(connection) == []
    await connection.close()


@pytest.mark.skipif(citus.named() is not None, reason="every database of this run has the extension")
def test_a_database_without_the_extension_is_refused(database: Database) -> None:
    refused = throughline("migrate", "--citus", dsn=database.dsn("admin"))
    assert refused.returncode == 3
    assert "CREATE EXTENSION citus" in refused.stderr
