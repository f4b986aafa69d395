"""Whatever the isolation rests on is taken away, piece by piece: the sweep names each piece.

What is of one kind goes in one transaction, and every one of them has to be named by itself.
"""

from __future__ import annotations

import asyncpg
import pytest

from tests.infra.row_security.allowed import DEFINERS, WITHOUT_TENANT
from tests.infra.row_security.catalogue import SQL, faults, said, wrong_rights

POLICY = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
MUTATIONS = {
    "the policy is dropped": ("unguarded: {table}", "DROP POLICY tenant ON {table}"),
    "the policy shows everything": ("loose_policy: {table}: tenant", "ALTER POLICY tenant ON {table} USING (true)"),
    "the policy lets everything in": ("loose_policy: {table}: tenant", "ALTER POLICY tenant ON {table} WITH CHECK (true)"),
    "the policy compares nothing": ("loose_policy: {table}: tenant", "ALTER POLICY tenant ON {table} USING (tenant_id = tenant_id)"),
    "the policy asks by a subselect": (
        "loose_policy: {table}: tenant",
        f"ALTER POLICY tenant ON {{table}} USING ((SELECT {POLICY})) WITH CHECK ((SELECT {POLICY}))",
    ),
    "the policy is for some": ("loose_policy: {table}: tenant", "ALTER POLICY tenant ON {table} TO throughline_app"),
    "the owner is let through": ("open_relation: {table}", "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"),
    "row security is off": ("open_relation: {table}", "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
    "a second policy opens it": ("loose_policy: {table}: open", "CREATE POLICY open ON {table} FOR SELECT USING (true)"),
    "the application owns it": ("other_owner: {table}", "ALTER TABLE {table} OWNER TO throughline_app"),
}
RELATION_RIGHTS = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]


async def guarded(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch(
        """SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('es', 'rm') AND c.relkind = 'r'"""
    )
    names = [row["name"] for row in rows if row["name"] not in WITHOUT_TENANT]
    assert len(names) > 30
    return names


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_a_table_that_loses_its_guard_is_named(scratch: asyncpg.Connection, mutation: str) -> None:
    named, statement = MUTATIONS[mutation]
    tables = await guarded(scratch)
    await scratch.execute(";".join(statement.format(table=table) for table in tables))
    assert {named.format(table=table) for table in tables} - await faults(scratch) == set()


async def test_a_right_that_is_missing_is_named(scratch: asyncpg.Connection) -> None:
    held = {(row["role"], row["name"], row["right"]) for row in await SQL.right.fetch(scratch)}
    assert len(held) > 150
    await scratch.execute(";".join(revoked(*right) for right in held))
    assert await wrong_rights(scratch) == {f"missing right: {said(right)}" for right in held}


def revoked(role: str, name: str, right: str) -> str:
    privilege, _, column = right.partition(" of ")
    kind = "FUNCTION" if privilege == "EXECUTE" else "TABLE"
    return f"REVOKE {privilege}{f' ({column})' if column else ''} ON {kind} {name} FROM {role}"


@pytest.mark.parametrize("role", ["app", "projector", "worker", "bridge", "writer"])
async def test_a_right_too_many_is_named(scratch: asyncpg.Connection, role: str) -> None:
    who = f"throughline_{role}"
    held = {(row["name"], row["right"]) for row in await SQL.right.fetch(scratch) if row["role"] == who}
    added = {(table, right) for table in [*await guarded(scratch), *WITHOUT_TENANT] for right in RELATION_RIGHTS} - held
    added |= {(name, "EXECUTE") for name in await functions(scratch)} - held
    await scratch.execute(
        ";".join(f"GRANT {right} ON {'FUNCTION' if right == 'EXECUTE' else 'TABLE'} {name} TO {who}" for name, right in added)
    )
    named = await wrong_rights(scratch)
    assert {f"extra right: {said((who, *right))}" for right in added if not is_owner(role, *right)} - named == set()


def is_owner(role: str, name: str, right: str) -> bool:
    return role == "writer" and right == "EXECUTE" and name in DEFINERS


async def functions(connection: asyncpg.Connection) -> set[str]:
    rows = await connection.fetch(
        "SELECT pronamespace::regnamespace || '.' || proname AS name FROM pg_proc WHERE pronamespace::regnamespace::text IN ('es', 'directory')"
    )
    return {row["name"] for row in rows}


async def test_a_function_that_anybody_may_call_or_that_takes_other_rights_is_named(scratch: asyncpg.Connection) -> None:
    names = await functions(scratch)
    await scratch.execute(";".join(f"GRANT EXECUTE ON FUNCTION {name} TO PUBLIC; ALTER FUNCTION {name} SECURITY DEFINER" for name in names))
    named = await faults(scratch)
    assert {f"extra right: PUBLIC EXECUTE on {name}" for name in names} - named == set()
    assert {f"strange_definer: {name}" for name in names - DEFINERS.keys()} - named == set()


async def test_a_definer_that_loses_its_search_path_or_its_rights_is_named(scratch: asyncpg.Connection) -> None:
    await scratch.execute(";".join(f"ALTER FUNCTION {name} RESET search_path" for name in DEFINERS))
    assert {f"strange_definer: {name}" for name in DEFINERS} - await faults(scratch) == set()
    await scratch.execute(";".join(f"ALTER FUNCTION {name} SECURITY INVOKER" for name in DEFINERS))
    assert {f"missing_definer: {name}" for name in DEFINERS} - await faults(scratch) == set()


async def test_a_key_without_the_tenant_is_named(scratch: asyncpg.Connection) -> None:
    tables = await guarded(scratch)
    columns = {
        table: await scratch.fetchval(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND attname <> 'tenant_id' ORDER BY attnum LIMIT 1",
            table,
        )
        for table in tables
    }
    for number, (table, column) in enumerate(columns.items()):
        await scratch.execute(
            f"CREATE UNIQUE INDEX mutated_{number} ON {table} ({column}, tenant_id) WHERE false"
        )  # whatever rows there are
    named = {fault.partition(".")[2] for fault in await faults(scratch) if fault.startswith("foreign_first")}
    assert named == {f"mutated_{number}" for number in range(len(tables))}
