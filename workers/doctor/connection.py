"""The server at the other end, its schema, and what the role that connects may do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from infra import sql
from infra.citus import is_distributed, require_propagation
from infra.launcher.binaries import OLDEST_MAJOR
from workers.doctor.finding import Fault
from workers.schema import require_schema

SQL: Final = sql.load(__file__)


async def server(connection: asyncpg.Connection) -> str:
    row = await SQL.server.first(connection)
    if row is None or row["major"] < OLDEST_MAJOR:
        raise Fault(f"PostgreSQL {row and row['version']} is too old: move to {OLDEST_MAJOR} or newer.")
    return f"PostgreSQL {row['version']}"


async def schema(connection: asyncpg.Connection) -> str:
    await require_schema(connection)
    return "this release's"


def rights_of(*roles: str) -> Callable[[asyncpg.Connection], Awaitable[str]]:
    """A look at whether the role that connects is one of these, or acts as one of them, and no more than that.

    A role that row security does not bind would show every organization to every other through the first forgotten WHERE.
    """

    async def look(connection: asyncpg.Connection) -> str:
        row = await SQL.server.first(connection)
        assert row is not None  # the role that asks
        role, wanted = row["role"], " or ".join(roles)
        if row["sees_everything"]:
            raise Fault(
                f"The role {role} is a superuser or has BYPASSRLS, so row security does not bind it: name {wanted} in its URL; if that "
                f"is the one, ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS."
            )
        may = await SQL.owned.first(connection, roles=list(roles))
        if may is None or may["owns"] or not may["fits"]:
            raise Fault(f"The role {role} is not the one for this, and may do too much or too little: name {wanted} in its URL.")
        await require_propagation(connection)
        return f"{role}, bound by row security"

    return look


async def row_security(connection: asyncpg.Connection) -> str:
    """Whether the net below every statement is there."""
    if names := [row["name"] for row in await SQL.unsecured.fetch(connection)]:
        raise Fault(
            f"Row security does not guard {', '.join(names)}: a forgotten WHERE would show one organization's rows to another. "
            "Find out who changed it, ALTER TABLE ... ENABLE ROW LEVEL SECURITY, drop what policies were added, and put that of the "
            "migrations back."
        )
    if not await is_distributed(connection) and (names := [row["name"] for row in await SQL.unforced.fetch(connection)]):
        raise Fault(
            f"Row security does not bind the owner of {', '.join(names)}, as whom functions run: find out who changed it, and "
            "ALTER TABLE ... FORCE ROW LEVEL SECURITY."
        )
    return "on every table of organizations' rows"


async def directory(connection: asyncpg.Connection) -> str:
    """Whether keys, short names and jobs of all organizations can be had past the functions that hand them out one by one."""
    if open_to := [f"{row['name']} to {row['role']}" for row in await SQL.exposed.fetch(connection)]:
        raise Fault(
            f"More is granted than the migrations grant: {', '.join(open_to)}. Find out who did so, and REVOKE ALL ON it FROM that role."
        )
    return "nobody may read or change it but by its functions"
