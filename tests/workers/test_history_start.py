"""What a start of everything does about a history that was begun and not finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.settings import Settings
from tests.waiting import until
from tests.workers.installation import Installation
from workers.demo import keys
from workers.demo.history import note
from workers.demo.history.size import Size

SMALL = Size(coaches=2, clients=4, months=3, seed=7)


@pytest.fixture
def begun(home: Path) -> Settings:
    """Of an installation whose first start noted a history and was stopped."""
    settings = Settings.from_env({"THROUGHLINE_DATA": str(home)})
    note.write(settings, note.Note(SMALL))
    return settings


def said(started: Installation) -> Iterator[str]:
    assert started.up.stdout
    return iter(started.up.stdout.readline, "")


def test_it_is_gone_on_with_in_the_background(begun: Settings) -> None:
    started = Installation(begun.data)
    until(lambda: note.unfinished(begun) is None)
    assert [key.role for key in keys.of(begun, SMALL.slug)] == ["program_manager"]
    assert started.end() == 0


def test_it_is_left_alone_where_none_is_wanted(begun: Settings) -> None:
    started = Installation(begun.data, "--no-history")
    lines = said(started)
    assert any("answers with the pages" in line for line in lines)
    started.up.terminate()
    assert not any("in the background" in line for line in lines)
    assert started.end() == 0
    assert note.unfinished(begun) == SMALL
