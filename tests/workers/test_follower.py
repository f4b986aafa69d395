"""The follower: each event leads to its jobs once, whatever is cut, killed or repeated."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

import asyncpg
import dramatiq
import pytest
from structlog.testing import capture_logs

from domain.event import STORED, Event
from domain.organization.events import OrganizationPolicySet, OrganizationRegistered
from infra.broker.link import Links
from infra.broker.postgres import PgBroker
from infra.broker.table import Table
from infra.eventstore.store import Store
from infra.postgres import pool
from projections.following import FAILURES
from tests.database import Database, ask
from tests.infra.proxy import Proxy
from tests.infra.told import new_id, policy, record, recording, register
from workers.broker import BROKER
from workers.follower import Follower
from workers.reactions import NONE, REACTIONS, Actors

TRIED = PgBroker(Table(Links(lambda: "", "throughline test")), [])
"""Declares actors, and is never connected: the follower adds jobs by itself."""


@dramatiq.actor(actor_name="welcome.send", broker=TRIED)
def welcome(tenant: str, stream: str, version: int, position: int) -> None:
    """Only its name is wanted."""


@dramatiq.actor(actor_name="policy.check", broker=TRIED)
def check(tenant: str, stream: str, version: int, position: int) -> None:
    """Only its name is wanted."""


TABLE: Mapping[type[Event], Actors] = {
    **dict.fromkeys(REACTIONS, NONE),
    OrganizationRegistered: (welcome,),
    OrganizationPolicySet: (check, welcome),
}


@pytest.fixture
async def worker(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Connections of the worker's role."""
    connections = await pool(database.dsn("worker"))
    yield connections
    await connections.close()


@pytest.fixture
def follower(worker: asyncpg.Pool) -> Follower:
    return Follower(worker, TABLE, patience=0.0)


@pytest.fixture
async def tenant(store: Store) -> UUID:
    """An organization with six events: its registration, and its policy set five times."""
    tenant = new_id()
    await register(store, tenant)
    await change(store, tenant, 5)
    return tenant


async def change(store: Store, tenant: UUID, times: int) -> None:
    for days in range(times):
        await record(store, tenant, tenant, [policy(cadence_days=20 + days)])


def jobs(database: Database) -> Counter[tuple[str, tuple[Any, ...]]]:
    """Actor and arguments of every job."""
    messages = [json.loads(message) for (message,) in ask(database.dsn("worker"), "SELECT message FROM jobs.job")]
    return Counter((message["actor_name"], tuple(message["args"])) for message in messages)


def expected(*tenants: UUID, first: int = 1, last: int = 6) -> Counter[tuple[str, tuple[Any, ...]]]:
    """The jobs of those events of each organization's own stream, in which version and position are the same."""
    return Counter(
        (name, (str(tenant), str(tenant), place, place))
        for tenant in tenants
        for place in range(first, last + 1)
        for name in (["welcome.send"] if place == 1 else ["policy.check", "welcome.send"])
    )


class TestTheTable:
    def test_says_of_every_event_what_follows_from_it(self) -> None:
        assert set(REACTIONS) == set(STORED)

    def test_names_actors_that_a_worker_knows(self) -> None:
        for actors in REACTIONS.values():
            assert all(BROKER.get_actor(actor.actor_name) is actor for actor in actors)

    def test_belongs_to_our_broker(self) -> None:
        """An actor declared before the broker was set would have made one for a RabbitMQ on this machine."""
        assert dramatiq.get_broker() is BROKER


class TestFollowing:
    async def test_adds_the_jobs_of_each_event_once(self, tenant: UUID, follower: Follower, database: Database) -> None:
        await follower.catch_up()
        assert jobs(database) == expected(tenant)
        await follower.catch_up()
        assert jobs(database) == expected(tenant)

    async def test_once_more_adds_none_of_the_jobs_that_are_still_there(self, tenant: UUID, follower: Follower, database: Database) -> None:
        """A job's id follows from its event."""
        await follower.catch_up()
        ask(database.dsn("admin"), "DELETE FROM es.checkpoint")
        await follower.catch_up()
        assert jobs(database) == expected(tenant)

    async def test_adds_none_of_history_that_is_imported(self, store: Store, tenant: UUID, follower: Follower, database: Database) -> None:
        await store.execute(tenant, [tenant], recording(tenant, policy(cadence_days=50), channel="import"))
        await change(store, tenant, 1)
        await follower.catch_up()
        assert jobs(database) == expected(tenant) + expected(tenant, first=8, last=8)

    async def test_goes_on_where_another_ended(
        self, store: Store, tenant: UUID, follower: Follower, worker: asyncpg.Pool, database: Database
    ) -> None:
        await follower.catch_up()
        ask(database.dsn("worker"), "DELETE FROM jobs.job")
        await change(store, tenant, 2)
        await Follower(worker, TABLE).catch_up()
        assert jobs(database) == expected(tenant, first=7, last=8)

    async def test_by_rivals_adds_no_job_twice(self, store: Store, tenant: UUID, worker: asyncpg.Pool, database: Database) -> None:
        other = new_id()
        await register(store, other)
        await change(store, other, 5)
        await asyncio.gather(*(Follower(worker, TABLE, page=1, patience=0.0).catch_up() for _ in range(4)))
        assert jobs(database) == expected(tenant, other)

    @pytest.mark.parametrize("committed", [True, False])
    async def test_adds_them_once_also_when_the_commit_is_cut(self, tenant: UUID, database: Database, committed: bool) -> None:
        async with Proxy(database.dsn("worker")) as proxy:
            connections = await pool(proxy.url(), size=1)
            follower = Follower(connections, TABLE, patience=0.0)
            for lag in await follower.behind():
                await follower.begun(lag)
            proxy.cut(b"COMMIT", answer=committed)
            while await follower.behind():
                await follower.round()
            await connections.close()
        assert proxy.cuts == 1
        assert jobs(database) == expected(tenant)


class TestTheBeginning:
    async def test_is_the_head_of_the_moment_when_the_follower_was_introduced(
        self, store: Store, tenant: UUID, follower: Follower, database: Database
    ) -> None:
        ask(database.dsn("admin"), "UPDATE jobs.follower SET started_at = clock_timestamp()")
        await change(store, tenant, 1)
        await follower.catch_up()
        assert jobs(database) == expected(tenant, first=7, last=7)

    async def test_of_an_organization_that_came_later_is_its_first_event(
        self, store: Store, follower: Follower, database: Database
    ) -> None:
        await follower.catch_up()
        tenant = new_id()
        await register(store, tenant)
        await follower.catch_up()
        assert jobs(database) == expected(tenant, last=1)

    async def test_has_to_be_known(self, tenant: UUID, follower: Follower, database: Database) -> None:
        ask(database.dsn("admin"), "DELETE FROM jobs.follower")
        with pytest.raises(asyncpg.NotNullViolationError):
            await follower.round()


class TestAnEventOfANewerRelease:
    async def test_stops_its_organization_until_the_release_is_there(
        self, store: Store, tenant: UUID, follower: Follower, database: Database
    ) -> None:
        """Its jobs must not be lost. Nothing counts as failed, and the others go on."""
        other = new_id()
        await register(store, other)
        rename = "UPDATE es.event SET type = '{}' WHERE position = 4 AND tenant_id = '" + str(tenant) + "'"
        ask(database.dsn("admin"), rename.format("organization.moved_to_the_moon"))
        await follower.round()
        assert jobs(database) == expected(other, last=1)
        kept = ask(database.dsn("admin"), f"SELECT position, failures, last_error FROM es.checkpoint WHERE tenant_id = '{tenant}'")
        assert kept == [(0, 0, "NewerRelease")]
        ask(database.dsn("admin"), rename.format(STORED[OrganizationPolicySet].name))
        await follower.catch_up()
        assert jobs(database) == expected(other, last=1) + expected(tenant)


class TestTheSchemaOfAnotherRelease:
    @pytest.mark.parametrize(
        ("away", "back"),
        [
            ("ALTER FUNCTION es.steps_since RENAME TO steps_before", "ALTER FUNCTION es.steps_before RENAME TO steps_since"),
            ("ALTER TABLE jobs.job RENAME TO task", "ALTER TABLE jobs.task RENAME TO job"),
            ("ALTER TABLE jobs.job RENAME queue TO line", "ALTER TABLE jobs.job RENAME line TO queue"),
            (
                "REVOKE EXECUTE ON FUNCTION es.steps_since FROM throughline_worker",
                "GRANT EXECUTE ON FUNCTION es.steps_since TO throughline_worker",
            ),
        ],
    )
    async def test_parks_nothing_and_is_over_when_the_schema_is_there(
        self, tenant: UUID, follower: Follower, database: Database, away: str, back: str
    ) -> None:
        ask(database.dsn("admin"), away)
        with capture_logs() as logged:
            for _ in range(2 * FAILURES):
                await follower.round()
        assert {(line["event"], line["log_level"]) for line in logged} >= {("schema_differs", "error")}
        kept = ask(database.dsn("admin"), f"SELECT position, failures, last_error FROM es.checkpoint WHERE tenant_id = '{tenant}'")
        assert kept == [(0, 0, "SchemaDiffers")]
        ask(database.dsn("admin"), back)
        await follower.catch_up()
        assert jobs(database) == expected(tenant)
