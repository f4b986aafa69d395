"""What the processes need in memory while a long log is built anew, and an API and a projector are at work beside that."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg

from projections.current import CURRENT
from tests.bench import long
from tests.bench.coached import office, reporters
from tests.bench.crowd import crowd
from tests.bench.process import PRODUCT, api, environment, projector
from tests.bench.resident import Peaks, tree
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import FULL, Stage
from tests.bench.visible import FIRM, seen
from tests.bench.wire import Wire
from tests.workers.installation import command_of

TIMES: Final = 10  # as long as the log that other groups follow
PEOPLE: Final = 2
LOOK_SECONDS: Final = 0.2
MOST: Final = Goal("<=", 200, of="ours")  # megabytes
WHILE: Final = f"at most, while {FULL.events * TIMES:,} events are rebuilt and followed"
ROWS: Final = (
    Row("memory api", f"an API's memory {WHILE}", "MB", MOST),
    Row("memory projector", f"a projector's {WHILE}", "MB", MOST),
    Row("memory rebuild", f"a rebuild's {WHILE}", "MB", MOST),
)


@asynccontextmanager
async def remembering(stage: Stage) -> AsyncIterator[Measure]:
    """The projector finds the long log new, and follows it in every read model while one of them is built anew."""
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        firm = await made.coached(FIRM)
        admin = await asyncpg.connect(made.database.dsn("admin"))
        try:
            await long.write(made.store, admin, stage.size.events * TIMES)
        finally:
            await admin.close()
        port = await stack.enter_async_context(api(made))
        stack.enter_context(projector(made))
        serving, following = started("api"), started("projector")
        wires = [await stack.enter_async_context(Wire(port, "")) for _ in range(PEOPLE)]
        people = [seen(wire, one, firm.director) for wire, one in zip(wires, reporters([firm], PEOPLE), strict=True)]

        async def measure() -> Round:
            peaks = {name: Peaks() for name in ("api", "projector", "rebuild")}
            told = {**environment(made, "projector"), "PROJECTOR_DATABASE_URL": made.database.dsn("projector")}
            rebuild = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", PRODUCT, "rebuild", CURRENT["plan"].name, "--afresh"), env=told, stdout=DEVNULL, stderr=PIPE
            )
            ended = asyncio.create_task(rebuild.communicate())
            while not ended.done():
                await crowd(people, LOOK_SECONDS)
                for name, pid in {"api": serving, "projector": following, "rebuild": rebuild.pid}.items():
                    peaks[name].look(pid)
            if rebuild.returncode:
                raise ChildProcessError(ended.result()[1].decode())
            return {f"memory {name}": Pair(peak.megabytes) for name, peak in peaks.items()}

        yield measure


def started(command: str) -> int:
    """The process that runs this command of the product, among those that this one started."""
    return next(pid for pid in tree(os.getpid()) if command in command_of(pid))


MEMORY: Final = Group("memory", ROWS, remembering, warm=False, rounds=1)
