"""The due scan: what is due is started once, whoever scans, and what nobody was there to start is started once as well."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import asyncpg
import dramatiq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.broker.link import Links
from infra.broker.postgres import PgBroker
from infra.broker.table import Table
from infra.eventstore.store import Store
from infra.postgres import pool
from tests.database import Database, ask
from tests.infra.told import new_id, register
from workers.broker import BROKER
from workers.scan import Scan
from workers.schedule import SCHEDULE, SQL, Daily, Entry, Every, Monthly

TRIED = PgBroker(Table(Links(lambda: "", "throughline test")), [])
"""Declares actors, and is never connected: the scan adds jobs by itself."""

NOON = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)


@dramatiq.actor(actor_name="lamp.light", broker=TRIED)
def light() -> None:
    """Only its name is wanted."""


@dramatiq.actor(actor_name="tenant.greet", broker=TRIED)
def greet(tenant: str) -> None:
    """Only its name is wanted."""


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def worker(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Connections of the worker's role."""
    connections = await pool(database.dsn("worker"))
    yield connections
    await connections.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scan(worker: asyncpg.Pool, clock: Clock) -> Scan:
    """Lights the lamp every hour, and greets each organization in the morning."""
    return Scan(worker, [Entry(Every(timedelta(hours=1)), light), Entry(Daily(time(6, 30)), greet, each=SQL.tenants)], clock)


def jobs(database: Database) -> list[tuple[str, ...]]:
    messages = [json.loads(message) for (message,) in ask(database.dsn("worker"), "SELECT message FROM jobs.job")]
    return sorted((message["actor_name"], *message["args"]) for message in messages)


class TestAnEntry:
    async def test_that_is_new_waits_for_its_first_time(self, scan: Scan, clock: Clock) -> None:
        assert await scan.round() == []
        assert await scan.round() == []
        clock.now += timedelta(hours=1)
        assert await scan.round() == ["lamp.light"]

    async def test_is_started_once_each_time(self, scan: Scan, clock: Clock, database: Database) -> None:
        await scan.round()
        for _ in range(3):
            clock.now += timedelta(hours=1)
            await scan.round()
            await scan.round()
        assert jobs(database) == [("lamp.light",)] * 3

    async def test_is_started_once_by_rivals(self, scan: Scan, clock: Clock, database: Database, worker: asyncpg.Pool) -> None:
        await scan.round()
        clock.now += timedelta(hours=1)
        rivals = [Scan(worker, list(scan.entries.values()), clock) for _ in range(8)]
        await asyncio.gather(*(rival.round() for rival in rivals))
        assert jobs(database) == [("lamp.light",)]

    async def test_that_fell_due_often_while_nobody_scanned_is_started_once(self, scan: Scan, clock: Clock, database: Database) -> None:
        await scan.round()
        clock.now += timedelta(days=3, hours=5)
        await scan.round()
        await scan.round()
        assert jobs(database) == [("lamp.light",)]

    async def test_for_each_organization_is_a_job_for_each(self, store: Store, scan: Scan, clock: Clock, database: Database) -> None:
        tenants: list[UUID] = [new_id(), new_id()]
        for tenant in tenants:
            await register(store, tenant)
        await scan.round()
        clock.now = datetime(2026, 3, 29, 6, 30, tzinfo=UTC)
        await scan.round()
        assert jobs(database) == [("lamp.light",), *sorted(("tenant.greet", str(tenant)) for tenant in tenants)]

    async def test_whose_jobs_cannot_be_added_is_not_started(self, scan: Scan, clock: Clock, database: Database) -> None:
        await scan.round()
        clock.now += timedelta(hours=1)
        ask(database.dsn("admin"), "ALTER TABLE jobs.job ADD CONSTRAINT none CHECK (false) NOT VALID")
        with pytest.raises(asyncpg.CheckViolationError):
            await scan.round()
        ask(database.dsn("admin"), "ALTER TABLE jobs.job DROP CONSTRAINT none")
        assert await scan.round() == ["lamp.light"]


async def test_the_time_is_the_databases(worker: asyncpg.Pool, database: Database) -> None:
    scan = Scan(worker, [Entry(Every(timedelta(days=365)), light)])
    await scan.round()
    assert ask(database.dsn("worker"), "SELECT next_at > now() FROM jobs.schedule") == [(True,)]
    ask(database.dsn("worker"), "UPDATE jobs.schedule SET next_at = now()")
    assert await scan.round() == ["lamp.light"]


class TestTheSchedule:
    def test_has_each_actor_once(self) -> None:
        names = [entry.actor.actor_name for entry in SCHEDULE]
        assert len(set(names)) == len(names)

    def test_names_actors_that_a_worker_knows(self) -> None:
        assert all(BROKER.get_actor(entry.actor.actor_name) is entry.actor for entry in SCHEDULE)


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


class TestARule:
    @given(moment=MOMENTS, at=st.times())
    def test_of_a_time_of_day_comes_within_a_day(self, moment: datetime, at: time) -> None:
        following = Daily(at).after(moment)
        assert timedelta(0) < following - moment <= timedelta(days=1)
        assert following.timetz().replace(tzinfo=None) == at

    @given(moment=MOMENTS, minutes=st.integers(1, 2_000))
    def test_of_a_period_comes_within_it_and_keeps_its_beat(self, moment: datetime, minutes: int) -> None:
        every = Every(timedelta(minutes=minutes))
        following = every.after(moment)
        assert timedelta(0) < following - moment <= every.period
        assert every.after(following) - following == every.period

    @given(moment=MOMENTS, day=st.integers(1, 28), at=st.times())
    def test_of_a_month_comes_once_in_each(self, moment: datetime, day: int, at: time) -> None:
        monthly = Monthly(day, at)
        first = monthly.after(moment)
        second = monthly.after(first)
        assert timedelta(0) < first - moment <= timedelta(days=31)
        assert ((second.year - first.year) * 12 + second.month - first.month, second.day) == (1, day)
