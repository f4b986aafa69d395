"""What a newer release does to a read model: its own generation is filled beside the old one, and read when it is full."""

from __future__ import annotations

from uuid import UUID

import asyncpg
import pytest

from domain.person.state import PersonState
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from projections.generation import drop, older
from projections.members import MEMBERS
from projections.projection import Projection
from projections.rebuild import ensure
from projections.runner import Runner
from projections.snapshot import NotCaughtUp, snapshot
from tests.database import Database, ask
from tests.infra.told import new_id, person, record
from tests.projections.rebuilding import newer
from tests.projections.story import tell

NEWER = newer(MEMBERS, MEMBERS.version + 1)


async def known(connections: asyncpg.Pool, tenant: UUID, projection: Projection[PersonState]) -> int:
    async with snapshot(connections, tenant) as rows:
        return len(await rows.sealed(projection, "page", after=None, at_most=1000))


async def register_people(store: Store, tenant: UUID, number: int) -> None:
    for _ in range(number):
        somebody = new_id()
        await record(store, tenant, somebody, [person(somebody)])


@pytest.fixture
async def upgraded(database: Database, store: Store, tenant: UUID, runner: Runner) -> None:
    """Something is there, followed by this release; then a newer one has migrated."""
    await tell(store, tenant)
    await runner.catch_up()
    owner = await asyncpg.connect(database.dsn("admin"))
    await ensure(owner, [NEWER])
    await owner.close()


@pytest.mark.usefixtures("upgraded")
async def test_a_new_generation_is_read_when_it_is_filled_and_the_old_one_until_then_and_after(
    app_pool: asyncpg.Pool, projector: asyncpg.Pool, opener: Opener, tenant: UUID
) -> None:
    with pytest.raises(NotCaughtUp):
        await known(app_pool, tenant, NEWER)
    before = await known(app_pool, tenant, MEMBERS)
    await Runner(projector, opener, [NEWER]).catch_up()
    assert await known(app_pool, tenant, NEWER) == before > 0
    assert await known(app_pool, tenant, MEMBERS) == before


@pytest.mark.usefixtures("upgraded")
async def test_a_projector_of_the_old_release_promotes_nothing(app_pool: asyncpg.Pool, runner: Runner, store: Store, tenant: UUID) -> None:
    await tell(store, tenant)
    await runner.catch_up()
    with pytest.raises(NotCaughtUp):
        await known(app_pool, tenant, NEWER)


@pytest.mark.usefixtures("upgraded")
async def test_what_the_older_release_passed_by_is_in_the_newer_ones_rows(
    app_pool: asyncpg.Pool, projector: asyncpg.Pool, opener: Opener, store: Store, tenant: UUID, runner: Runner, database: Database
) -> None:
    """An event that only the newer release knows is stored while the older projects: it is counted, and the newer generation,
    which begins at the beginning of the log, has it."""
    await register_people(store, tenant, 1)
    ((name,),) = ask(
        database.dsn("admin"),
        "UPDATE es.event e SET type = 'person.from_the_future' FROM (SELECT position, type FROM es.event WHERE type LIKE 'person.%'"
        " ORDER BY position DESC LIMIT 1) AS last WHERE e.position = last.position RETURNING last.type",
    )
    before = await known(app_pool, tenant, MEMBERS)
    await runner.catch_up()
    assert await known(app_pool, tenant, MEMBERS) == before
    assert ask(database.dsn("admin"), "SELECT DISTINCT unknown FROM es.checkpoint") == [(1,)]
    ask(database.dsn("admin"), f"UPDATE es.event SET type = '{name}' WHERE type = 'person.from_the_future'")
    await Runner(projector, opener, [NEWER]).catch_up()
    assert await known(app_pool, tenant, NEWER) == before + 1
    assert ask(
        database.dsn("admin"), f"SELECT unknown FROM es.checkpoint WHERE generation = {NEWER.version} AND projection = 'members'"
    ) == [(0,)]


@pytest.mark.usefixtures("upgraded")
async def test_the_older_release_can_come_back_as_long_as_both_generations_stand(
    app_pool: asyncpg.Pool, projector: asyncpg.Pool, opener: Opener, store: Store, tenant: UUID, runner: Runner, database: Database
) -> None:
    await Runner(projector, opener, [NEWER]).catch_up()
    await register_people(store, tenant, 2)
    await Runner(projector, opener, [NEWER]).catch_up()
    await runner.catch_up()
    assert await known(app_pool, tenant, MEMBERS) == await known(app_pool, tenant, NEWER)
    owner, connection = await asyncpg.connect(database.dsn("admin")), await asyncpg.connect(database.dsn("projector"))
    assert await older(connection) == []
    (generation,) = await older(connection, [NEWER])
    assert generation == (MEMBERS.name, MEMBERS.version)
    await drop(owner, connection, generation)
    await drop(owner, connection, generation)
    assert await older(connection, [NEWER]) == []
    await owner.close()
    await connection.close()
    left = "SELECT count(*) FROM es.checkpoint WHERE projection = 'members' AND generation = {}"
    assert ask(database.dsn("admin"), left.format(MEMBERS.version)) == [(0,)]
    assert ask(database.dsn("admin"), left.format(NEWER.version)) == [(1,)]
    assert ask(
        database.dsn("admin"), f"SELECT to_regclass('rm.members_g{MEMBERS.version}'), to_regclass('rm.members_g{MEMBERS.version}_text')"
    ) == [(None, None)]
    with pytest.raises(NotCaughtUp):
        await known(app_pool, tenant, MEMBERS)
    assert await known(app_pool, tenant, NEWER) > 2


async def test_a_generation_that_somebody_sets_back_to_building_is_read_again_by_itself(
    app_pool: asyncpg.Pool, store: Store, tenant: UUID, runner: Runner, database: Database
) -> None:
    await tell(store, tenant)
    await runner.catch_up()
    ask(database.dsn("admin"), "UPDATE es.projection SET state = 'building'")
    with pytest.raises(NotCaughtUp):
        await known(app_pool, tenant, MEMBERS)
    await runner.round()
    assert await known(app_pool, tenant, MEMBERS) > 0


async def test_in_a_new_database_there_is_nothing_to_wait_for(app_pool: asyncpg.Pool, tenant: UUID) -> None:
    assert await known(app_pool, tenant, MEMBERS) == 0
