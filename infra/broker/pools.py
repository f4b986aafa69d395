"""The connections of async actors: on the event loop of the worker's process, which they share, and of no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

import asyncpg
from dramatiq import Broker, Middleware, Worker
from dramatiq.asyncio import get_event_loop_thread

from infra.postgres import pool

POOL_SIZE: Final = 4
CLOSE_SECONDS: Final = 2.0


class Pools(Middleware):
    """A pool for each of some roles. `dsns` is asked when the worker starts.

    Made before the worker's first thread, since a job may come at once, and inside of the loop that the actors run on. Has to
    stand behind dramatiq's `AsyncIO`, which makes that loop.
    """

    def __init__(self, dsns: Mapping[str, Callable[[], str]]) -> None:
        self.dsns = dsns
        self.open: dict[str, asyncpg.Pool] = {}

    def __getitem__(self, role: str) -> asyncpg.Pool:
        """The pool of a role, for an actor that runs."""
        return self.open[role]

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        loop = get_event_loop_thread()
        assert loop is not None
        for role, dsn in self.dsns.items():
            self.open[role] = loop.run_coroutine(pool(dsn(), name=f"throughline worker, {role}", size=POOL_SIZE))

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        loop = get_event_loop_thread()
        assert loop is not None
        loop.run_coroutine(self.close())

    async def close(self) -> None:
        """Waits for those that work with them, but not for long."""
        for opened in self.open.values():
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await opened.close()
            except TimeoutError:
                opened.terminate()
        self.open.clear()
