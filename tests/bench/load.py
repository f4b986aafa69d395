"""A stream read, decoded and folded: ours in one round trip with the engagement, beside a bare fetch and the library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Final
from uuid import UUID

import asyncpg
from eventsourcing.application import Repository

from domain.context import EngagementFacts, Policy
from domain.plan.commands import CorrectMeasurement
from domain.plan.context import PlanContext
from domain.plan.decide import decide
from domain.plan.state import PlanState
from domain.values import personal_values
from infra.eventstore.codec import decode
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.reading import shape
from infra.eventstore.store import Store, enough
from tests.bench.library import library, told
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id, register

LENGTHS: Final = {20: (1.5, 5), 200: (2.0, 9), 2000: (2.5, 12)}
"""Events of a stream -> at most this many times a bare fetch, at least this many times as fast as the library."""
BARE: Final = "SELECT * FROM es.event WHERE tenant_id = $1 AND stream_id = $2 ORDER BY version"
ROWS: Final = tuple(
    row
    for events, (bare, faster) in LENGTHS.items()
    for row in (
        Row(f"G5 {events}", f"{events} events loaded, decoded, folded : fetched bare", "ms", Goal("<=", bare)),
        Row(
            f"G5 {events} decided",
            "loaded as the product does just before its next snapshot, and a command decided : fetched bare",
            "ms",
            Goal("<=", 2.0) if events == 200 else None,
        ),
        Row(f"G5 {events} opened", "the same with every word opened : fetched bare", "ms"),
        Row(f"G5 {events} library", f"{events} events loaded, decoded, folded : the library's", "ms", Goal("<=", round(1 / faster, 3))),
    )
)


async def milliseconds(do: Callable[[], Awaitable[object]], seconds: float) -> float:
    """How long it takes, on average over the given time."""
    begun, times = perf_counter(), 0
    while times == 0 or perf_counter() - begun < seconds:
        await do()
        times += 1
    return (perf_counter() - begun) / times * 1000


def context(state: PlanState) -> PlanContext:
    """What a decision of the plan's client may know."""
    now = datetime.now(UTC)
    engagement = EngagementFacts(
        id=state.engagement_id,
        state="active",
        client_id=state.client_id,
        coach_id=None,
        sponsor_id=None,
        program_id=None,
        starts_on=now.date(),
        planned_end=None,
        consents=frozenset(),
    )
    return PlanContext(
        actor=state.client_id,
        role="client",
        now=now,
        occurred_at=now,
        today=now.date(),
        policy=Policy(version=0),
        ids=(new_id(),),
        engagement=engagement,
    )


class Loading:
    """The same history in our log and in the library's tables, and four ways to read it."""

    def __init__(self, store: Store, bare: asyncpg.Connection, library: Repository[UUID], tenant: UUID) -> None:
        self.store, self.bare, self.library, self.tenant = store, bare, library, tenant
        self.kept = Store(store.pool, store.vault)
        self.opener = Opener(store.vault)

    async def keep(self, stream: UUID, events: int) -> None:
        """Writes the snapshot that the product has of a plan of so many events when with one more it would keep the next."""
        version = events - enough(events) + 1
        if version > 0:
            reading = await self.store.read(self.tenant, stream)
            del reading.streams[stream].events[version:]
            await self.kept.keep_snapshot(self.tenant, stream, shape("plan"), version, reading.state(stream))

    async def fetched(self, stream: UUID) -> object:
        return await self.bare.fetch(BARE, self.tenant, stream)

    async def folded(self, stream: UUID) -> object:
        return (await self.store.read(self.tenant, stream)).state(stream)

    async def decided(self, stream: UUID) -> object:
        state: PlanState = (await self.kept.read(self.tenant, stream)).state(stream)
        (objective,) = state.objectives.values()
        wrong = objective.measurements[-1]
        command = CorrectMeasurement(
            objective_id=objective.id, corrects_version=wrong.version, from_=wrong.value, to=wrong.value + 1, reason_code="other"
        )
        return decide(state, command, context(state))

    async def opened(self, stream: UUID) -> object:
        reading = await self.store.read(self.tenant, stream)
        state, found = reading.state(stream), reading.streams[stream]
        events = (decode(row["type"], row["schema_v"], row["body"]) for row in found.events)
        realm = found.engagement or stream
        values = [SealedAt(stream, realm, value.sealed) for event in events for value in personal_values(event) if value.sealed]
        return state, await self.opener.open(self.store.pool, self.tenant, values)

    async def got(self, plan: UUID) -> object:
        """By the library, which blocks: nothing else runs here meanwhile."""
        return self.library.get(plan)


@asynccontextmanager
async def loaded(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        database, tenant = stage.database(), new_id()
        store = await stack.enter_async_context(stage.store(database))
        theirs = stack.enter_context(library(database))
        bare = await asyncpg.connect(database.dsn("admin"))
        stack.push_async_callback(bare.close)
        await register(store, tenant)
        streams = {events: await tell_plan(store, tenant, measurements=events - 8) for events in LENGTHS}
        plans = {events: told(theirs, events) for events in LENGTHS}
        loading = Loading(store, bare, theirs.repository, tenant)
        for events, stream in streams.items():
            await loading.keep(stream, events)
        seconds = stage.size.seconds / 4

        async def measure() -> Round:
            found: dict[str, Pair] = {}
            for events, stream in streams.items():
                bare_ms = await milliseconds(partial(loading.fetched, stream), seconds)
                ours_ms = await milliseconds(partial(loading.folded, stream), seconds)
                decided_ms = await milliseconds(partial(loading.decided, stream), seconds)
                library_ms = await milliseconds(partial(loading.got, plans[events]), seconds)
                opened_ms = await milliseconds(partial(loading.opened, stream), seconds)
                found[f"G5 {events}"] = Pair(ours_ms, bare_ms)
                found[f"G5 {events} decided"] = Pair(decided_ms, bare_ms)
                found[f"G5 {events} opened"] = Pair(opened_ms, bare_ms)
                found[f"G5 {events} library"] = Pair(ours_ms, library_ms)
            return found

        yield measure


LOAD: Final = Group("load", ROWS, loaded)
