"""What drivers and servers raise when the database is away, told as what a caller can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from infra.eventstore.errors import Busy, DatabaseAway

WAITED: Final = (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError, asyncpg.DeadlockDetectedError)
"""The server gave up, and took back what it had begun."""

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


@contextmanager
def outages() -> Iterator[None]:
    """Raises `Busy` or `DatabaseAway` for these; everything else passes."""
    try:
        yield
    except WAITED as error:
        raise Busy from error
    except AWAY as error:
        raise DatabaseAway from error
    except asyncpg.InterfaceError as error:
        if isinstance(error, ValueError):  # an argument that does not fit its type: a fault of ours
            raise
        raise DatabaseAway from error  # the connection was closed, or the pool is closing
