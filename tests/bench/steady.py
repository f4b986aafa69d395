"""An installation of 500 coaches in steady work on one core: `throughline up` with its PostgreSQL, all of it pinned to that core.

What it is asked: in a working hour a coach and their clients send 20 commands and read 100 times, and at the peak three times as
much. 500 coaches x 3 x 20 an hour are 8.3 commands a second, 500 x 3 x 100 are 42 reads. Every tenth command is followed by
the director's look at the board, which has to show it; the other reads are of plans, timelines, ledgers and lists, by coaches.
What is due is sent, whether what was sent before is answered or not, and the time counts from when it was due. Whoever asks
works on the other cores. An answer other than 200 ends the measurement. Memory is what all processes have together, what they
share counted once; files that the kernel keeps at hand are not among it, for it gives them away when asked.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final, NamedTuple

from infra import postgres
from infra.launcher.address import running
from infra.settings import Settings
from tests.bench.access import coach_keys
from tests.bench.board import asked
from tests.bench.coached import Coached, Office, reporters
from tests.bench.crowd import Do, Lap
from tests.bench.door import sent
from tests.bench.resident import shared_out, tree
from tests.bench.row import Absent, Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import FULL, Stage
from tests.bench.visible import seen
from tests.bench.wire import Answer, Wire
from tests.database import Database
from tests.waiting import until
from tests.workers.installation import Installation
from workers.demo.history.size import Size
from workers.embedded import DATABASE

COACHES: Final = 500
FIRMS: Final = 10
PEAK: Final = 3
COMMANDS, READS = (COACHES * PEAK * each / 3600 for each in (20, 100))  # a second
SEEN: Final = 0.1  # of the commands
SECONDS: Final = 6  # of a round, for each second that a side of another group takes
WIRES: Final = 32
CLIENTS: Final = 2  # of a coach: each has 60 events by then
MEGABYTES: Final = 1024
LOOK_SECONDS: Final = 1
CHANCE: Final = Random(1)

QUICKLY: Final = Goal("<=", 250, of="ours")  # milliseconds
ROWS: Final = (
    Row("steady commands", f"{COACHES} coaches on one core, {COMMANDS:.1f} commands a second, 99th percentile", "ms", QUICKLY),
    Row("steady reads", f"beside them {READS:.0f} reads a second, 99th percentile", "ms", QUICKLY),
    Row("steady seen", "command sent to board seen, 99th percentile", "ms"),
    Row("steady memory", "PostgreSQL, API, projector and worker together", "MB", Goal("<=", MEGABYTES, of="ours")),
)


class Work(NamedTuple):
    """What there is to do, each thing again and again in turn."""

    commands: Iterator[Do]
    reads: Iterator[Do]
    looks: Iterator[Do]


@contextmanager
def on(cores: set[int]) -> Iterator[None]:
    """This thread, and all that it starts, on these cores only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def installed(data: Path, core: int) -> Iterator[Installation]:
    with on({core}):
        installation = Installation(data)
    try:
        until(installation.is_ready)
        yield installation
    finally:
        installation.end()


@asynccontextmanager
async def office(data: Path) -> AsyncIterator[Office]:
    """In the database of the installation."""
    address = running(data)
    assert address is not None
    database = Database(address, DATABASE)
    values = {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_DATA": str(data), "THROUGHLINE_KEY_FILE": str(data / "keys" / "kek")}
    async with await postgres.pool(values["DATABASE_URL"], size=4) as connections:
        made = Office(Settings.from_env(values), database, connections)
        yield made
        await made.store.settle()


def firms(events: int) -> list[Size]:
    """The first three months of ten firms with fifty coaches each; of one with five where little is to be measured."""
    number = FIRMS if events >= FULL.events else 1
    coaches = COACHES // FIRMS if number > 1 else 5
    return [Size(coaches=coaches, clients=coaches * CLIENTS, months=3, seed=seed) for seed in range(1, number + 1)]


class Exchange(Wire):
    """What is sent over this goes over any of several connections that is free."""

    def __init__(self, wires: Sequence[Wire]) -> None:
        super().__init__(0, "")
        self.free = asyncio.Queue[Wire]()
        for wire in wires:
            self.free.put_nowait(wire)

    async def send(self, request: str, headers: dict[str, str], content: bytes, key: str) -> Answer:
        wire = await self.free.get()
        try:
            return await wire.send(request, headers, content, key)
        finally:
            self.free.put_nowait(wire)


async def work(made: Office, coached: Sequence[Coached], wire: Wire) -> Work:
    commands, reads, looks = list[Do](), list[Do](), list[Do]()
    for firm in coached:
        watched, *others = reporters([firm], len(firm.plans))
        looks.append(seen(wire, watched, firm.director))
        commands += [sent(wire, one) for one in others]
        for plan, key in (await coach_keys(made, firm)).items():
            paths = f"/v1/plans/{plan}", f"/v1/plans/{plan}/timeline", "/v1/plans", f"/v1/plans/{plan}", f"/v1/plans/{plan}/ledger"
            reads += [asked(wire, path, key) for path in paths]
    for several in (commands, reads):
        CHANCE.shuffle(several)
    return Work(cycle(commands), cycle(reads), cycle(looks))


async def arriving(things: Iterator[Do], rate: float, seconds: float) -> Lap:
    """So many a second, each whenever it comes, as independent people do; at least one."""
    each, began = list[float](), perf_counter()

    async def one(do: Do, due: float) -> None:
        await do()
        each.append(perf_counter() - due)

    async with asyncio.TaskGroup() as group:
        due = began
        while due < began + seconds or due == began:
            group.create_task(one(next(things), due))
            due += CHANCE.expovariate(rate)
            await asyncio.sleep(max(0.0, due - perf_counter()))
    return Lap(each, perf_counter() - began)


async def watching(pid: int, ended: asyncio.Event) -> float:
    """The most memory that the process and its children had until then."""
    most = shared_out(tree(pid))
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), LOOK_SECONDS)
        most = max(most, shared_out(tree(pid)))
    return most


@asynccontextmanager
async def working(stage: Stage) -> AsyncIterator[Measure]:
    core, *others = sorted(os.sched_getaffinity(0))
    if not others:
        raise Absent("there is a single core here: who asks needs another one")
    data, seconds = stage.folder / "data", stage.size.seconds * SECONDS
    async with AsyncExitStack() as stack:
        installation = stack.enter_context(installed(data, core))
        stack.enter_context(on(set(others)))
        async with office(data) as made:
            coached = [await made.coached(size) for size in firms(stage.size.events)]
            wires = [await stack.enter_async_context(Wire(installation.port, "")) for _ in range(WIRES)]
            there = await work(made, coached, Exchange(wires))
        for _ in coached:
            await next(there.looks)()  # all of it is projected

        async def measure() -> Round:
            ended = asyncio.Event()
            memory = asyncio.create_task(watching(installation.up.pid, ended))
            commands, looks, reads = await asyncio.gather(
                arriving(there.commands, COMMANDS * (1 - SEEN), seconds),
                arriving(there.looks, COMMANDS * SEEN, seconds),
                arriving(there.reads, READS, seconds),
            )
            ended.set()
            return {
                "steady commands": Pair(commands.p99),
                "steady reads": Pair(reads.p99),
                "steady seen": Pair(looks.p99),
                "steady memory": Pair(await memory),
            }

        yield measure


STEADY: Final = Group("steady", ROWS, working, rounds=5)
