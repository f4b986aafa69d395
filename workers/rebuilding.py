"""Read models built anew for many organizations, by several processes, each an organization at a time."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog

from infra import heap
from infra.eventstore.errors import EventUnreadable, is_outage
from infra.eventstore.feed import LogBroken
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.launcher.process import end_with
from infra.logging import configure
from infra.postgres import pool
from projections import rebuild as models
from projections.catalogue import PROJECTIONS
from projections.projection import Projection
from workers.progress import telling

CONNECTIONS: Final = 2  # of a process: while one writes, the other reads ahead
log = structlog.get_logger()


class Manner(NamedTuple):
    """Which read model, as whom, with which keys, and by how many processes."""

    name: str
    dsn: str
    key_file: Path
    processes: int
    log_level: str

    @property
    def projection(self) -> Projection[Any]:
        return next(each for each in PROJECTIONS if each.name == self.name)


class Task(NamedTuple):
    """An organization that waits, unless its rows were built anew since that moment by somebody else."""

    tenant: UUID
    since: datetime | None


class Built(NamedTuple):
    """The position that the rows of an organization have reached, None when an event could not be taken in: then `fault` says why."""

    tenant: UUID
    position: int | None
    fault: str | None = None


class Progress(NamedTuple):
    """How far a rebuild is, in events and organizations, and after how many seconds."""

    events: int
    of_events: int
    organizations: int
    of_organizations: int
    seconds: float

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None while nothing tells."""
        return max(0, self.of_events - self.events) / self.rate if self.rate else None


class Site:
    """A process that builds."""

    def __init__(self, manner: Manner, counted: Synchronized[int]) -> None:
        self.projection = manner.projection
        self.counted = counted
        self.loop = asyncio.Runner()
        self.connections = self.loop.run(pool(manner.dsn, name="throughline rebuild", size=CONNECTIONS, command_seconds=None))
        self.opener = Opener(Vault(FileKeyProvider(manner.key_file)))

    def tell(self, events: int) -> None:
        with self.counted.get_lock():
            self.counted.value += events

    async def build(self, task: Task) -> Built:
        """Raises `Unavailable`."""
        try:
            with outages():
                position = await models.rebuild(
                    self.connections, self.opener, self.projection, task.tenant, since=task.since, tell=self.tell
                )
        except Exception as error:
            if is_outage(error):
                raise
            told = [str(error)] if isinstance(error, EventUnreadable | LogBroken) else getattr(error, "__notes__", [])
            fault = ": ".join([type(error).__name__, *told])  # another error's own text may hold content
            log.error("rebuild_failed", tenant_id=str(task.tenant), projection=self.projection.name, fault=fault, exc_info=True)
            return Built(task.tenant, None, fault)
        return Built(task.tenant, position)


SITES: Final[list[Site]] = []
"""The one of such a process."""


def begin(manner: Manner, counted: Synchronized[int], parent: int) -> None:
    """Prepares such a process. It ends with its parent: else it would keep its lease from the parent's successor."""
    end_with(parent, signal.SIGKILL)
    configure("rebuild", manner.log_level)
    SITES.append(Site(manner, counted))
    heap.keep()


def build(task: Task) -> Built:
    """Builds in such a process."""
    return SITES[0].loop.run(SITES[0].build(task))


async def rebuild(manner: Manner, tenant: UUID | None, tell: Callable[[Progress], None], *, afresh: bool = False) -> list[Built]:
    """Of one organization, or of all. Where it fails, the rows are as before and the others go on; broken off, it may be called
    again, and goes on with those that are not done. Raises `Unavailable`.
    """
    connections = await pool(manner.dsn, name="throughline rebuild", size=1, command_seconds=None)
    try:
        with outages():
            if tenant is not None:
                return await Crew(manner, tell).all(None, {tenant: await models.head(connections, tenant)})
            began_at, waiting = await models.begin(connections, manner.projection, afresh=afresh)
            done = await Crew(manner, tell).all(began_at, waiting)
            if all(each.position is not None for each in done):
                await models.end(connections, manner.projection, began_at)
            return done
    finally:
        await connections.close()


class Crew:
    """The processes of one rebuild. `tell` is called now and then, and at the end."""

    def __init__(self, manner: Manner, tell: Callable[[Progress], None]) -> None:
        self.manner = manner
        self.tell = tell
        self.context = multiprocessing.get_context("spawn")  # a fork would copy locks and connections that are in use
        self.counted: Synchronized[int] = self.context.Value("q", 0)
        self.done: list[Built] = []

    async def all(self, since: datetime | None, waiting: dict[UUID, int]) -> list[Built]:
        began, total, loop = monotonic(), sum(waiting.values()), asyncio.get_running_loop()

        def tell() -> None:
            self.tell(Progress(self.counted.value, total, len(self.done), len(waiting), monotonic() - began))

        at_once = max(1, min(self.manner.processes, len(waiting)))
        made = (self.manner, self.counted, os.getpid())
        with ProcessPoolExecutor(at_once, mp_context=self.context, initializer=begin, initargs=made) as processes:
            try:
                async with telling(tell):
                    for done in asyncio.as_completed([loop.run_in_executor(processes, build, Task(each, since)) for each in waiting]):
                        self.done.append(await done)
            finally:
                processes.shutdown(wait=True, cancel_futures=True)
        tell()
        return self.done
