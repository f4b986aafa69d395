"""Who has a turn, and how much of it: nobody waits for those who are far behind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from projections.current import CURRENT
from projections.following import PAGES_A_TURN
from projections.kpi_board import KPI_BOARD
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.told import new_id, policy, record, register
from tests.projections.counting import COUNTED, counts, written
from tests.projections.story import tell


class TestOrder:
    async def test_who_is_far_behind_holds_nobody_back(
        self, store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, database: Database
    ) -> None:
        """After one round who had little to take in is done, and who has much has had a turn."""
        for _ in range(3):
            await tell(store, tenant)
        others = [new_id() for _ in range(5)]
        for other in others:
            await register(store, other)
        runner = Runner(projector, opener, [COUNTED, KPI_BOARD], page=2, patience=0.0)
        assert await runner.round()
        stands = dict(ask(database.dsn("admin"), "SELECT tenant_id, position FROM es.checkpoint WHERE projection = 'members'"))
        assert {stands[other] for other in others} == {1}
        assert 0 < stands[tenant] <= PAGES_A_TURN * 2
        await runner.catch_up()
        assert counts(database) == written(database)

    async def test_those_who_stand_together_read_the_log_once(
        self, store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, database: Database
    ) -> None:
        """Also after one of them was poisoned and mended, and stands elsewhere for a while."""
        story = await tell(store, tenant)
        reads: list[int] = []

        class Reading(Runner):
            async def read(self, of: UUID, after: int, until: int) -> Any:
                reads.append(after)
                return await super().read(of, after, until)

        runner = Reading(projector, opener, [COUNTED, KPI_BOARD, CURRENT["plan"]], page=5, patience=0.0)
        await runner.catch_up()
        assert sorted(reads) == sorted(set(reads))
        ask(
            database.dsn("admin"),
            f"UPDATE es.checkpoint SET position = 0 WHERE projection = 'kpi_board'; DELETE FROM rm.kpi_board_g{KPI_BOARD.version}",
        )
        await record(store, tenant, tenant, [policy()])
        await runner.catch_up()
        stands = ask(database.dsn("admin"), "SELECT DISTINCT position FROM es.checkpoint")
        assert stands == [(story.position + 1,)]
