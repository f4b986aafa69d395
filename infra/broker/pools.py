"""The connections of async actors: on the event loop of the worker's process, which they share, and of no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from dramatiq import Broker, Middleware, Worker
from dramatiq.asyncio import get_event_loop_thread

from infra.postgres import COMMAND_SECONDS, LOCK_SECONDS, Pool, pool

POOL_SIZE: Final = 4
CLOSE_SECONDS: Final = 2.0


class Pools(Middleware):
    """A pool for each of some roles. `dsns` is asked when the worker starts.

    Made before the worker's first thread, since a job may come at once, and inside of the loop that the actors run on. Has to
    stand behind dramatiq's `AsyncIO`, which makes that loop.
    """

    def __init__(
        self, dsns: Mapping[str, Callable[[], str]], *, command_seconds: float = COMMAND_SECONDS, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        self.dsns = dsns
        self.command_seconds = command_seconds
        self.lock_seconds = lock_seconds
        self.open: dict[str, Pool] = {}

    def __getitem__(self, role: str) -> Pool:
        """The pool of a role, for an actor that runs."""
        return self.open[role]

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        loop = get_event_loop_thread()
        assert loop is not None
        for role, dsn in self.dsns.items():
            self.open[role] = loop.run_coroutine(self.make(role, dsn()))

    async def make(self, role: str, dsn: str) -> Pool:
        """Shared, so that jobs which wait for one organization's lock leave connections to those of others."""
        return await pool(
            dsn,
            name=f"throughline worker, {role}",
            size=POOL_SIZE,
            command_seconds=self.command_seconds,
            lock_seconds=self.lock_seconds,
            shared=True,
        )

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
