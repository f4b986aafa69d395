"""The projector under crashes, rivals, poison and outages: every event takes effect once, and one fault stays one fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.errors import DatabaseAway
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.launcher.cluster import Cluster
from infra.postgres import pool, tenant_transaction
from projections.checkpoint import SQL, Lag
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.proxy import Proxy
from tests.infra.told import new_id, register
from tests.projections.counting import COUNTED, checkpoint, counted, counts, written
from tests.projections.reading import Reader
from tests.projections.story import tell
from tests.waiting import PATIENCE_SECONDS
from workers.schema import prepare

KILLS = 20
KILL = """
SELECT count(pg_terminate_backend(pid))
  FROM (SELECT pid FROM pg_stat_activity
         WHERE usename = 'throughline_projector' AND datname = current_database() ORDER BY random() LIMIT 1) AS one"""
BEHIND = """
SELECT EXISTS (SELECT FROM es.tenant_head h LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id
                WHERE h.position > coalesce(c.position, 0))"""


@pytest.fixture
async def proxy(database: Database) -> AsyncIterator[Proxy]:
    async with Proxy(database.dsn("projector")) as proxy:
        yield proxy


@pytest.fixture
async def frail(proxy: Proxy, opener: Opener) -> AsyncIterator[Runner]:
    """A projector whose connections go through the proxy."""
    connections = await pool(proxy.url(), size=1)
    yield Runner(connections, opener, [COUNTED], patience=0.0)
    await connections.close()


@pytest.fixture
def leaving(folder: Path) -> Iterator[Cluster]:
    """A server of the test's own, which it may stop and start."""
    with Cluster(folder / "leaving") as cluster:
        prepare(cluster.dsn())
        yield cluster


class TestCrashes:
    @pytest.mark.parametrize("committed", [True, False])
    async def test_a_page_whose_commit_is_cut_takes_effect_once(
        self, store: Store, tenant: UUID, frail: Runner, proxy: Proxy, database: Database, committed: bool
    ) -> None:
        await tell(store, tenant)
        for lag in await frail.behind():
            await frail.begun(lag)
        proxy.cut(b"COMMIT", answer=committed)
        while await frail.behind():
            await frail.round()
        assert proxy.cuts == 1
        assert counts(database) == written(database)

    async def test_rivals_that_crash_and_are_killed_lose_and_repeat_nothing(
        self, store: Store, opener: Opener, database: Database, projector: asyncpg.Pool
    ) -> None:
        """Four projectors, five organizations, pages of three events; connections are killed at random meanwhile."""
        for _ in range(5):
            tenant = new_id()
            await register(store, tenant)
            await tell(store, tenant)
        rivals = [Runner(await pool(database.dsn("projector"), size=1), opener, [COUNTED], page=3, patience=0.0) for _ in range(4)]
        running = [asyncio.create_task(rival.run()) for rival in rivals]
        kills = looks = 0
        admin = await asyncpg.connect(database.dsn("admin"))
        while kills < KILLS or await admin.fetchval(BEHIND):
            looks += 1
            kills += await admin.fetchval(KILL) if looks % 10 == 0 and kills < KILLS else 0
            for rival in rivals:
                rival.heard.set()
        for rival in rivals:
            rival.stop()
        try:
            await asyncio.gather(*running)
        finally:
            for rival in rivals:
                await rival.connections.close()
            await admin.close()
        assert counts(database) == written(database)


class TestOutages:
    async def test_missing_keys_are_no_events_fault(
        self, store: Store, tenant: UUID, projector: asyncpg.Pool, database: Database, tmp_path: Path
    ) -> None:
        """Ten rounds without a key provider, then it is back: nothing was counted, nothing parked."""
        story = await tell(store, tenant)
        without = Runner(projector, Opener(Vault(FileKeyProvider(tmp_path / "gone"))), [MEMBERS], patience=0.0)
        for _ in range(10):
            await without.round()
        assert checkpoint(database, "members") == (0, 0, "KeyUnavailable")
        await Runner(projector, Opener(store.vault), [MEMBERS], patience=0.0).catch_up()
        assert checkpoint(database, "members") == (story.position, 0, None)

    async def test_a_table_of_another_release_is_no_events_fault(
        self, store: Store, tenant: UUID, database: Database, projector: asyncpg.Pool, opener: Opener
    ) -> None:
        story = await tell(store, tenant)
        ask(database.dsn("admin"), f"ALTER TABLE rm.members_g{MEMBERS.version} RENAME TO members_g0")
        runner = Runner(projector, opener, [MEMBERS], patience=0.0)
        for _ in range(10):
            await runner.round()
        assert checkpoint(database, "members") == (0, 0, "SchemaDiffers")
        ask(database.dsn("admin"), f"ALTER TABLE rm.members_g0 RENAME TO members_g{MEMBERS.version}")
        await runner.catch_up()
        assert checkpoint(database, "members") == (story.position, 0, None)

    async def test_a_missing_position_stops_at_the_hole(
        self, store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, database: Database
    ) -> None:
        await tell(store, tenant)
        ask(database.dsn("admin"), f"DELETE FROM es.event WHERE tenant_id = '{tenant}' AND position = 5")
        await Runner(projector, opener, [COUNTED], patience=0.0).catch_up()
        assert checkpoint(database, "members") == (4, 1, "LogBroken")

    async def test_the_projector_outlives_the_database(self, leaving: Cluster, provider: FileKeyProvider) -> None:
        database = Database(leaving, "postgres")
        app, connections = await pool(database.dsn("app")), await pool(database.dsn("projector"))
        store, reader = Store(app, Vault(provider)), Reader(app)
        runner = Runner(connections, Opener(Vault(provider)), [MEMBERS], patience=0.0)
        tenant = new_id()
        await register(store, tenant)
        running = asyncio.create_task(runner.run())
        assert await reader.reached(tenant, MEMBERS, 1)
        leaving.stop()
        runner.heard.set()
        for _ in range(3):
            with pytest.raises(DatabaseAway):
                await runner.behind()
        leaving.start()
        await app.expire_connections()
        story = await tell(store, tenant)
        assert await reader.reached(tenant, MEMBERS, story.position)
        runner.stop()
        await asyncio.wait_for(running, PATIENCE_SECONDS)
        await store.settle()
        await app.close()
        await connections.close()


async def test_what_somebody_else_had_the_lease_of_is_taken_up_when_they_let_go(
    store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody rings for it, and the pause between two rings outlasts the test."""

    class Resting(Runner):
        async def rest(self) -> None:
            rests.set()
            await super().rest()

    rests, runner = asyncio.Event(), Resting(projector, opener, [MEMBERS])
    await runner.catch_up()
    monkeypatch.setattr("projections.following.POLL_SECONDS", 3600)
    async with tenant_transaction(projector, tenant) as connection:
        await SQL.hold.value(connection, **Lag(tenant, MEMBERS, 0).row)
        story = await tell(store, tenant)
        running = asyncio.create_task(runner.run())
        await asyncio.wait_for(rests.wait(), PATIENCE_SECONDS)
    assert await reader.reached(tenant, MEMBERS, story.position)
    runner.stop()
    await asyncio.wait_for(running, PATIENCE_SECONDS)


async def test_a_stopped_projector_ends_after_its_page(store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener) -> None:
    await tell(store, tenant)

    def apply(counts: dict[str, int] | None, fed: Any) -> dict[str, int]:
        runner.stop()
        return {"events": 1}

    runner = Runner(projector, opener, [counted(apply), CURRENT["plan"]], page=2)
    await asyncio.wait_for(runner.run(), PATIENCE_SECONDS)
    assert 0 < await Reader(projector).position(tenant, MEMBERS) < 20
