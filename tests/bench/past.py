"""A long plan as of any moment, and two moments compared, beside the same plan loaded as it stands now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from random import Random
from typing import Final
from uuid import UUID

from domain.plan.difference import TRACED, differences
from domain.plan.state import PlanState
from infra.eventstore.hindsight import At, Hindsight
from infra.eventstore.store import Store, enough
from infra.eventstore.trace import traces_between
from tests.bench.load import milliseconds
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.infra.plan_told import attempt, told
from tests.infra.told import engagement, new_id, record, register

MOST_EVENTS: Final = 10_000
ROWS: Final = (
    Row("as of", f"a plan of {MOST_EVENTS:,} events (--quick: 2,500) as of any moment : loaded now", "ms", Goal("<=", 1.5)),
    Row("diff", "two moments of it compared : the same", "ms", Goal("<=", 2.0)),
)


class Past:
    """A plan, and any moments since it was drafted; `after` is the position before that."""

    def __init__(self, store: Store, tenant: UUID, plan: UUID, after: int, until: int) -> None:
        self.store, self.tenant, self.plan = store, tenant, plan
        self.after, self.until = after, until
        self.chance = Random(1)

    def moment(self) -> At:
        return At(position=self.chance.randint(self.after + 1, self.until))

    async def now(self) -> object:
        return (await self.store.read(self.tenant, self.plan)).state(self.plan)

    async def as_of(self) -> object:
        return (await self.then(self.moment())).state(self.plan)

    async def then(self, at: At) -> Hindsight:
        return await self.store.read_as_of(self.tenant, at, self.plan)

    async def compared(self) -> object:
        first, last = sorted([self.moment(), self.moment()], key=lambda at: at.position or 0)
        before, after = await asyncio.gather(self.then(first), self.then(last))
        traces = await traces_between(self.store.pool, self.tenant, self.plan, first, last, TRACED)
        one: PlanState = before.state(self.plan)
        other: PlanState = after.state(self.plan)
        return differences(one, other, traces)


async def grown(store: Store, events: int) -> Past:
    """A plan of that many events, which was read as often as leaves its snapshots, for the last time half way to the next."""
    tenant, plan, engaged, client = new_id(), new_id(), new_id(), new_id()
    await register(store, tenant)
    after = (await record(store, tenant, engaged, [engagement(engaged, client)], client=client)).position
    happened = told(plan, engaged, client, events - 8)
    for first, last in pairwise([0, *snapshots(events), events]):
        reading = await store.read(tenant, plan, engaged)
        if first:
            reading.state(plan)
            store.keep_snapshots(reading)
            await store.settle()
        done = await store.execute(tenant, [plan, engaged], attempt(plan, engaged, client, happened[first:last]))
    return Past(store, tenant, plan, after, done.position)


def snapshots(events: int) -> Iterator[int]:
    """The versions at which the product keeps them, up to half way before the next one of a plan of that many."""
    version = 0
    while version < events - enough(events) // 2:
        if version:
            yield version
        since = version
        while version - since < enough(version):
            version += 1


@asynccontextmanager
async def remembered(stage: Stage) -> AsyncIterator[Measure]:
    async with stage.store(stage.database(), snapshots=True) as store:
        past = await grown(store, min(MOST_EVENTS, stage.size.events))

        async def measure() -> Round:
            seconds = stage.size.seconds
            now, then, compared = [await milliseconds(do, seconds) for do in (past.now, past.as_of, past.compared)]
            return {"as of": Pair(then, now), "diff": Pair(compared, now)}

        yield measure


PAST: Final = Group("past", ROWS, remembered)
