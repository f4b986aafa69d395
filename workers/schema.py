"""The schema as a whole: the numbered migrations, then the tables of the read models."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import structlog

from infra.citus import distribute, is_distributed, require_cluster
from infra.eventstore.errors import DatabaseAway
from infra.hosts import connect
from infra.migrate import Migration, OtherSchema, migrate, require_version
from infra.postgres import kept_statements
from projections import generation
from projections.rebuild import ensure

LOG: Final = structlog.get_logger()
PATIENCE_SECONDS: Final = 5.0  # the longest pause between two looks for the database
CONNECT_SECONDS: Final = 5
UNANSWERED: Final = (OSError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, asyncpg.TargetServerAttributeNotMatched)
"""Nobody there, not now, or none of those named is as the URL wants it (`target_session_attrs`)."""


def prepare(dsn: str, *, citus: bool = False) -> list[Migration]:
    """Brings a database to this release's schema, and returns the migrations that were missing. See `infra.migrate.migrate`.

    With `citus` it is spread over the cluster's nodes; once it is, whatever is added is spread as well, also without. Raises
    `NoCluster` for a database that cannot be.
    """
    is_cluster = asyncio.run(spreads(dsn, citus))
    missing = migrate(dsn, forced=not is_cluster)
    asyncio.run(make_read_models(dsn, is_cluster))
    return missing


async def spreads(dsn: str, wanted: bool) -> bool:
    """Whether the database is, or is to be, spread over a cluster. Raises `NoCluster` when it is to be and cannot."""
    connection = await connected(dsn)
    try:
        if not (wanted or await is_distributed(connection)):
            return False
        await require_cluster(connection)
        return True
    finally:
        await connection.close()


async def make_read_models(dsn: str, is_cluster: bool) -> None:
    connection = await connected(dsn)
    try:
        if is_cluster:
            await distribute(connection)
        await ensure(connection)
    finally:
        await connection.close()


async def connected(dsn: str) -> asyncpg.Connection:
    """A connection. Raises `DatabaseAway` with the cause."""
    try:
        return await connect(dsn, timeout=CONNECT_SECONDS, statement_cache_size=kept_statements())
    except UNANSWERED as error:
        raise DatabaseAway(
            f"The database does not answer ({str(error) or type(error).__name__}): is it started, and is its URL right?"
        ) from error


async def require_schema(connection: asyncpg.Connection) -> None:
    """Raises `OtherSchema` unless the database was made by this release: its migrations, and its read models."""
    await require_version(connection)
    if missing := await generation.missing(connection):
        raise OtherSchema(
            f"The database lacks the read models {', '.join(missing)}, which this release needs: "
            "run `throughline migrate` (with MIGRATION_DATABASE_URL), then start again."
        )


async def awaited(dsn: str) -> asyncpg.Connection:
    """A connection, as soon as the database answers, however long it is away."""
    pause = 0.1
    while True:
        try:
            return await connected(dsn)
        except DatabaseAway as error:
            LOG.warning("database_awaited", reason=str(error), again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, PATIENCE_SECONDS)
