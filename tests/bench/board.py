"""The director's board and ledger over HTTP, each beside a bare route that sends the rows which it is made of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, NamedTuple

from infra.eventstore.opening import Opener
from infra.postgres import pool
from projections.runner import Runner
from tests.bench.coached import Office, office, reporters
from tests.bench.crowd import Do, crowd
from tests.bench.process import api, environment, server
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import BUSY, Wire
from workers.demo.history.size import FIRST_START, Size

READERS: Final = 8
SMALL: Final = Size(coaches=3, clients=15, months=3, seed=1)

ROWS: Final = (
    Row("board", f"the board of {SMALL.clients} clients, {READERS} readers : one SELECT of its rows, bare", "1/s", Goal(">=", 0.7)),
    Row("board large", f"the board of {FIRST_START.clients} clients (--quick: 20) : the same", "1/s", Goal(">=", 0.7)),
    Row("board anew", "the first of these after something happened, worked out anew : the same", "ms"),
    Row("ledger", f"a page of its ledger, {READERS} readers : one indexed SELECT of the newest lines, bare", "1/s", Goal(">=", 0.67)),
)


def large(events: int) -> Size:
    """A first start's firm, or less where little is to be measured."""
    return FIRST_START if events >= 100_000 else Size(coaches=4, clients=20, months=3, seed=2)


async def project(made: Office) -> None:
    """Brings the read models up to the log."""
    connections = await pool(made.database.dsn("projector"), size=2, command_seconds=None)
    try:
        await Runner(connections, Opener(made.store.vault)).catch_up()
    finally:
        await connections.close()


def asked(wire: Wire, path: str, key: str = "") -> Do:
    async def do() -> None:
        while (answer := await wire.get(path, key=key)).status == BUSY:
            continue
        if answer.status != 200:
            raise ValueError(f"{answer.status}: {answer.body.decode()}")

    return do


class Reading:
    """Readers of one page of an organization, by both ways."""

    def __init__(self, wires: Both, path: str, bare: str) -> None:
        self.ours = [asked(wire, path) for wire in wires.ours]
        self.bare = [asked(wire, bare) for wire in wires.bare]


class Both(NamedTuple):
    """As many connections to the product as to the bare routes."""

    ours: Sequence[Wire]
    bare: Sequence[Wire]


@asynccontextmanager
async def boards(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        firms = {"board": await made.coached(SMALL), "board large": await made.coached(large(stage.size.events))}
        [reporter] = reporters([firms["board large"]], 1)
        await project(made)
        ports = [
            await stack.enter_async_context(api(made)),
            await stack.enter_async_context(server("/", "tests.bench.bare", **environment(made, "app"))),
        ]

        async def wires(key: str) -> Both:
            return Both(*[[await stack.enter_async_context(Wire(port, key)) for _ in range(READERS)] for port in ports])

        readings: dict[str, Reading] = {}
        for name, firm in firms.items():
            both = await wires(firm.director)
            readings[name] = Reading(both, "/v1/board", f"/rows/{firm.tenant}")
        readings["ledger"] = Reading(both, "/v1/ledger", f"/lines/{firm.tenant}")

        async def measure() -> Round:
            found: dict[str, Pair] = {}
            for name, reading in readings.items():
                ours, bare = await crowd(reading.ours, stage.size.seconds), await crowd(reading.bare, stage.size.seconds)
                found[name] = Pair(ours.rate, bare.rate)
            return {**found, "board anew": await anew()}

        async def anew() -> Pair:
            report = reporter.next()
            await made.commands.execute(report.of.client, report.command, report.of.plan)
            await project(made)
            ours, bare = await crowd(readings["board large"].ours[:1], 0), await crowd(readings["board large"].bare[:1], 0)
            return Pair(ours.p99, bare.p99)

        yield measure


BOARD: Final = Group("board", ROWS, boards)
