"""Organizations examined as a whole: each at one moment, in parts that several processes take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg
from msgspec import Struct

from infra.eventstore.outage import outages
from infra.sql import load
from projections.catalogue import PROJECTIONS
from workers.progress import telling
from workers.schema import connected
from workers.verify.difference import Difference, Findings
from workers.verify.order import head
from workers.verify.origin import origins
from workers.verify.part import CONTEXT, Examined, Task, begin, moment, run
from workers.verify.row import Made, made, surplus

SQL: Final = load(__file__)
SHARE: Final = 10_000  # events that are worth a part of their own


class Verdict(Struct, frozen=True, kw_only=True):
    """What was examined, and the first difference of each kind. `not_compared` are read models that are not there.

    `unused_keys` were made for commands that were then refused: nothing is sealed with them.
    """

    tenants: int
    events: int
    plans: int
    erased_streams: int
    unused_keys: int
    read_models: list[str]
    not_compared: list[str]
    differences: list[Difference]
    counts: dict[str, int]

    @property
    def is_whole(self) -> bool:
        return not self.differences


class Manner(NamedTuple):
    """How to examine: as whom, by how many processes, and whether read models, too."""

    dsn: str
    key_file: Path
    processes: int
    with_rows: bool


async def every_tenant(dsn: str) -> list[UUID]:
    """All organizations that left a trace, as `throughline_worker`. Raises `DatabaseAway`."""
    connection = await connected(dsn)
    try:
        with outages():
            return [row["tenant_id"] for row in await SQL.tenants.fetch(connection)]
    finally:
        await connection.close()


async def verify(manner: Manner, tenants: Sequence[UUID], tell: Callable[[str], None]) -> Verdict:
    """Raises `DatabaseAway`."""
    counted = CONTEXT.Value("q", 0)
    with ProcessPoolExecutor(manner.processes, mp_context=CONTEXT, initializer=begin, initargs=(counted,)) as processes:
        whole = Whole(manner, processes)
        async with telling(lambda: tell(f"verify: {counted.value:,} events, {whole.done} of {len(tenants)} organizations")):
            await whole.examine(tenants)
        return whole.verdict()


class Whole:
    """What is found, organization by organization; as many at the same time as there are processes."""

    def __init__(self, manner: Manner, processes: ProcessPoolExecutor) -> None:
        self.manner = manner
        self.processes = processes
        self.findings = Findings()
        self.origins = origins()
        self.events = self.plans = self.erased = self.unused = 0
        self.compared: set[str] = set()
        self.done = 0

    async def examine(self, tenants: Sequence[UUID]) -> None:
        waiting = iter(tenants)

        async def lane() -> None:
            for tenant in waiting:
                with outages():
                    await self.tenant(tenant)
                self.done += 1

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.manner.processes):
                    group.create_task(lane())
        except ExceptionGroup as several:
            raise several.exceptions[0] from several

    async def tenant(self, tenant: UUID) -> None:
        """The transaction lasts until all parts are done, since they share its snapshot."""
        async with moment(self.manner.dsn, tenant) as connection:
            snapshot = await SQL.export.value(connection)
            end = await head(connection, tenant)
            position = end.position if end is not None else 0
            parts = min(self.manner.processes, 1 + position // SHARE)
            loop = asyncio.get_running_loop()
            manner = self.manner
            tasks = [
                Task(manner.dsn, manner.key_file, tenant, snapshot, part, parts, manner.with_rows, self.origins) for part in range(parts)
            ]
            examined = await asyncio.gather(*(loop.run_in_executor(self.processes, run, task) for task in tasks))
            for each in examined:
                self.findings.merge(each.findings)
                self.events += each.events
                self.plans += each.plans
                self.erased += each.erased
                self.unused += each.unused
            if self.manner.with_rows:
                await self.read_models(connection, tenant, position, examined)

    async def read_models(self, connection: asyncpg.Connection, tenant: UUID, end: int, examined: Sequence[Examined]) -> None:
        there = await made(connection, tenant)
        for of in there:
            await self.read_model(connection, tenant, of, end, examined)
        for name in sorted({each.name for each in PROJECTIONS} - {of.projection.name for of in there}):
            self.findings.add(Difference(kind="model", tenant=tenant, table="es.projection", key=name, expected="a row", found="none"))

    async def read_model(self, connection: asyncpg.Connection, tenant: UUID, of: Made, end: int, examined: Sequence[Examined]) -> None:
        """What only all parts together can tell."""
        name = of.projection.name
        self.compared.add(name)
        if of.position > end:
            found = f"{name} at {of.position}"
            self.findings.add(
                Difference(
                    kind="checkpoint", tenant=tenant, position=of.position, table="es.checkpoint", expected=f"up to {end}", found=found
                )
            )
        await surplus(connection, tenant, of, b"".join(each.keys[name] for each in examined), self.findings)

    def verdict(self) -> Verdict:
        return Verdict(
            tenants=self.done,
            events=self.events,
            plans=self.plans,
            erased_streams=self.erased,
            unused_keys=self.unused,
            read_models=sorted(self.compared),
            not_compared=sorted({each.name for each in PROJECTIONS} - self.compared) if self.manner.with_rows else [],
            differences=self.findings.listed(),
            counts=self.findings.counts,
        )
