"""How fast everything is derived again from the log and compared, every read model included."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Final

from tests.bench.board import large, project
from tests.bench.coached import office
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from workers.demo.history.size import FIRST_START, Size
from workers.verify.whole import Manner, verify

ROWS: Final = (
    Row(
        "verify",
        f"verified with every read model, a firm of {FIRST_START.clients} clients (--quick: 20, of which half is starting; --events: more)",
        "events/s",
        Goal(">=", 5_556, of="ours"),  # a million in three minutes
    ),
)

EVENTS_A_CLIENT: Final = 78
"""Of a year, as the history writes it."""


def firm_of(events: int) -> Size:
    """About as many events as were asked for, from a first start's firm on: `--events 1000000 --group verify --rounds 1` is a million.

    Writing them takes about twenty minutes.
    """
    clients = events // EVENTS_A_CLIENT
    return Size(coaches=clients // 15, clients=clients, months=12, seed=1) if clients > 2 * FIRST_START.clients else large(events)


@asynccontextmanager
async def verified(stage: Stage) -> AsyncIterator[Measure]:
    async with office(stage) as made:
        firm = await made.coached(firm_of(stage.size.events))
        await project(made)
        manner = Manner(made.database.dsn("app"), made.settings.key_file, os.cpu_count() or 1, with_rows=True)

        async def measure() -> Round:
            began = perf_counter()
            verdict = await verify(manner, [firm.tenant], lambda text: None)
            if not verdict.is_whole:
                raise ValueError(f"a fresh history does not verify: {verdict.counts}")
            return {"verify": Pair(verdict.events / (perf_counter() - began))}

        yield measure


VERIFY: Final = Group("verify", ROWS, verified, warm=False)
