"""A story with all its read models, told once; each test has a copy of its database to spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.runner import Runner
from tests.database import Database, ask
from tests.workers.verify.tampering import Tampering, keep_snapshot
from workers.demo.story import playing
from workers.verify.difference import Difference
from workers.verify.part import CONTEXT, begin
from workers.verify.whole import Manner, Verdict, Whole, every_tenant

NUMBERS = count(1)

Place = dict[str, Any]
"""The fields of a difference that say what it is and where."""


@pytest.fixture(scope="session")
async def story(make_database: Callable[[], Database], provider: FileKeyProvider, folder: Path) -> Database:
    """The demo's story, its read models, and one snapshot of its plan, as it stands in the end."""
    database = make_database()
    values = {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(folder / "told")}
    await playing(Settings.from_env(values), database.dsn("app"))
    async with await pool(database.dsn("projector")) as connections:
        await Runner(connections, Opener(Vault(provider))).catch_up()
    ask(database.dsn("admin"), "DELETE FROM es.snapshot RETURNING version")
    async with await pool(database.dsn("app")) as connections:
        await keep_snapshot(Store(connections, Vault(provider)), Tampering(database).plan)
    return database


@pytest.fixture
def told(story: Database) -> Iterator[Database]:
    """A copy of it, for this test."""
    copy = Database(story.cluster, f"verify_{next(NUMBERS)}")
    ask(story.cluster.dsn(), f"CREATE DATABASE {copy.name} TEMPLATE {story.name} STRATEGY file_copy")
    yield copy
    copy.drop()


@pytest.fixture
def tampering(told: Database) -> Tampering:
    return Tampering(told)


@pytest.fixture(scope="session")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Two processes that examine parts."""
    with ProcessPoolExecutor(2, mp_context=CONTEXT, initializer=begin, initargs=(CONTEXT.Value("q", 0),)) as executor:
        yield executor


class Verifying:
    """Verifies the test's copy, as the command does."""

    def __init__(self, database: Database, key_file: Path, processes: ProcessPoolExecutor) -> None:
        self.database = database
        self.key_file = key_file
        self.processes = processes

    async def __call__(self, *, with_rows: bool = True) -> Verdict:
        manner = Manner(self.database.dsn("app"), self.key_file, 2, with_rows)
        whole = Whole(manner, self.processes)
        await whole.examine(await every_tenant(self.database.dsn("worker")))
        return whole.verdict()

    async def kinds(self, place: Place) -> set[str]:
        """Of all differences. Fails unless one of them is at the place."""
        verdict = await self()
        difference = found(verdict, place["kind"])
        assert {name: getattr(difference, name) for name in place} == place
        return {each.kind for each in verdict.differences}


def found(verdict: Verdict, kind: str) -> Difference:
    named = {each.kind: each for each in verdict.differences}
    assert kind in named, f"only {[each.text for each in verdict.differences]}"
    return named[kind]


@pytest.fixture
def verify(told: Database, provider: FileKeyProvider, processes: ProcessPoolExecutor) -> Verifying:
    return Verifying(told, provider.path, processes)
