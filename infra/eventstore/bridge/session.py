"""The bridge's one background thread: an event loop with a connection pool, for callers that cannot await."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Lock, Thread, current_thread
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID
from weakref import finalize

import asyncpg
from eventsourcing.persistence import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    PersistenceError,
    ProgrammingError,
)

from infra.postgres import pool

T = TypeVar("T")
Statement: TypeAlias = Callable[..., Coroutine[Any, Any, T]]  # of a `.sql` file, and what of its result is wanted: `SQL.events.fetch`

# Class of error -> the library's, the nearest first: its callers know the names of the Python database API only.
KINDS: Final[dict[type[BaseException], type[PersistenceError]]] = {
    asyncpg.IntegrityConstraintViolationError: IntegrityError,
    asyncpg.DataError: DataError,
    asyncpg.FeatureNotSupportedError: NotSupportedError,
    asyncpg.SyntaxOrAccessError: ProgrammingError,
    asyncpg.PostgresConnectionError: OperationalError,
    asyncpg.InsufficientResourcesError: OperationalError,
    asyncpg.OperatorInterventionError: OperationalError,
    asyncpg.InvalidAuthorizationSpecificationError: OperationalError,
    asyncpg.InvalidCatalogNameError: OperationalError,
    asyncpg.PostgresError: DatabaseError,
    asyncpg.InterfaceError: InterfaceError,
    OSError: OperationalError,  # no server there, a broken connection, or (TimeoutError) no answer in time
}


class Session:
    """Connections for one tenant, used from any thread.

    Every statement calls a function that binds the tenant itself: one round trip, outside any transaction. Nothing is tried
    twice: when a connection breaks, nobody knows whether the append took place.
    """

    def __init__(self, dsn: str, tenant: UUID) -> None:
        self.tenant = tenant
        self.background = Background(dsn)
        # Also when the session is forgotten, and before the interpreter ends: a daemon thread can no longer answer then.
        self.close = finalize(self, self.background.stop)

    def ask(self, statement: Statement[T], **values: Any) -> T:
        """The statement's result, for which the caller's thread waits. Raises the library's errors."""
        return outcome(self.background.submit(statement, tenant=self.tenant, **values))


class Background:
    """The thread, its loop and its pool."""

    def __init__(self, dsn: str) -> None:
        self.lock = Lock()
        self.is_open = True
        started: Future[None] = Future()
        self.thread = Thread(target=self.serve, args=(dsn, started), name="bridge", daemon=True)
        self.thread.start()
        outcome(started)

    def serve(self, dsn: str, started: Future[None]) -> None:
        """The thread: opens the pool, waits until it is told to stop, lets what was asked be answered, and closes the pool."""

        async def main() -> None:
            self.loop = asyncio.get_running_loop()
            self.stopping = asyncio.Event()
            async with await pool(dsn) as self.pool:
                started.set_result(None)
                await self.stopping.wait()
                asked = asyncio.all_tasks() - {asyncio.current_task()}
                await asyncio.gather(*asked, return_exceptions=True)

        try:
            asyncio.run(main())
        except Exception as error:
            if started.done():
                raise
            started.set_exception(error)

    def submit(self, statement: Statement[T], **values: Any) -> Future[T]:
        with self.lock:  # nothing may come after the stop: nobody would answer it
            if not self.is_open:
                raise InterfaceError("the bridge is closed")
            return asyncio.run_coroutine_threadsafe(statement(self.pool, **values), self.loop)

    def stop(self) -> None:
        """Ends the thread and waits for its end, unless this very thread is collecting garbage. Nothing is cut short."""
        with self.lock:
            self.is_open = False
            self.loop.call_soon_threadsafe(self.stopping.set)
        if self.thread is not current_thread():
            self.thread.join()


def outcome(future: Future[T]) -> T:
    """The future's result, or its failure as one of the library's errors."""
    try:
        return future.result()
    except tuple(KINDS) as error:
        kind = next(kind for known, kind in KINDS.items() if isinstance(error, known))
        raise kind(str(error) or type(error).__name__) from error
