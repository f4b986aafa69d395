"""Rows for any table that has a tenant, made from the catalogue, with a canary in every text, bytea and json column."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

COLUMNS: Final = """
SELECT format('%I.%I', n.nspname, c.relname) AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type, a.attgenerated <> '' AS generated,
       coalesce(a.attnum = ANY (k.indkey), false) AS is_key, k.indnkeyatts = 1 AS is_alone
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
 WHERE n.nspname IN ('es', 'rm') AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
   AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id')
 ORDER BY 1, a.attnum"""
FIXED: Final = {  # what the checks of a table, or the order of a log, ask for
    ("es.tenant_head", "position"): "{rows}",
    ("es.event", "version"): "1",
    ("es.event", "meta"): "convert_to(jsonb_build_object('canary', 'canary-' || t.tenant)::text, 'UTF8')",
    ("es.bridge_stream", "first"): "1",
    ("es.subject_key", "destroyed_at"): "NULL",
}
CANARY: Final = "'canary-' || {tenant} || '-{column}-' || n"
BY_TYPE: Final = {
    "uuid": "md5({tenant} || '{column}' || n)::uuid",
    "text": CANARY,
    "bytea": f"convert_to({CANARY}, 'UTF8')",
    "smallint": "n",
    "integer": "n",
    "bigint": "n",
    "boolean": "true",
    "timestamp with time zone": "now()",
}
IN_DOCUMENT: Final = {"kind": "'said', jsonb_build_object('kind', 'x')", "next_on": "'next_on', '2026-03-20'"}


class Column(NamedTuple):
    name: str
    type: str
    generated: bool
    is_key: bool


class Table(NamedTuple):
    name: str
    columns: tuple[Column, ...]
    is_single: bool  # one row a tenant

    def insert(self, tenants: str = "$1::uuid[]", rows: str = "$2::int") -> str:
        """Rows `n` from 1 to `rows` of every tenant; both are SQL."""
        own = [column for column in self.columns if not column.generated]
        upto = f"least(1, {rows})" if self.is_single else rows
        return (
            f"INSERT INTO {self.name} ({', '.join(column.name for column in own)}) SELECT {', '.join(map(self.value, own)).replace('{rows}', rows)} "
            f"FROM unnest({tenants}) AS t (tenant), generate_series(1, {upto}) AS n"
        )

    def value(self, column: Column) -> str:
        if column.name == "tenant_id":
            return "t.tenant"
        if column.type == "jsonb":
            return f"jsonb_build_object('canary', {CANARY.format(tenant='t.tenant', column=column.name)}{self.generated_parts()})"
        return FIXED.get((self.name, column.name)) or BY_TYPE[column.type].format(tenant="t.tenant", column=column.name)

    def generated_parts(self) -> str:
        """What a document holds for the columns that are made of it."""
        made = [column for column in self.columns if column.generated]
        parts = [IN_DOCUMENT[column.name] if column.type == "text" else f"'{column.name}', {self.value(column)}" for column in made]
        return "".join(f", {part}" for part in parts)


async def tables(connection: asyncpg.Connection) -> list[Table]:
    """Every table of the log and the read models that has a tenant."""
    rows: dict[str, list[asyncpg.Record]] = {}
    for row in await connection.fetch(COLUMNS):
        rows.setdefault(row["table"], []).append(row)
    return [
        Table(name, tuple(Column(row["column"], row["type"], row["generated"], row["is_key"]) for row in some), bool(some[0]["is_alone"]))
        for name, some in rows.items()
    ]


async def fill(connection: asyncpg.Connection, tenants: Sequence[UUID], rows: int, *, only_single: bool = False) -> None:
    """So many rows a tenant in every table, one where there can be one only."""
    for table in await tables(connection):
        if table.is_single or not only_single:
            await connection.execute(table.insert(), list(tenants), rows)


def canary(tenant: UUID, column: str, n: int = 1) -> str:
    """What stands in a text or bytea column of row `n`."""
    return f"canary-{tenant}-{column}-{n}"


def identity(tenant: UUID, column: str, n: int = 1) -> UUID:
    """What stands in a uuid column of row `n`."""
    return UUID(hashlib.md5(f"{tenant}{column}{n}".encode()).hexdigest())


def literals(tenant: UUID) -> dict[str, str]:
    """A value of each type, in SQL; of uuids the tenant's."""
    single = {
        "uuid": f"'{tenant}'::uuid",
        "text": "'x'",
        "bytea": "'x'::bytea",
        "jsonb": "'{}'::jsonb",
        "boolean": "true",
        "smallint": "1",
        "integer": "1",
        "bigint": "1",
        "double precision": "1",
        "interval": "interval '1 day'",
        "date": "current_date",
        "timestamp with time zone": "now()",
    }
    return single | {f"{kind}[]": f"ARRAY[{literal}]::{kind}[]" for kind, literal in single.items()}
