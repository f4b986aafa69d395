"""Erasure: after the key is destroyed the plain text goes from every read model, and neither page nor rebuild brings it back."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.postgres import pool
from projections import rebuild
from projections.catalogue import PROJECTIONS
from projections.members import MEMBERS
from projections.runner import Runner
from tests.database import Database, ask
from tests.projections.reading import Reader
from tests.projections.rebuilding import rebuild_all
from tests.projections.story import TITLE, Story, tell
from tests.projections.tables import tables

WAITING = """
SELECT EXISTS (SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock')"""


async def test_a_persons_text_goes_and_does_not_come_back(
    store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, reader: Reader, database: Database
) -> None:
    """The client is erased in the engagement: the words about them go, the numbers and the coach's words stay."""
    story = await tell(store, tenant)
    await Runner(projector, opener).catch_up()
    assert TITLE in texts(database)
    await store.vault.destroy(store.pool, tenant, story.client, story.engagement)
    await rebuild.purge(projector, tenant, subject=story.client, realm=story.engagement)
    await check(database, reader, tenant, story)
    for projection in PROJECTIONS:
        await rebuild_all(projector, opener, projection)
    await check(database, reader, tenant, story)


async def check(database: Database, reader: Reader, tenant: UUID, story: Story) -> None:
    assert TITLE not in texts(database)
    assert "Mira Okafor" in texts(database)
    plan = await reader.plan(tenant, story.plan)
    assert plan is not None
    (objective,) = plan.state.objectives.values()
    assert objective.terms.title.is_erased
    assert objective.terms.target == 80
    sentences = [told.sentence for told in await reader.timeline(tenant, story.engagement)]
    assert "Dana Reyes defined the objective [erased], due 30 June 2026." in sentences


async def test_a_person_erased_everywhere_has_no_name_and_no_words(
    store: Store, tenant: UUID, projector: asyncpg.Pool, opener: Opener, reader: Reader, database: Database
) -> None:
    story = await tell(store, tenant)
    await Runner(projector, opener).catch_up()
    await store.vault.destroy(store.pool, tenant, story.coach, None)
    await rebuild.purge(projector, tenant, subject=story.coach)
    assert "Dana Reyes" not in texts(database)
    assert TITLE in texts(database)
    moved = next(told for told in await reader.timeline(tenant, story.engagement) if told.kind == "plan.milestone_adjusted")
    assert moved.sentence.startswith("The coach moved the milestone “Half of the team convinced”")
    assert moved.reason is not None
    assert moved.reason.is_erased


async def test_purging_waits_for_the_page_that_opened_it_before(
    store: Store, tenant: UUID, projector: asyncpg.Pool, database: Database, opener: Opener
) -> None:
    """A projector opened the text, then the key is destroyed, then the page commits: the text does not stay."""
    story = await tell(store, tenant)
    purging: list[asyncio.Task[None]] = []

    class Slow(Opener):
        async def open(self, source: Any, at: UUID, values: Any) -> dict[str, Any]:
            opened = await super().open(source, at, values)
            await store.vault.destroy(store.pool, tenant, story.client, None)
            purging.append(asyncio.create_task(rebuild.purge(connections, tenant, subject=story.client)))
            while not await connections.fetchval(WAITING) and not purging[0].done():
                continue
            return opened

    connections = await pool(database.dsn("projector"))
    await Runner(projector, Slow(opener.vault), [MEMBERS]).round()
    await asyncio.gather(*purging)
    await connections.close()
    assert len(purging) == 1
    assert "Dana Reyes" in texts(database)
    assert "Mira Okafor" not in texts(database)


def texts(database: Database) -> str:
    """All plain text of all read models."""
    found = (
        ask(database.dsn("admin"), f"SELECT string_agg(text::text, ' ') FROM rm.{name}") for name in tables() if name.endswith("_text")
    )
    return " ".join(rows[0][0] or "" for rows in found)
