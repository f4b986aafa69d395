"""The server at the other end, its schema, and what the role that connects may do there."""

from __future__ import annotations

from typing import Final

import asyncpg

from infra import sql
from infra.citus import require_propagation
from infra.launcher.binaries import OLDEST_MAJOR
from infra.migrate import require_version
from workers.doctor.finding import Fault

SQL: Final = sql.load(__file__)


async def server(connection: asyncpg.Connection) -> str:
    row = await SQL.server.first(connection)
    if row is None or row["major"] < OLDEST_MAJOR:
        raise Fault(f"PostgreSQL {row and row['version']} is too old: move to {OLDEST_MAJOR} or newer.")
    return f"PostgreSQL {row['version']}"


async def schema(connection: asyncpg.Connection) -> str:
    await require_version(connection)
    return "this release's"


async def rights(connection: asyncpg.Connection) -> str:
    """A role that row security does not bind would show every organization to every other through the first forgotten WHERE."""
    row = await SQL.server.first(connection)
    if row is None or row["sees_everything"]:
        raise Fault(
            f"The role {row and row['role']} is a superuser or has BYPASSRLS, so row security does not bind it: "
            "name throughline_app (for the projector, throughline_projector) in DATABASE_URL, throughline_worker in WORKER_DATABASE_URL."
        )
    await require_propagation(connection)
    return f"{row['role']}, bound by row security"


async def row_security(connection: asyncpg.Connection) -> str:
    """Whether the net below every statement is there."""
    if names := [row["name"] for row in await SQL.unsecured.fetch(connection)]:
        raise Fault(
            f"Row security does not guard {', '.join(names)}: a forgotten WHERE would show one organization's rows to another. "
            "Find out who changed it, ALTER TABLE ... ENABLE ROW LEVEL SECURITY, and put the policy of the migrations back."
        )
    return "on every table of organizations' rows"
