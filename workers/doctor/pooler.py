"""Whether a pooler stands between a process and its database, and whether the two can live with each other.

A pooler that hands out its servers transaction by transaction breaks statements that a client keeps prepared: they are then
looked for on a server that never saw them, or that has another client's under the same name. PgBouncer carries them along
since 1.21, when `max_prepared_statements` is above 0. No version can be asked for on an ordinary connection, so it is tried.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import uuid4

import asyncpg

from infra.hosts import connect
from infra.postgres import STATEMENTS, kept_statements
from workers.doctor.finding import Fault

TRIES: Final = 5
WAIT_SECONDS: Final = 2
CURE: Final = (
    "Use PgBouncer 1.21 or newer with max_prepared_statements above 0, or pool_mode = session, or set "
    f"{STATEMENTS}=0, which costs a round trip a statement."
)


class Pooling(NamedTuple):
    """`shared`: one server served two clients. `carries`: a kept statement was found again on another server; None: not told."""

    between: bool
    shared: bool = False
    carries: bool | None = None


async def pooler(dsn: str) -> str:
    """What stands in between, in words. Raises `Fault` where statements would be mixed up."""
    found = await pooling(dsn)
    if not found.between:
        return "none in between"
    if not found.shared:
        return "one in between, which gave every client a server of its own"
    kept = kept_statements()
    if kept == 0:
        return f"one in between that shares its servers; no statement is kept ({STATEMENTS}=0)"
    if found.carries is None:
        raise Fault(f"A pooler shares its servers, and had no second one free within {WAIT_SECONDS} s: give it a larger pool. {CURE}")
    if not found.carries:
        raise Fault(f"A pooler shares its servers between clients and loses the statements that they keep prepared. {CURE}")
    return "one in between that shares its servers, and carries kept statements along"


async def pooling(dsn: str) -> Pooling:
    """Tries it with two clients. Nothing is written."""
    first, second = await client(dsn), await client(dsn)
    try:
        if first.get_server_pid() == await first.fetchval("SELECT pg_backend_pid()"):
            return Pooling(between=False)
        for _ in range(TRIES):
            if (found := await tried(first, second)).shared:
                return found
        return Pooling(between=True)
    except TimeoutError:
        return Pooling(between=True, shared=True)
    finally:
        first.terminate()
        second.terminate()


async def tried(first: asyncpg.Connection, second: asyncpg.Connection) -> Pooling:
    """The first keeps a statement on a server; if the second gets that server for a transaction, the first has to do without it."""
    kept = await first.prepare("SELECT pg_backend_pid()", name=f"throughline_{uuid4().hex}")  # left behind on a server that is shared
    on = await kept.fetchval()
    await second.execute("BEGIN")
    try:
        if await second.fetchval("SELECT pg_backend_pid()") != on:
            return Pooling(between=True)
        try:
            return Pooling(between=True, shared=True, carries=await kept.fetchval() != on)
        except (asyncpg.InvalidSQLStatementNameError, asyncpg.ProtocolViolationError):
            return Pooling(between=True, shared=True, carries=False)
    finally:
        await second.execute("ROLLBACK")


async def client(dsn: str) -> asyncpg.Connection:
    return await connect(dsn, timeout=WAIT_SECONDS, command_timeout=WAIT_SECONDS, statement_cache_size=0)
