"""Connections to PostgreSQL from asyncio: a pool that outlives the server and that tenants share, and transactions bound to one."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from types import TracebackType
from typing import Any, Final, Literal
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolAcquireContext

from infra.gate import Gate
from infra.hosts import connect

CONNECT_SECONDS: Final = 5
ACQUIRE_SECONDS: Final = 2  # then the caller is told to come back, rather than kept in a queue
OPENING_SECONDS: Final = 0.5  # of these, for opening a connection: who got a place last should not seem to find no database
COMMAND_SECONDS: Final = 10
LONGEST_SECONDS: Final = 600  # for a statement without a limit of its own: a page of a projection takes a fraction of a second
LOCK_SECONDS: Final = 3  # for a tenant's lock, which an append holds for milliseconds, and the largest import for a few hundred
OPEN_SECONDS: Final = 60  # for a transaction in which nothing happens: it keeps its locks, and old rows from being removed
PAGE_SECONDS: Final = 10  # the same where nothing is waited for in between: then who was cut off keeps nobody longer from going on
ANSWER_SECONDS: Final = 1  # the server gives up so much before we do: then it is known that nothing was done
CLOSE_SECONDS: Final = 1  # for the server to hear that a connection is closed; it is, whether or not that is heard
IDLE_SECONDS: Final = 300  # then an unused connection is closed
REUSED: Final = 50_000  # statements, then a connection is replaced

STATEMENTS: Final = "STATEMENT_CACHE_SIZE"
KEPT_STATEMENTS: Final = 100

LIMIT: Final = "SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS s (name, value)"

UNBOUND: Final = """
SELECT CASE WHEN current_setting('app.tenant_id', true) <> '' THEN ('still bound to ' || current_setting('app.tenant_id', true))::boolean END"""
"""Fails in a session that has a tenant already: its text is no truth value."""

HEXADECIMAL: Final = re.compile(r"[0-9A-Fa-f-]+")

LOST: Final = (TimeoutError, ConnectionError, asyncpg.PostgresConnectionError)
"""What the way to the server does, and not the server: the other connections go the same way."""

Isolation = Literal["READ COMMITTED", "REPEATABLE READ"]


class RolledBack(Exception):
    """The transaction was ended by ROLLBACK though COMMIT was asked for: an error inside it was swallowed."""


class StillBound(Exception):
    """The session had a tenant before this transaction: somebody set one for longer than a transaction. It is closed."""


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """One of a pool's, which nobody waits for when it is closed and does not answer."""

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the driver's own
        with suppress(OSError):  # of which TimeoutError is one; it is aborted then
            await super().close(timeout=CLOSE_SECONDS if timeout is None else timeout)


class Loan(PoolAcquireContext):  # type: ignore[misc]
    """A connection while somebody has it. When it is lost, the pool replaces the others, too, rather than finding each of them dead."""

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, LOST):
            give_up(self.connection)
            await self.pool.expire_connections()
        elif isinstance(error, asyncpg.ReadOnlySQLTransactionError):
            give_up(self.connection)  # a standby's, perhaps: a new one leads to the server that takes changes, as soon as there is one
        await super().__aexit__(kind, error, trace)


class Pool(asyncpg.Pool):  # type: ignore[misc]
    """A pool in which nobody waits long: also the statements that it is asked for directly take their turn within the time.

    With a `gate`, no tenant can have all of it. What is done for none, as finding out whose key it is, passes beside the gate.
    """

    gate: Gate | None = None

    def acquire(self, *, timeout: float | None = ACQUIRE_SECONDS) -> Loan:
        return Loan(self, timeout)

    def of(self, tenant: UUID) -> Share:
        """The pool as this tenant has it."""
        return Share(self, tenant)


class Share:
    """A pool's connections for one tenant, who waits for them at most as long as anybody. Raises `Crowded` where others wait less.

    Do not ask for a second one while holding one.
    """

    def __init__(self, connections: Pool, tenant: UUID) -> None:
        self.connections = connections
        self.tenant = tenant

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[asyncpg.Connection]:
        ends_at = asyncio.get_running_loop().time() + ACQUIRE_SECONDS
        gate = self.connections.gate
        async with gate.place(self.tenant, ACQUIRE_SECONDS - OPENING_SECONDS) if gate else nullcontext():
            left = ends_at - asyncio.get_running_loop().time()
            async with self.connections.acquire(timeout=left) as connection:
                yield connection

    async def fetch(self, statement: str, *arguments: Any) -> list[asyncpg.Record]:
        async with self.acquire() as connection:
            rows: list[asyncpg.Record] = await connection.fetch(statement, *arguments)
            return rows

    async def fetchrow(self, statement: str, *arguments: Any) -> asyncpg.Record | None:
        async with self.acquire() as connection:
            return await connection.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: Any) -> Any:
        async with self.acquire() as connection:
            return await connection.fetchval(statement, *arguments)

    async def execute(self, statement: str, *arguments: Any) -> str:
        async with self.acquire() as connection:
            done: str = await connection.execute(statement, *arguments)
            return done


async def pool(
    dsn: str,
    *,
    name: str = "throughline",
    size: int = 10,
    command_seconds: float | None = COMMAND_SECONDS,
    lock_seconds: float = LOCK_SECONDS,
    open_seconds: float = OPEN_SECONDS,
    shared: bool = False,
) -> Pool:
    """A pool of at most `size` connections, opened when needed: it can be made, and goes on, while the server is away.

    A lost connection is replaced at the next use. A statement that takes longer than `command_seconds` is cancelled, by the
    server shortly before, or else from here (`TimeoutError`); one that waits for a lock for longer than `lock_seconds` fails.
    A transaction in which nothing happens for `open_seconds` is ended by the server.
    `shared`: among tenants, of whom none may have all. What is set on a session stays set: use `SET LOCAL`.
    """

    async def limit(connection: asyncpg.Connection) -> None:
        """Not with the start of the session, where poolers refuse what they do not know."""
        await connection.execute(LIMIT, *limits(command_seconds, lock_seconds, open_seconds))

    made = Pool(
        dsn,
        min_size=0,
        max_size=size,
        max_queries=REUSED,
        max_inactive_connection_lifetime=IDLE_SECONDS,
        loop=None,
        connection_class=Connection,
        record_class=asyncpg.Record,
        timeout=CONNECT_SECONDS,
        command_timeout=command_seconds,
        statement_cache_size=kept_statements(),
        server_settings={"application_name": name},
        init=limit,
        reset=untouched,
        connect=connect,
    )
    made.gate = Gate(size) if shared else None
    await made
    return made


def kept_statements() -> int:
    """How many statements a connection keeps prepared. From the environment, for it belongs to the way to the server, as PGSSLMODE does."""
    return int(os.environ.get(STATEMENTS) or KEPT_STATEMENTS)


def limits(
    command_seconds: float | None = COMMAND_SECONDS, lock_seconds: float = LOCK_SECONDS, open_seconds: float = OPEN_SECONDS
) -> tuple[list[str], list[str]]:
    """What `LIMIT` takes: the settings of a session by which the server gives up, and their values."""
    wanted = {
        "lock_timeout": lock_seconds,
        "statement_timeout": (command_seconds or LONGEST_SECONDS) - ANSWER_SECONDS,
        "idle_in_transaction_session_timeout": open_seconds,
    }
    return list(wanted), [f"{round(seconds * 1000)}ms" for seconds in wanted.values()]


async def untouched(connection: asyncpg.Connection) -> None:
    """Nothing to reset between two uses, so no round trip; an open transaction is rolled back by the pool itself."""


@asynccontextmanager
async def tenant_transaction(
    connections: Pool, tenant: UUID, *, isolation: Isolation = "READ COMMITTED", read_only: bool = False
) -> AsyncIterator[asyncpg.Connection]:
    """A transaction in which row security shows this tenant's rows and no others. Committed at the end, rolled back on an error."""
    async with connections.of(tenant).acquire() as connection, transaction(connection, tenant, isolation, read_only):
        yield connection


@asynccontextmanager
async def transaction(
    connection: asyncpg.Connection,
    tenant: UUID,
    isolation: Isolation = "READ COMMITTED",
    read_only: bool = False,
    snapshot: str | None = None,
) -> AsyncIterator[None]:
    """The same on a connection that the caller holds. Raises `StillBound` where it would have shown another tenant's rows before.

    `snapshot`: what the transaction sees is what the one sees that exported it; for REPEATABLE READ.
    """
    begin = f"BEGIN ISOLATION LEVEL {isolation}{' READ ONLY' if read_only else ''}"  # a standby refuses one that says READ WRITE
    if snapshot is not None:
        begin += f"; SET TRANSACTION SNAPSHOT {literal(snapshot)}"
    try:
        await bind(connection, tenant, begin)
        yield
    except TimeoutError:
        give_up(connection)  # asked to roll back, it would not answer either
        raise
    except BaseException:
        await take_back(connection)
        raise
    if await connection.execute("COMMIT") != "COMMIT":
        raise RolledBack


async def bind(connection: asyncpg.Connection, tenant: UUID, begin: str) -> None:
    """One message, without places for values: through a pooler several could reach several sessions, and each is a round trip."""
    try:
        await connection.execute(f"{begin}; {UNBOUND}; SET LOCAL app.tenant_id = {literal(str(UUID(bytes=tenant.bytes)))}")
    except asyncpg.InvalidTextRepresentationError as error:
        connection.terminate()
        raise StillBound(f"Somebody set app.tenant_id for longer than a transaction ({error}): look for SET without LOCAL.") from error


def literal(word: str) -> str:
    """A word of hexadecimal digits and dashes, as ids and snapshots are, in quotes. Raises `ValueError` for any other."""
    if not HEXADECIMAL.fullmatch(word):
        raise ValueError(f"{word!r} is more than hexadecimal digits and dashes")
    return f"'{word}'"


async def take_back(connection: asyncpg.Connection) -> None:
    """Rolls back. A connection that broke has nothing left to take back, and the error that came first is the one to tell."""
    try:
        await connection.execute("ROLLBACK")
    except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, OSError):
        return


def give_up(connection: asyncpg.Connection) -> None:
    """Ends it without a word to the other side. One that the driver has ended already has left the pool."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()
