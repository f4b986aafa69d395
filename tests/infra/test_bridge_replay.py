"""The second engine: the library's repository folds the product's streams to what the store folds them to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import asyncpg
import psycopg
import pytest
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import NotSupportedError
from msgspec.json import encode

from domain.errors import StreamErased
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from domain.values import personal_values
from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.bridge.replay import Replay
from infra.eventstore.errors import NewerRelease
from infra.eventstore.hindsight import At
from infra.eventstore.store import Store
from tests.database import Database
from tests.infra.plan_told import tell_plan
from tests.infra.told import actors, new_id


@pytest.fixture
def replay(shared: Database, tenant: UUID) -> Iterator[Replay]:
    with Replay(env={"DATABASE_URL": shared.dsn("app"), "BRIDGE_TENANT": str(tenant)}) as replay:
        yield replay


async def test_both_engines_agree_on_a_plan(log: Store, tenant: UUID, replay: Replay) -> None:
    plan = await tell_plan(log, tenant, measurements=40)
    ours = (await log.read(tenant, plan)).state(plan)
    assert len(ours.objectives) == 1
    assert replay.state(plan, PlanState(), evolve) == ours


async def test_personal_values_stay_sealed(log: Store, tenant: UUID, replay: Replay) -> None:
    plan = await tell_plan(log, tenant, measurements=0)
    values = personal_values(replay.state(plan, PlanState(), evolve))
    assert len(values) >= 6
    assert all(value.sealed and not value.is_open for value in values)


async def test_both_engines_agree_at_every_version(log: Store, tenant: UUID, replay: Replay) -> None:
    plan = await tell_plan(log, tenant, measurements=12)
    end = (await log.read(tenant, plan)).version(plan)
    head = (await log.read(tenant, plan)).head
    assert head is not None
    for version in range(1, end + 1):
        ours = (await log.read_as_of(tenant, At(head.position - end + version), plan)).state(plan)
        assert replay.state(plan, PlanState(), evolve, version=version) == ours


async def test_a_stream_that_is_not_there_is_not_found(replay: Replay) -> None:
    with pytest.raises(AggregateNotFoundError):
        replay.state(new_id(), PlanState(), evolve)


async def test_an_erased_stream_is_erased_for_both(shared: Database, log: Store, tenant: UUID, replay: Replay) -> None:
    plan = await tell_plan(log, tenant, measurements=0)
    with psycopg.connect(shared.dsn("admin")) as owner:
        owner.execute("SELECT es.erase_stream(%s, %s)", [tenant, plan])
    with pytest.raises(StreamErased):
        (await log.read(tenant, plan)).state(plan)
    with pytest.raises(StreamErased):
        replay.state(plan, PlanState(), evolve)


async def test_an_event_of_a_newer_release_stops_the_fold(connection: asyncpg.Connection, tenant: UUID, replay: Replay) -> None:
    plan = new_id()
    event = AppendEvent(1, "plan.plan_set_to_music", 1, None, encode(actors(plan)), b"{}")
    await append(connection, tenant, [AppendStream(plan, 0)], [event])
    with pytest.raises(NewerRelease):
        replay.state(plan, PlanState(), evolve)


def test_a_replay_writes_nothing(replay: Replay) -> None:
    with pytest.raises(NotSupportedError):
        replay.save(Aggregate())
