"""The demo's story, played into a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.values import NIL
from infra.keys import FileKeyProvider
from infra.settings import Settings
from services.actor import Actor
from services.pages.reader import links
from tests.database import Database, ask
from workers.demo import keys
from workers.demo.cast import EVERYBODY, GROUP
from workers.demo.guide import GUIDE
from workers.demo.story import playing

COUNT = "SELECT count(*), max(position) FROM es.event"
ANSWERED = {
    "assessment.assessment_results_released": 1,
    "assessment.rater_feedback_submitted": 7,
    "plan.exercise_answered": 1,
    "session.session_rated": 11,
    "survey.survey_response_submitted": 4,
}
"""What only a group, raters, and people who are asked by a survey do."""
ASKED = f"SELECT type, count(*) FROM es.event WHERE type IN ({', '.join(repr(kind) for kind in ANSWERED)}) GROUP BY type"


@pytest.fixture
def settings(database: Database, provider: FileKeyProvider, home: Path) -> Settings:
    return Settings.from_env(
        {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}
    )


async def test_the_story_plays_to_its_end_and_again_without_adding_to_it(settings: Settings, database: Database) -> None:
    await playing(settings, database.dsn("app"))
    first = ask(database.dsn("admin"), COUNT)
    assert {key.role for key in keys.read(settings)} == {"admin", "program_manager", "coach", "client", "sponsor", "auditor"}
    assert dict(ask(database.dsn("admin"), ASKED)) == ANSWERED
    await playing(settings, database.dsn("app"))
    assert ask(database.dsn("admin"), COUNT) == first


def test_the_guide_leads_to_pages_of_those_who_are_to_open_them() -> None:
    roles = {member.name: member.role for member in (*EVERYBODY, *GROUP)}
    for one in GUIDE:
        assert one.path in {link.path for link in links(Actor(NIL, NIL, roles[one.who], NIL))}, one
