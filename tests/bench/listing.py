"""A coach's list of plans over HTTP, beside a bare route that sends the rows which it is made of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from tests.bench.access import coach_keys
from tests.bench.board import asked, project
from tests.bench.coached import office
from tests.bench.crowd import crowd
from tests.bench.process import api, environment, server
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import Wire
from workers.demo.history.size import Size

PLANS: Final = 50
CLIENTS: Final = 200
READERS: Final = 8
FIELDS: Final = "status,plan_version,activated_at,approvals,reviews"
ROWS: Final = (
    Row(
        "list",
        f"{PLANS} plans of a coach with {CLIENTS} clients, one reader : one indexed SELECT of the same rows, bare",
        "ms",
        Goal("<=", 1.5),
    ),
    Row("list rate", f"the same, {READERS} readers", "1/s"),
    Row("list part", f"the same list with the fields {FIELDS} only, one reader : the same SELECT", "ms", Goal("<=", 1.5)),
)


def firm(events: int) -> Size:
    """All clients have the same coach, so that the firm's first plans are the coach's. Fewer where little is to be measured."""
    return Size(coaches=1, clients=CLIENTS if events >= 2_500 else 10, months=3, seed=5)


@asynccontextmanager
async def listed(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        coached = await made.coached(firm(stage.size.events))
        key = next(iter((await coach_keys(made, coached)).values()))
        await project(made)
        ours = await stack.enter_async_context(api(made))
        bare = await stack.enter_async_context(server("/", "tests.bench.bare", **environment(made, "app")))
        sides = [
            [asked(await stack.enter_async_context(Wire(port, key)), path) for _ in range(READERS)]
            for port, path in ((ours, f"/v1/plans?limit={PLANS}"), (bare, f"/plans/{coached.tenant}"))
        ]
        part = asked(await stack.enter_async_context(Wire(ours, key)), f"/v1/plans?limit={PLANS}&fields={FIELDS}")

        async def measure() -> Round:
            alone = [await crowd(side[:1], stage.size.seconds) for side in sides]
            few = await crowd([part], stage.size.seconds)
            together = [await crowd(side, stage.size.seconds) for side in sides]
            return {
                "list": Pair(*(1000 / lap.rate for lap in alone)),
                "list part": Pair(1000 / few.rate, 1000 / alone[1].rate),
                "list rate": Pair(*(lap.rate for lap in together)),
            }

        yield measure


LIST: Final = Group("list", ROWS, listed)
