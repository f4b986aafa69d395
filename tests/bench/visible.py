"""How long it takes from a command to the board that shows it, while every read model is being built anew by another process."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import msgspec

from tests.bench.board import project
from tests.bench.coached import Office, Reporter, office, reporters
from tests.bench.crowd import Do, Lap, crowd
from tests.bench.process import api, environment, projector
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import Wire
from workers.demo.history.size import Size

PEOPLE: Final = 4
FIRM: Final = Size(coaches=3, clients=15, months=3, seed=1)
NOT_YET: Final = 503


def other(events: int) -> Size:
    """A firm beside the one that is watched, with about so many events."""
    return Size(coaches=12, clients=min(150, max(5, events // 250)), months=6, seed=2)


ROWS: Final = (
    Row(
        "visible", "command sent to board seen, 99th percentile, while all is rebuilt : while nothing is", "ms", Goal("<=", 250, of="ours")
    ),
)


class Answered(msgspec.Struct):
    """What is needed of a command's answer."""

    position: int


class Rebuilding:
    """A process that rebuilds for as long as somebody asks it to."""

    def __init__(self, process: Process) -> None:
        self.process = process

    async def once(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(b"again\n")
        if not await self.process.stdout.readline():
            raise ChildProcessError("the rebuild ended")

    async def during(self, people: list[Do], seconds: float) -> Lap:
        """What the people see while one rebuild follows the other, the last of which is waited for."""
        lap = asyncio.create_task(crowd(people, seconds))
        while not lap.done():
            await self.once()
        return await lap


@asynccontextmanager
async def rebuilding(made: Office) -> AsyncIterator[Rebuilding]:
    told = {**environment(made, "projector"), "THROUGHLINE_LOG": "error"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.rebuilding", env=told, stdin=PIPE, stdout=PIPE
    )  # fmt: skip
    try:
        yield Rebuilding(process)
    finally:
        process.terminate()
        await process.wait()


def seen(wire: Wire, reporter: Reporter, director: str) -> Do:
    """Reports progress, then reads the board, and again until it is the board after that report."""

    async def do() -> None:
        report = reporter.next()
        done = await wire.post(report.path, report.body, report.of.key)
        wanted = {"Throughline-Min-Position": str(msgspec.json.decode(done.body, type=Answered).position)}
        while (answer := await wire.get("/v1/board", wanted, director)).status != 200:
            if answer.status != NOT_YET:
                raise ValueError(f"{answer.status}: {answer.body.decode()}")

    return do


@asynccontextmanager
async def watched(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        firm = await made.coached(FIRM)
        await made.coached(other(stage.size.events))  # what a rebuild takes its time for
        await project(made)
        port = await stack.enter_async_context(api(made))
        stack.enter_context(projector(made))
        rebuild = await stack.enter_async_context(rebuilding(made))
        wires = [await stack.enter_async_context(Wire(port, "")) for _ in range(PEOPLE)]
        people = [seen(wire, one, firm.director) for wire, one in zip(wires, reporters([firm], PEOPLE), strict=True)]

        async def measure() -> Round:
            ours, quiet = await rebuild.during(people, stage.size.seconds * 2), await crowd(people, stage.size.seconds)
            return {"visible": Pair(ours.p99, quiet.p99)}

        yield measure


VISIBLE: Final = Group("visible", ROWS, watched)
