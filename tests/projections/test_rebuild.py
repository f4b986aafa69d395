"""Read models are disposable: rebuilt rows equal followed ones, whatever the pages were, and nobody reads half a rebuild."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.postgres import tenant_transaction
from infra.settings import Settings
from projections.catalogue import PROJECTIONS
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.rebuild import ensure
from projections.runner import Runner
from tests.database import Database, ask
from tests.projections.reading import Reader
from tests.projections.rebuilding import newer, rebuild_all
from tests.projections.story import tell
from tests.projections.tables import tables
from workers.demo.story import playing

NEXT = MEMBERS.version + 1
PAGES = (1, 7, 2000)
FILLED = {"members", "plan_current", "engagement_current", "program_current", "assessment_current", "plan_timeline", "kpi_board"}
"""What the story of the demo leaves rows in, at least."""


@pytest.fixture
async def demo(database: Database, provider: FileKeyProvider, home: Path) -> Database:
    """A database in which the whole story of the demo was played: every command, several roles."""
    settings = Settings.from_env(
        {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}
    )
    await playing(settings, database.dsn("app"))
    return database


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every read model, in one order, and the checkpoints."""
    found = {name: ask(database.dsn("admin"), f"SELECT t::text FROM rm.{name} t ORDER BY 1") for name in tables()}
    found["checkpoint"] = ask(database.dsn("admin"), "SELECT tenant_id, projection, generation, position FROM es.checkpoint ORDER BY 1, 2")
    return found


def empty(database: Database) -> None:
    ask(database.dsn("admin"), f"TRUNCATE es.checkpoint, {', '.join(f'rm.{name}' for name in tables())}")


async def test_rows_are_the_same_whatever_the_pages_were(demo: Database, projector: asyncpg.Pool, opener: Opener) -> None:
    found = []
    for page in PAGES:
        empty(demo)
        await Runner(projector, opener, page=page).catch_up()
        found.append(rows(demo))
    assert {each.name for each in PROJECTIONS if found[0][f"{each.name}_g{each.version}"]} >= FILLED
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("page", PAGES)
async def test_rebuilt_rows_equal_followed_rows(demo: Database, projector: asyncpg.Pool, opener: Opener, page: int) -> None:
    await Runner(projector, opener).catch_up()
    followed = rows(demo)
    ask(demo.dsn("admin"), f"UPDATE rm.members_g{MEMBERS.version} SET position = 0; DELETE FROM rm.kpi_board_g{KPI_BOARD.version}")
    for projection in PROJECTIONS:
        await rebuild_all(projector, opener, projection, page=page)
    assert rows(demo) == followed


async def test_a_rebuild_beside_projectors_and_writers_ends_with_the_same_rows(
    store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, database: Database
) -> None:
    runner = Runner(projector, opener, page=5, patience=0.0)
    running = asyncio.create_task(runner.run())
    told = [asyncio.create_task(tell(store, tenant)) for _ in range(3)]
    try:
        for projection in PROJECTIONS:
            await rebuild_all(projector, opener, projection, page=3)
        await asyncio.gather(*told)
    finally:
        runner.stop()
        await running
    await Runner(projector, opener).catch_up()
    followed = rows(database)
    empty(database)
    await Runner(projector, opener).catch_up()
    assert rows(database) == followed


async def test_readers_see_the_old_rows_until_the_new_ones_are_complete(
    store: Store, tenant: UUID, projector: asyncpg.Pool, reader: Reader, opener: Opener
) -> None:
    story = await tell(store, tenant)
    await Runner(projector, opener).catch_up()
    seen: list[int] = []

    class Watching(Opener):
        async def open(self, *given: Any) -> dict[str, Any]:
            seen.append(len(await reader.people(tenant)))
            return await super().open(*given)

    await rebuild_all(projector, Watching(opener.vault), MEMBERS, page=1)
    assert seen == [2, 2]
    assert await reader.position(tenant, MEMBERS) == story.position


class TestGenerations:
    async def test_a_new_one_is_read_once_it_is_built(
        self, store: Store, tenant: UUID, database: Database, projector: asyncpg.Pool, opener: Opener, reader: Reader
    ) -> None:
        story = await tell(store, tenant)
        await Runner(projector, opener).catch_up()
        owner = await asyncpg.connect(database.dsn("admin"))
        await ensure(owner, [newer(MEMBERS, NEXT)])
        await owner.close()
        assert states(database) == [(MEMBERS.version, "live"), (NEXT, "building")]
        assert len(await reader.people(tenant)) == 2
        await rebuild_all(projector, opener, newer(MEMBERS, NEXT))
        assert states(database) == [(MEMBERS.version, "live"), (NEXT, "building")]
        await Runner(projector, opener, [newer(MEMBERS, NEXT)]).catch_up()
        assert states(database) == [(MEMBERS.version, "retired"), (NEXT, "live")]
        assert len(await reader.people(tenant)) == 2
        assert ask(database.dsn("admin"), f"SELECT count(*) FROM rm.members_g{NEXT}_text") == [(4,)]
        assert await reader.position(tenant, MEMBERS) == story.position

    async def test_making_tables_twice_changes_nothing(self, database: Database) -> None:
        owner = await asyncpg.connect(database.dsn("admin"))
        await ensure(owner)
        await owner.close()
        assert ask(database.dsn("admin"), "SELECT count(*) FROM es.projection WHERE state = 'live'") == [(len(PROJECTIONS),)]


class TestRights:
    async def test_every_table_has_row_security_and_one_policy(self, database: Database) -> None:
        """USING and WITH CHECK on the tenant, forced on the owner too, for each table of the schema."""
        found = ask(
            database.dsn("admin"),
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid),"
            " p.polcmd = '*', pg_get_userbyid(c.relowner)"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relnamespace = 'rm'::regnamespace AND c.relkind = 'r'",
        )
        assert {row[0] for row in found} == set(tables())
        assert {row[1:] for row in found} == {(True, True, True, True, "throughline_owner")}

    async def test_the_application_reads_its_organization_and_writes_nothing(
        self, store: Store, tenant: UUID, app_pool: asyncpg.Pool, runner: Runner
    ) -> None:
        await tell(store, tenant)
        await runner.catch_up()
        stranger = UUID(int=7)
        for name in tables():
            async with tenant_transaction(app_pool, stranger) as connection:
                assert await connection.fetchval(f"SELECT count(*) FROM rm.{name}") == 0
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with tenant_transaction(app_pool, tenant) as connection:
                    await connection.execute(f"DELETE FROM rm.{name}")

    async def test_the_projector_cannot_write_into_another_organization(self, projector: asyncpg.Pool, tenant: UUID) -> None:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant_transaction(projector, tenant) as connection:
                await MEMBERS.rows().put.execute(connection, tenant_id=UUID(int=7), keys=[tenant], positions=[1], docs=["{}"])


def states(database: Database) -> list[tuple[Any, ...]]:
    return ask(database.dsn("admin"), "SELECT generation, state FROM es.projection WHERE projection = 'members' ORDER BY 1")
