"""One of the parts of an organization that are examined at the same time, in a process of its own or in the caller's."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from infra import heap
from infra.eventstore.bridge.replay import Replay
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import transaction
from workers.schema import connected
from workers.verify.access import Access, access
from workers.verify.batch import Batch, batches
from workers.verify.claim import claims
from workers.verify.difference import Findings
from workers.verify.event import told
from workers.verify.fold import Folding
from workers.verify.opening import Keys
from workers.verify.order import order
from workers.verify.origin import Origins, originated
from workers.verify.row import Rows, made
from workers.verify.stray import strays


class Task(NamedTuple):
    """What to examine: every `parts`-th share of the organization, at the moment that `snapshot` names; None: each at its own."""

    dsn: str
    key_file: Path
    tenant: UUID
    snapshot: str | None
    part: int
    parts: int
    with_rows: bool
    origins: Origins


class Examined(NamedTuple):
    """What came of it. `keys` are those of the rows that a rebuild makes, by read model; `unused` those of persons in no realm."""

    findings: Findings
    events: int
    plans: int
    erased: int
    unused: int
    keys: dict[str, bytes]


Tell = Callable[[int], None]
"""Takes the number of events that were examined since it was called last."""


async def examine(task: Task, tell: Tell) -> Examined:
    """Raises `DatabaseAway`."""
    with outages(), Replay(env={"DATABASE_URL": task.dsn, "BRIDGE_TENANT": str(task.tenant)}) as replay:
        async with moment(task.dsn, task.tenant, task.snapshot) as connection:
            return await Examining(connection, task, replay).run(tell)


@asynccontextmanager
async def moment(dsn: str, tenant: UUID, snapshot: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    """A transaction that sees one moment: that of the transaction which exported the snapshot, or without one its own.

    Whatever limits the server or a pool has, it may last, and wait between two statements, for as long as the work takes.
    """
    connection = await connected(dsn)
    try:
        await connection.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
        async with transaction(connection, tenant, "REPEATABLE READ", read_only=True, snapshot=snapshot):
            yield connection
    finally:
        await connection.close()


class Examining:
    """The examination of one part."""

    def __init__(self, connection: asyncpg.Connection, task: Task, replay: Replay) -> None:
        self.connection = connection
        self.task = task
        self.findings = Findings()
        opener = Opener(Vault(FileKeyProvider(task.key_file)))
        self.keys = Keys(connection, task.tenant, opener)
        self.reading = Reading(connection, opener.vault, task.tenant)
        self.folding = Folding(task.tenant, replay, self.findings)

    async def run(self, tell: Tell) -> Examined:
        task = self.task
        events = await order(self.connection, task.tenant, task.part, task.parts, self.findings)
        await self.keys.unlock(self.findings)
        is_last = task.part == task.parts - 1
        unused = await strays(self.connection, task.tenant, self.keys, self.findings) if is_last else 0
        held = await access(self.connection, task.tenant, self.findings)
        models = await made(self.connection, task.tenant) if task.with_rows else []
        rows = [Rows(self.connection, task.tenant, each, self.findings) for each in models]
        async for batch in batches(self.connection, task.tenant, task.part, task.parts):
            await self.examine(batch, held, rows)
            tell(len(batch.rows))
        keys = {each.of.projection.name: bytes(each.keys) for each in rows}
        return Examined(self.findings, events, self.folding.plans, self.folding.erased, unused, keys)

    async def examine(self, batch: Batch, held: Access, rows: list[Rows]) -> None:
        feds, streams = told(batch, self.findings)
        for stream in streams:
            originated(batch.tenant, stream, self.task.origins, self.findings)
            held.compare(stream)
        opened = await self.keys.open(feds, self.findings)
        await claims(self.connection, batch, streams, opened, self.reading, self.findings)
        await self.folding.fold(self.connection, batch, streams)
        for each in rows:
            await each.compare(feds, opened)


COUNTED: Final[list[Synchronized[int]]] = []
"""In a process that examines parts: the number of events that all of them have examined."""


def begin(counted: Synchronized[int]) -> None:
    """Prepares such a process."""
    COUNTED.append(counted)
    heap.keep()


def run(task: Task) -> Examined:
    """Examines a part in such a process."""

    def tell(events: int) -> None:
        with COUNTED[0].get_lock():
            COUNTED[0].value += events

    return asyncio.run(examine(task, tell))


CONTEXT: Final = multiprocessing.get_context("spawn")
"""How such processes are made: a fork would copy locks and connections that are in use."""
