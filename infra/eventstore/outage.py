"""What drivers and servers raise when the database is away, told as what a caller can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
import structlog

from infra.eventstore.errors import Busy, DatabaseAway, DatabaseReadOnly, LogAltered, SchemaDiffers
from infra.gate import Crowded
from infra.metrics import POSTPONED

WAITED: Final = (
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,  # of a standby that had to go on with its log, whatever was read there
    asyncpg.IdleInTransactionSessionTimeoutError,
    Crowded,
)
"""The server gave up, and took back what it had begun; or nothing was begun, because the tenant has too much under way."""

AWAY: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,  # the driver, of a connection that was ended between two of its messages
    OSError,  # of which TimeoutError is one
)
"""No answer: what was asked may or may not have been done."""

UNCHANGED: Final = (asyncpg.ReadOnlySQLTransactionError, asyncpg.DiskFullError)
"""A standby, a server that was set to read only, or one whose disk is full: it took back what it had begun."""

DIFFERENT: Final = (
    asyncpg.UndefinedFunctionError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.InsufficientPrivilegeError,
)
"""The statement is of another release than the schema, as while the files are exchanged under a process that runs: no event's fault."""

log = structlog.get_logger()


@contextmanager
def outages() -> Iterator[None]:
    """Raises `Busy`, `DatabaseAway`, `DatabaseReadOnly` or `SchemaDiffers` for these; everything else passes.

    `LogAltered` where a search through the log misses an event. Of a full disk and of another schema somebody has to be told.
    """
    try:
        yield
    except asyncpg.NoDataFoundError as error:  # of `SELECT INTO STRICT`, where every version or position has to be
        raise LogAltered from error
    except WAITED as error:
        POSTPONED.labels(type(error).__name__).inc()
        raise Busy from error
    except AWAY as error:
        raise DatabaseAway from error
    except UNCHANGED as error:
        log.error("changes_refused", sqlstate=error.sqlstate, said=str(error))
        raise DatabaseReadOnly from error
    except DIFFERENT as error:
        log.error("schema_differs", sqlstate=error.sqlstate, said=str(error), cure=SchemaDiffers.__doc__)
        raise SchemaDiffers from error
    except asyncpg.InterfaceError as error:
        if isinstance(error, ValueError):  # an argument that does not fit its type: a fault of ours
            raise
        raise DatabaseAway from error  # the connection was closed, or the pool is closing
