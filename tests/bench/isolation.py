"""What an organization in trouble costs another, over HTTP, on an API with few connections.

`G4 http`: one organization's lock is held, and its clients send command after command. `slow tenant`: one organization has its
largest log read by auditors without a pause. Both times the others report what they measured, as they do before, alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import asyncpg

from tests.bench.board import project
from tests.bench.coached import Reporter, office, reporters
from tests.bench.crowd import Do, Lap, crowd
from tests.bench.door import sent
from tests.bench.lock import LONGEST, TENANT, locked
from tests.bench.process import api
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import Wire
from workers.demo.history.size import Size

CONNECTIONS: Final = 4
STUCK: Final = 16  # clients who wait for their organization's lock
SLOW: Final = 4  # who ask for everything, again and again
OTHERS: Final = 4
TOLD: Final = (200, 429, 503)  # what somebody in trouble is told: the answer, or to come back
FIRMS: Final = tuple(Size(coaches=4, clients=20, months=3, seed=seed) for seed in (11, 12))

ROWS: Final = (
    Row(
        "G4 http",
        f"slowest command of others over HTTP while {STUCK} of one organization wait for its lock : while nobody does",
        "ms",
        Goal("<=", 50, of="ours"),
    ),
    Row(
        "slow tenant",
        f"a command of others over HTTP, 99th percentile, while {SLOW} of one organization read all they may : while nobody does",
        "ms",
        Goal("<=", 2.0),
    ),
)


def impatient(wire: Wire, reporter: Reporter) -> Do:
    """Sends a report; told to come back, comes back."""

    async def do() -> None:
        report = reporter.next()
        answer = await wire.post(report.path, report.body, report.of.key)
        if answer.status not in TOLD:
            raise ValueError(f"{answer.status}: {answer.body.decode()}")

    return do


def reading(wire: Wire, paths: Sequence[str]) -> Do:
    async def do() -> None:
        for path in paths:
            answer = await wire.get(path)
            if answer.status not in TOLD:
                raise ValueError(f"{path}: {answer.status}: {answer.body.decode()}")

    return do


async def beside(troubled: Sequence[Do], others: Sequence[Do], seconds: float) -> Lap:
    """How the others fare while somebody else is in trouble."""
    trouble = asyncio.create_task(crowd(troubled, seconds))
    try:
        return await crowd(others, seconds)
    finally:
        await trouble


@asynccontextmanager
async def apart(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        one, other = [await made.coached(size) for size in FIRMS]
        port = await stack.enter_async_context(api(made, THROUGHLINE_POOL=str(CONNECTIONS)))
        admin = await asyncpg.connect(made.database.dsn("admin"))
        stack.push_async_callback(admin.close)

        async def wires(number: int, key: str = "") -> list[Wire]:
            return [await stack.enter_async_context(Wire(port, key)) for _ in range(number)]

        others = [sent(wire, who) for wire, who in zip(await wires(OTHERS), reporters([other], OTHERS), strict=True)]
        await project(made)
        heavy = (f"/v1/board/as-of?recorded={datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "/v1/ledger?limit=100", "/v1/board")
        stuck = [impatient(wire, who) for wire, who in zip(await wires(STUCK), reporters([one], STUCK), strict=True)]
        slow = [reading(wire, heavy) for wire in await wires(SLOW, one.director)]
        seconds = min(LONGEST, stage.size.seconds * 5)

        async def measure() -> Round:
            alone = await crowd(others, seconds)
            async with locked(admin, TENANT, str(one.tenant)):
                while_stuck = await beside(stuck, others, seconds)
            while_slow = await beside(slow, others, seconds)
            return {
                "G4 http": Pair(max(while_stuck.each) * 1000, max(alone.each) * 1000),
                "slow tenant": Pair(while_slow.p99, alone.p99),
            }

        yield measure


ISOLATION: Final = Group("isolation", ROWS, apart)
