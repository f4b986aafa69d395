"""What a newer release does to a read model: its own generation is filled beside the old one, and read when it is full."""

from __future__ import annotations

from uuid import UUID

import asyncpg
import pytest

from domain.person.state import PersonState
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from projections import members
from projections.members import MEMBERS
from projections.projection import Projection
from projections.rebuild import ensure
from projections.runner import Runner
from projections.snapshot import NotCaughtUp, snapshot
from tests.database import Database
from tests.projections.story import tell

NEWER = Projection(
    members.__file__,
    name=MEMBERS.name,
    version=MEMBERS.version + 1,
    document=PersonState,
    reads=MEMBERS.reads,
    key=members.key,
    apply=members.apply,
)


async def known(connections: asyncpg.Pool, tenant: UUID, projection: Projection[PersonState]) -> int:
    async with snapshot(connections, tenant) as rows:
        return len(await rows.sealed(projection, "page", after=None, at_most=1000))


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


async def test_in_a_new_database_there_is_nothing_to_wait_for(app_pool: asyncpg.Pool, tenant: UUID) -> None:
    assert await known(app_pool, tenant, MEMBERS) == 0
