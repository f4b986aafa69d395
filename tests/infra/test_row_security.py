"""No organization sees another's rows: swept from the database's own catalogue, so that a new table cannot be forgotten."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import asyncpg
import pytest

from domain.values import OfClient
from infra.eventstore.store import Store
from infra.postgres import transaction
from tests.database import Database
from tests.infra.told import agreement, engagement, new_id, policy, record, recording, register

SCHEMAS = ["es", "rm", "directory", "jobs"]
ROLES = ["app", "projector", "worker"]

# Without a tenant: about the installation, or read before the tenant is known. No personal data in any.
NO_TENANT_POLICY = {
    "es.projection",
    "directory.organization",
    "directory.api_key",
    "directory.ended",
    "jobs.job",
    "jobs.schedule",
    "jobs.follower",
}

# Run with their owner's rights, which are those of throughline_writer: it owns no table, so row security binds it.
DEFINERS = {
    "es": {"append", "add_tenant_key", "add_subject_key", "destroy_key", "rotate_key", "forget_commands", "steps_since", "bridge_append"},
    "directory": {"reserve_slug", "confirm_slug", "find_slug", "add_key", "find_key", "keys_of", "revoke_key", "revoke_keys", "forget_keys"},
}

READ = {"SELECT"}
WRITE = {"SELECT", "INSERT", "UPDATE", "DELETE"}
LOG = ["tenant_head", "event", "stream", "command", "claim", "tenant_key", "subject_key", "checkpoint", "projection"]
MAY = {
    "app": {**{f"es.{table}": READ for table in LOG}, "es.snapshot": WRITE, "es.look": WRITE - {"DELETE"}, "es.bridge_stream": READ},
    "projector": {
        **{f"es.{table}": READ for table in ("tenant_head", "event", "stream", "tenant_key", "subject_key")},
        "es.checkpoint": WRITE,
        "es.projection": WRITE,
    },
    "worker": {
        **{f"es.{table}": READ for table in ("tenant_head", "projection")},
        "es.checkpoint": {"SELECT", "INSERT", "UPDATE"},
        "es.event": {f"SELECT of {column}" for column in ("tenant_id", "stream_id", "version", "position", "type", "recorded_at")},
        "directory.ended": {"SELECT of tenant_id"},
        "jobs.job": WRITE,
        "jobs.schedule": {"SELECT", "INSERT", "UPDATE"},
        "jobs.follower": READ,
    },
}
SCANNED = {"es.tenant_head", "es.checkpoint"}  # by the projector and the worker, of all tenants: ids and positions


async def tables(admin: asyncpg.Connection) -> list[asyncpg.Record]:
    return await admin.fetch(
        """SELECT format('%I.%I', n.nspname, c.relname) AS name, c.oid, c.relkind::text AS kind, c.relrowsecurity, c.relforcerowsecurity,
                  c.relowner::regrole::text AS owner,
                  EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull) AS has_tenant
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')""",
        SCHEMAS,
    )


async def test_every_table_has_a_tenant_and_row_security(admin: asyncpg.Connection) -> None:
    found = {row["name"]: row for row in await tables(admin)}
    assert len(found) > 15
    assert found.keys() >= NO_TENANT_POLICY
    for name, row in found.items():
        assert (row["kind"], row["owner"]) in (("r", "throughline_owner"), ("v", "throughline_owner")), name
        if name not in NO_TENANT_POLICY and row["kind"] == "r":
            assert (row["has_tenant"], row["relrowsecurity"], row["relforcerowsecurity"]) == (True, True, True), name


async def test_every_policy_compares_the_tenant_both_ways(admin: asyncpg.Connection) -> None:
    own = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)"
    policies = defaultdict(list)
    for row in await admin.fetch(
        "SELECT format('%I.%I', schemaname, tablename) AS name, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies"
    ):
        policies[row["name"]].append(row)
    guarded = {row["name"] for row in await tables(admin) if row["kind"] == "r"} - NO_TENANT_POLICY
    assert policies.keys() == guarded
    for name, some in policies.items():
        (tenant,) = [row for row in some if row["policyname"] != "scan"]
        assert (tenant["cmd"], tenant["qual"], tenant["with_check"]) == ("ALL", own, own), name
        for scan in [row for row in some if row["policyname"] == "scan"]:
            assert name in SCANNED
            assert (scan["cmd"], set(scan["roles"])) == ("SELECT", {"throughline_projector", "throughline_worker"})


async def test_every_key_begins_with_the_tenant(admin: asyncpg.Connection) -> None:
    keys = await admin.fetch(
        """SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS of,
                  (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0]) AS first
             FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace::regnamespace::text = ANY ($1)""",
        SCHEMAS,
    )
    assert len(keys) > 15
    assert [row["name"] for row in keys if row["of"] not in NO_TENANT_POLICY and row["first"] != "tenant_id"] == []


async def test_nothing_that_cannot_be_distributed_or_goes_round_row_security(admin: asyncpg.Connection) -> None:
    kinds = {(row["name"], row["kind"]) for row in await tables(admin)}
    assert {name for name, kind in kinds if kind not in ("r", "v")} == set()  # no sequence, no materialized view, no partition
    views = await admin.fetch(
        """SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace::regnamespace::text = ANY ($1)
              AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)""",
        SCHEMAS,
    )
    assert views == []
    rest = await admin.fetch(
        """SELECT tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace::regnamespace::text = ANY ($1)
           UNION ALL SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND connamespace::regnamespace::text = ANY ($1)""",
        SCHEMAS,
    )
    assert rest == []


async def test_no_role_stands_above_row_security(admin: asyncpg.Connection) -> None:
    roles = await admin.fetch("SELECT * FROM pg_roles WHERE rolname LIKE 'throughline\\_%'")
    assert {row["rolname"] for row in roles} >= {f"throughline_{name}" for name in ("owner", "writer", *ROLES)}
    for row in roles:
        above = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
        assert [power for power in above if row[power]] == [], row["rolname"]
        assert row["rolcanlogin"] == (row["rolname"] not in ("throughline_owner", "throughline_writer"))
    members = await admin.fetch("SELECT member::regrole::text FROM pg_auth_members WHERE member::regrole::text LIKE 'throughline\\_%'")
    assert members == []
    owners = await admin.fetch(
        "SELECT DISTINCT relowner::regrole::text AS name FROM pg_class WHERE relnamespace::regnamespace::text = ANY ($1)", SCHEMAS
    )
    assert [row["name"] for row in owners] == ["throughline_owner"]


async def test_only_listed_functions_run_with_other_rights(admin: asyncpg.Connection) -> None:
    found = await admin.fetch(
        """SELECT pronamespace::regnamespace::text AS schema, proname, proowner::regrole::text AS owner, proconfig, prosecdef, proacl::text AS acl
             FROM pg_proc WHERE pronamespace::regnamespace::text = ANY ($1)""",
        [*SCHEMAS, "public"],
    )
    definers = defaultdict(set)
    for row in found:
        assert row["acl"] is not None, f"{row['proname']} may be called by everybody"
        assert not any(entry.startswith("=") for entry in row["acl"].strip("{}").split(",")), row["proname"]
        if row["prosecdef"]:
            definers[row["schema"]].add(row["proname"])
            assert row["owner"] == "throughline_writer"
            assert "search_path=pg_catalog, pg_temp" in row["proconfig"], row["proname"]
    assert definers == DEFINERS


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_may_do_what_is_listed_and_nothing_else(admin: asyncpg.Connection, role: str) -> None:
    found = defaultdict(set)
    for row in await admin.fetch(
        """SELECT c.oid::regclass::text AS name, acl.privilege_type FROM pg_class c, aclexplode(c.relacl) acl
            WHERE c.relnamespace::regnamespace::text = ANY ($1) AND acl.grantee IN ($2::regrole, 0)
           UNION ALL SELECT a.attrelid::regclass::text, acl.privilege_type || ' of ' || a.attname
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, aclexplode(a.attacl) acl
            WHERE c.relnamespace::regnamespace::text = ANY ($1) AND acl.grantee IN ($2::regrole, 0)""",
        SCHEMAS,
        f"throughline_{role}",
    ):
        found[row["name"]].add(row["privilege_type"])
    read_models = {name: found.pop(name) for name in list(found) if name.startswith("rm.")}
    assert dict(found) == MAY[role]
    assert all(privileges == (WRITE if role == "projector" else READ) for privileges in read_models.values()), read_models


@pytest.fixture
async def two(log: Store, connection: asyncpg.Connection) -> tuple[UUID, UUID]:
    """Two organizations with a row in every table that the store fills."""
    pair = new_id(), new_id()
    for tenant in pair:
        await register(log, tenant)
        client, coaching = new_id(), new_id()
        await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
        key = await log.command_key(tenant, client, "k", "POST", "/", b"")
        await log.execute(tenant, [tenant], recording(tenant, policy()), key=key)
        await connection.execute("SELECT es.keep_snapshot($1, $1, 'organization@0', 1, $2)", tenant, b"{}")
    return pair


async def readable(admin: asyncpg.Connection, role: str) -> list[str]:
    rows = await admin.fetch(
        """SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relnamespace::regnamespace::text = ANY ($1) AND c.relkind IN ('r', 'v')
              AND has_table_privilege($2, c.oid, 'SELECT')""",
        SCHEMAS,
        f"throughline_{role}",
    )
    return [row["name"] for row in rows if row["name"] not in NO_TENANT_POLICY]


@pytest.mark.parametrize("role", ROLES)
async def test_a_tenant_sees_its_own_rows_and_without_one_nothing_is_seen(
    admin: asyncpg.Connection, shared: Database, two: tuple[UUID, UUID], role: str
) -> None:
    names = await readable(admin, role)
    assert names
    connection = await asyncpg.connect(shared.dsn(role))
    for name in names:
        if role != "app" and name in SCANNED:
            continue
        assert await connection.fetchval(f"SELECT count(*) FROM {name}") == 0, name
        async with transaction(connection, two[0]):
            seen = {row["tenant_id"] for row in await connection.fetch(f"SELECT tenant_id FROM {name}")}
            assert seen <= {two[0]}, name
            assert await connection.fetchval(f"SELECT count(*) FROM {name} WHERE tenant_id = $1", two[1]) == 0, name
        assert await connection.fetchval(f"SELECT count(*) FROM {name}") == 0, f"{name}, after a transaction"
    await connection.close()


async def test_the_sweep_above_had_rows_to_find(admin: asyncpg.Connection, app: asyncpg.Pool, two: tuple[UUID, UUID]) -> None:
    filled = ["event", "tenant_head", "stream", "command", "tenant_key", "subject_key", "snapshot"]
    async with app.acquire() as connection, transaction(connection, two[0]):
        counts = {name: await connection.fetchval(f"SELECT count(*) FROM es.{name}") for name in filled}
    assert all(counts.values()), counts


async def test_nobody_writes_into_another_organization(connection: asyncpg.Connection, shared: Database, two: tuple[UUID, UUID]) -> None:
    mine, other = two
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with transaction(connection, mine):
            await connection.execute("INSERT INTO es.snapshot VALUES ($1, $1, 'organization@1', 1, '')", other)
    async with transaction(connection, mine):
        assert await connection.execute("DELETE FROM es.snapshot WHERE tenant_id = $1", other) == "DELETE 0"
        assert await connection.execute("UPDATE es.snapshot SET version = 9 WHERE tenant_id = $1", other) == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with transaction(connection, mine):
            await connection.execute("UPDATE es.snapshot SET tenant_id = $1", other)


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
        "ALTER TABLE es.event DISABLE ROW LEVEL SECURITY",
        "SET ROLE throughline_owner",
        "CREATE TABLE es.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE FUNCTION es.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
async def test_the_application_cannot_go_round_its_functions(connection: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)


async def test_a_function_shows_the_rows_of_the_tenant_that_it_is_asked_about(
    connection: asyncpg.Connection, two: tuple[UUID, UUID]
) -> None:
    mine, other = two
    assert {row["id"] for row in await connection.fetch("SELECT * FROM es.load($1, $2)", mine, [other])} == {mine}  # the head row
    assert await connection.fetch("SELECT * FROM es.hindsight($1, $2, 1000)", mine, [other]) == []
    assert await connection.fetchval("SELECT current_setting('app.tenant_id', true)") in ("", None)


async def test_who_scans_sees_positions_of_all_and_events_of_none(shared: Database, two: tuple[UUID, UUID]) -> None:
    for role in ("projector", "worker"):
        connection = await asyncpg.connect(shared.dsn(role))
        heads = {row["tenant_id"]: row["position"] for row in await connection.fetch("SELECT * FROM es.tenant_head")}
        assert [heads[tenant] for tenant in two] == [4, 4]
        await connection.close()
