"""Connections to PostgreSQL from asyncio: a pool that outlives the server, and transactions bound to one tenant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Literal
from uuid import UUID

import asyncpg

CONNECT_SECONDS: Final = 5
ACQUIRE_SECONDS: Final = 2  # then the caller is told to come back, rather than kept in a queue
COMMAND_SECONDS: Final = 10
IDLE_SECONDS: Final = 300  # then an unused connection is closed
REUSED: Final = 50_000  # statements, then a connection is replaced

Isolation = Literal["READ COMMITTED", "REPEATABLE READ"]


class RolledBack(Exception):
    """The transaction was ended by ROLLBACK though COMMIT was asked for: an error inside it was swallowed."""


class Pool(asyncpg.Pool):  # type: ignore[misc]  # asyncpg has no types
    """A pool in which nobody waits long: also the statements that it is asked for directly take their turn within the time."""

    def acquire(self, *, timeout: float | None = ACQUIRE_SECONDS) -> Any:
        return super().acquire(timeout=timeout)


async def pool(
    dsn: str, *, name: str = "throughline", size: int = 10, init: Any = None, command_seconds: float | None = COMMAND_SECONDS
) -> asyncpg.Pool:
    """A pool of at most `size` connections, opened when needed: it can be made, and goes on, while the server is away.

    A lost connection is replaced at the next use. `init(connection)` runs once for each new one; a statement that takes longer
    than `command_seconds` is cancelled (`TimeoutError`). What is set on a session stays set: use `SET LOCAL`.
    """
    return await Pool(
        dsn,
        min_size=0,
        max_size=size,
        max_queries=REUSED,
        max_inactive_connection_lifetime=IDLE_SECONDS,
        loop=None,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        timeout=CONNECT_SECONDS,
        command_timeout=command_seconds,
        server_settings={"application_name": name},
        init=init,
        reset=untouched,
    )


async def untouched(connection: asyncpg.Connection) -> None:
    """Nothing to reset between two uses, so no round trip; an open transaction is rolled back by the pool itself."""


@asynccontextmanager
async def tenant_transaction(
    connections: asyncpg.Pool, tenant: UUID, *, isolation: Isolation = "READ COMMITTED", read_only: bool = False
) -> AsyncIterator[asyncpg.Connection]:
    """A transaction in which row security shows this tenant's rows and no others. Committed at the end, rolled back on an error."""
    async with connections.acquire(timeout=ACQUIRE_SECONDS) as connection, transaction(connection, tenant, isolation, read_only):
        yield connection


@asynccontextmanager
async def transaction(
    connection: asyncpg.Connection, tenant: UUID, isolation: Isolation = "READ COMMITTED", read_only: bool = False
) -> AsyncIterator[None]:
    """The same on a connection that the caller holds."""
    access = "READ ONLY" if read_only else "READ WRITE"
    # One message: through a pooler, two could reach two sessions. A UUID's text needs no quoting.
    await connection.execute(f"BEGIN ISOLATION LEVEL {isolation} {access}; SET LOCAL app.tenant_id = '{UUID(bytes=tenant.bytes)}'")
    try:
        yield
    except BaseException:
        await take_back(connection)
        raise
    if await connection.execute("COMMIT") != "COMMIT":
        raise RolledBack


async def take_back(connection: asyncpg.Connection) -> None:
    """Rolls back. A connection that broke has nothing left to take back, and the error that came first is the one to tell."""
    try:
        await connection.execute("ROLLBACK")
    except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError):
        return
