"""A command through the door, over HTTP to a process of its own, and the same command handed to its handler."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from tests.bench.coached import Office, Reporter, office, reporters
from tests.bench.crowd import Do, crowd
from tests.bench.process import api
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import BUSY, Wire
from workers.demo.history.size import Size

CLIENTS: Final = 32
FIRMS: Final = tuple(Size(coaches=4, clients=20, months=3, seed=seed) for seed in (1, 2))

ROWS: Final = (
    Row("http", f"a command over HTTP, {CLIENTS} clients : its handler called directly", "1/s", Goal(">=", 0.5)),
    Row("http p99", "the same, 99th percentile", "ms", Goal("<=", 3.0)),
)


def sent(wire: Wire, reporter: Reporter) -> Do:
    async def do() -> None:
        report = reporter.next()
        while (answer := await wire.post(report.path, report.body, report.of.key)).status == BUSY:
            continue
        if answer.status != 200:
            raise ValueError(f"{answer.status}: {answer.body.decode()}")

    return do


def handled(made: Office, reporter: Reporter) -> Do:
    async def do() -> None:
        report = reporter.next()
        await made.commands.execute(report.of.client, report.command, report.of.plan)

    return do


@asynccontextmanager
async def doors(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        people = reporters([await made.coached(size) for size in FIRMS], CLIENTS)
        port = await stack.enter_async_context(api(made))
        wires = [await stack.enter_async_context(Wire(port, "")) for _ in people]
        over_http = [sent(wire, one) for wire, one in zip(wires, people, strict=True)]
        directly = [handled(made, one) for one in people]

        async def measure() -> Round:
            ours, theirs = await crowd(over_http, stage.size.seconds), await crowd(directly, stage.size.seconds)
            return {"http": Pair(ours.rate, theirs.rate), "http p99": Pair(ours.p99, theirs.p99)}

        yield measure


DOOR: Final = Group("door", ROWS, doors)
