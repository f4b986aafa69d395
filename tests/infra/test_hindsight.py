"""The store's past: the same state from any snapshot, on both clocks, and what names the moment."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

import asyncpg
import pytest

from domain.errors import NotFound
from domain.plan.difference import TRACED
from infra.eventstore.feed import events_at, feed, feed_of
from infra.eventstore.hindsight import At
from infra.eventstore.look import keep_look, last_look
from infra.eventstore.store import Store
from infra.eventstore.trace import traces_between
from infra.eventstore.vault import Vault
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id

LONG = 1200


@pytest.fixture
async def plan(log: Store, tenant: UUID) -> UUID:
    """A plan long enough for snapshots, which are there at two of its versions."""
    plan = await tell_plan(log, tenant, measurements=LONG - 8)
    for version in (500, 1100):
        then = await log.read_as_of(tenant, At(version + 2), plan)
        then.state(plan)
        log.keep_snapshots(then)
        await log.settle()
    return plan


@pytest.mark.snapshots
async def test_any_moment_is_the_same_from_a_snapshot_and_from_the_beginning(
    log: Store, tenant: UUID, plan: UUID, vault: Vault, app: asyncpg.Pool
) -> None:
    bare = Store(app, vault, snapshots=False)
    for version, since in ((1, 0), (499, 0), (500, 500), (501, 500), (1100, 1100), (LONG, 1100)):
        quick, whole = [await store.read_as_of(tenant, At(version + 2), plan) for store in (log, bare)]
        assert quick.state(plan) == whole.state(plan)
        assert quick.last(plan) == whole.last(plan)
        assert (quick.last(plan).version, quick.is_whole(plan)) == (version, True)
        snapshot = quick.found(plan).snapshot
        assert (snapshot["version"] if snapshot else 0) == since


@pytest.mark.snapshots
async def test_the_business_clock_takes_a_snapshot_only_of_what_it_holds(
    log: Store, tenant: UUID, plan: UUID, vault: Vault, app: asyncpg.Pool
) -> None:
    bare = Store(app, vault, snapshots=False)
    (late,) = await events_at(app, tenant, plan, [700])
    at = At(occurred=late.occurred_at)
    quick, whole = [await store.read_as_of(tenant, at, plan) for store in (log, bare)]
    assert quick.found(plan).snapshot["version"] == 500
    assert quick.state(plan) == whole.state(plan) != (await log.read(tenant, plan)).state(plan)
    assert quick.last(plan) == whole.last(plan)
    log.keep_snapshots(whole)
    await log.settle()
    assert (await log.read(tenant, plan)).streams[plan].snapshot["version"] == 1100, "a fold that leaves events out is no snapshot"


async def test_a_moment_names_the_event_that_anybody_can_check(
    log: Store, tenant: UUID, plan: UUID, connection: asyncpg.Connection
) -> None:
    mark = (await log.read_as_of(tenant, At(502), plan)).last(plan)
    fed = (await feed(connection, tenant, 501, 1))[0]
    assert (mark.version, mark.position, mark.payload_hash) == (fed.version, fed.position, fed.payload_hash)
    assert mark.event_id == uuid5(plan, str(fed.version))


async def test_before_it_began_a_stream_holds_nothing(log: Store, tenant: UUID, plan: UUID) -> None:
    for at in (At(1), At(recorded=datetime(2020, 1, 1, tzinfo=UTC)), At(occurred=datetime(2020, 1, 1, tzinfo=UTC))):
        then = await log.read_as_of(tenant, at, plan)
        assert not then.holds(plan)
        with pytest.raises(NotFound):
            then.last(plan)


async def test_traces_are_of_what_only_the_later_moment_holds(log: Store, tenant: UUID, plan: UUID, app: asyncpg.Pool) -> None:
    found = await traces_between(app, tenant, plan, At(4), At(LONG + 2), TRACED)
    assert [(one.version, one.type) for one in found] == [
        (4, "plan.strategy_adopted"),
        (5, "plan.milestone_set"),
        (LONG, "plan.strategy_dropped"),
    ]
    assert all(one.item is not None for one in found)


async def test_the_log_of_an_engagement_has_all_that_belongs_to_it(log: Store, tenant: UUID, plan: UUID, app: asyncpg.Pool) -> None:
    engagement = (await log.read(tenant, plan)).engagement_of(plan)
    assert engagement is not None
    found = await feed_of(app, tenant, [engagement], 10)
    assert [one.position for one in found] == list(range(2, 11))
    assert {one.stream for one in found} == {engagement, plan}
    assert await feed_of(app, new_id(), [engagement], 10) == []


async def test_a_look_goes_forward_and_is_one_persons(app: asyncpg.Pool, tenant: UUID) -> None:
    person, stream = new_id(), new_id()
    assert await last_look(app, tenant, person, stream) == 0
    assert [await keep_look(app, tenant, person, stream, position) for position in (5, 9, 7)] == [5, 9, 9]
    assert await last_look(app, tenant, person, stream) == 9
    assert await last_look(app, tenant, new_id(), stream) == await last_look(app, new_id(), person, stream) == 0
