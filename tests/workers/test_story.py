"""The demo's story, played into a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from infra.settings import Settings
from tests.database import Database, ask
from workers.demo import keys
from workers.demo.story import playing

COUNT = "SELECT count(*), max(position) FROM es.event"


@pytest.fixture
def settings(database: Database, provider: FileKeyProvider, home: Path) -> Settings:
    return Settings.from_env(
        {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}
    )


async def test_the_story_plays_to_its_end_and_again_without_adding_to_it(settings: Settings, database: Database) -> None:
    await playing(settings, database.dsn("app"))
    first = ask(database.dsn("admin"), COUNT)
    assert {key.role for key in keys.read(settings)} == {"admin", "program_manager", "coach", "client", "sponsor", "auditor"}
    await playing(settings, database.dsn("app"))
    assert ask(database.dsn("admin"), COUNT) == first
