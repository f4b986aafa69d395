"""An event that cannot be taken in stops one projection of one organization, and nothing else; whoever is told can find it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from projections.current import CURRENT
from projections.following import FAILURES
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.runner import Runner, unpark
from tests.database import Database, ask
from tests.infra.told import new_id, person, policy, record, register
from tests.projections.counting import COUNTED, checkpoint, counted, counts, failing_at, written
from tests.projections.reading import Reader
from tests.projections.story import tell

MOVED = 8
"""The version of the plan at which the story moves its milestone; two events come after it."""


class TestPoison:
    async def test_parks_its_projection_of_its_organization_and_everything_else_goes_on(
        self, store: Store, tenant: UUID, database: Database, projector: asyncpg.Pool, opener: Opener
    ) -> None:
        story = await tell(store, tenant)
        other = new_id()
        await register(store, other)
        await tell(store, other)
        poisoned = failing_at(story.plan, MOVED)
        runner = Runner(projector, opener, [poisoned, KPI_BOARD], patience=0.0)
        with capture_logs() as logged:
            await runner.catch_up()
        assert await runner.behind() == []
        (alert,) = [line for line in logged if line["event"] == "projection_parked"]
        assert (alert["log_level"], alert["tenant_id"], alert["projection"]) == ("error", str(tenant), "members")
        assert (alert["position"], alert["stream"], alert["version"]) == (story.position - 2, story.plan, MOVED)
        assert (alert["type"], alert["error"]) == ("plan.milestone_adjusted", "ZeroDivisionError")
        assert [line["event"] for line in logged].count("page_failed") >= FAILURES
        stands = dict(ask(database.dsn("admin"), "SELECT tenant_id, position FROM es.checkpoint WHERE projection = 'members'"))
        assert stands == {tenant: story.position - 3, other: story.position}
        kept = ask(database.dsn("admin"), "SELECT retry_at = 'infinity', last_error FROM es.checkpoint WHERE failures > 0")
        assert kept == [(True, "ZeroDivisionError")]
        assert checkpoint(database, "kpi_board")[0] == story.position

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE es.event e SET payload = s.payload FROM es.event s WHERE {last} AND s.tenant_id = e.tenant_id "
            "AND s.stream_id <> e.stream_id AND s.type = e.type",
            "UPDATE es.subject_key k SET wrapped = sha256(k.wrapped) || '\\x0000000000000000'::bytea FROM es.event e "
            "WHERE {last} AND k.tenant_id = e.tenant_id AND k.realm_id = e.stream_id",
            "DELETE FROM es.subject_key k USING es.event e WHERE {last} AND k.tenant_id = e.tenant_id AND k.realm_id = e.stream_id",
        ],
        ids=["moved", "damaged", "deleted"],
    )
    async def test_words_without_their_key_park_it_in_front_of_them(
        self, store: Store, tenant: UUID, database: Database, projector: asyncpg.Pool, opener: Opener, damage: str
    ) -> None:
        await register(store, tenant)
        persons = [new_id(), new_id()]
        for each in persons:
            await record(store, tenant, each, [person(each, email=f"{each}@example.org")])
        ask(database.dsn("admin"), damage.format(last=f"e.tenant_id = '{tenant}' AND e.stream_id = '{persons[1]}'"))
        runner = Runner(projector, opener, [MEMBERS, KPI_BOARD], patience=0.0)
        await runner.catch_up()
        assert await runner.behind() == []
        (at,) = ask(database.dsn("admin"), f"SELECT position FROM es.event WHERE stream_id = '{persons[1]}'")
        kept = ask(
            database.dsn("admin"), "SELECT projection, position, retry_at = 'infinity', last_error FROM es.checkpoint WHERE failures > 0"
        )
        assert kept == [("members", at[0] - 1, True, "KeyLost")]
        assert checkpoint(database, "kpi_board")[0] == at[0]

    async def test_after_its_cause_is_mended_it_goes_on(
        self, store: Store, tenant: UUID, database: Database, projector: asyncpg.Pool, opener: Opener
    ) -> None:
        story = await tell(store, tenant)
        await Runner(projector, opener, [failing_at(story.plan, MOVED)], patience=0.0).catch_up()
        await record(store, tenant, tenant, [policy()])
        mended = Runner(projector, opener, [COUNTED], patience=0.0)
        await mended.catch_up()
        assert checkpoint(database, "members")[0] == story.position - 3
        await unpark(projector, tenant, COUNTED)
        await mended.catch_up()
        assert checkpoint(database, "members") == (story.position + 1, 0, None)
        assert counts(database) == written(database)

    async def test_what_fails_for_a_while_only_is_not_parked(
        self, store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener
    ) -> None:
        story = await tell(store, tenant)
        attempts = iter(range(100))

        def apply(counts: dict[str, int] | None, fed: Any) -> dict[str, int]:
            return {"events": 1 // min(1, next(attempts) // 4)}

        runner = Runner(projector, opener, [counted(apply)], patience=0.0)
        await runner.catch_up()
        assert await Reader(projector).position(tenant, MEMBERS) == story.position

    async def test_an_unknown_event_is_passed_by(
        self, store: Store, tenant: UUID, runner: Runner, reader: Reader, database: Database
    ) -> None:
        story = await tell(store, tenant)
        ask(
            database.dsn("admin"),
            f"UPDATE es.event SET type = 'plan.from_the_future' WHERE tenant_id = '{tenant}' AND position = {story.position - 1}",
        )
        await runner.catch_up()
        found = await reader.plan(tenant, story.plan)
        assert found is not None
        assert found.state.objectives[next(iter(found.state.objectives))].measurements == ()
        assert await reader.position(tenant, CURRENT["plan"]) == story.position
