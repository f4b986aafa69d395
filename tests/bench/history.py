"""How fast a year of a firm is written: with nobody following the log, and with a projector at its heels."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import date
from itertools import count
from typing import Final

from infra.settings import Settings
from tests.bench.process import PRODUCT, process
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Size, Stage
from workers.demo.history import size as demo
from workers.demo.history.load import loading

ROWS: Final = (Row("history", "a history written, nobody following : with a projector following", "events/s", Goal(">=", 2000, of="ours")),)
TODAY: Final = date(2026, 11, 20)


def extent(size: Size) -> demo.Size:
    """About 45 events a client and half a year."""
    clients = max(2, min(150, size.events // 400))
    return demo.Size(coaches=max(1, clients // 8), clients=clients, months=12 if clients > 100 else 3, seed=1)


@asynccontextmanager
async def written(stage: Stage) -> AsyncIterator[Measure]:
    numbers = count(1)

    async def events_a_second(*, followed: bool) -> float:
        database, said = stage.database(), list[str]()
        home = stage.folder / str(next(numbers))
        values = {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(stage.provider.path), "THROUGHLINE_DATA": str(home)}
        projector = process(PRODUCT, "projector", **{**values, "DATABASE_URL": database.dsn("projector")})
        with projector if followed else nullcontext():
            await loading(Settings.from_env(values), extent(stage.size), said.append, TODAY)
        found = re.search(r"([\d,]+) a second", said[-1])
        if found is None:
            raise ValueError(f"no figure in {said[-1]!r}")
        return float(found[1].replace(",", ""))

    async def measure() -> Round:
        return {"history": Pair(await events_a_second(followed=False), await events_a_second(followed=True))}

    yield measure


HISTORY: Final = Group("history", ROWS, written, warm=False)
