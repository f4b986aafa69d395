"""How fast a history is written: with nobody following the log, and with a projector at its heels."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from infra.settings import Settings
from tests.database import Database
from workers.demo.history.load import loading
from workers.demo.history.size import Size

SIZE = Size(coaches=20, clients=150, months=12, seed=1)
LEAST = 2000  # events a second, with nobody following


@contextmanager
def projector(settings: Settings, database: Database) -> Iterator[None]:
    """A projector's process, as `throughline up` runs it."""
    environment = {"DATABASE_URL": database.dsn("projector"), "THROUGHLINE_KEY_FILE": str(settings.key_file)}
    with subprocess.Popen([sys.executable, "-m", "workers.cli.main", "projector"], env=environment) as process:
        try:
            yield
        finally:
            process.terminate()


async def events_a_second(make_database: Callable[[], Database], provider: FileKeyProvider, home: Path, *, followed: bool) -> int:
    database, said = make_database(), []
    values = {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}
    settings = Settings.from_env(values)
    with projector(settings, database) if followed else nullcontext():
        await loading(settings, SIZE, said.append, date(2026, 11, 20))
    found = re.search(r"([\d,]+) a second", said[-1])
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.bench
async def test_a_history_is_written_at_2000_events_a_second(
    make_database: Callable[[], Database], provider: FileKeyProvider, home: Path
) -> None:
    followed = await events_a_second(make_database, provider, home / "followed", followed=True)
    alone = max([await events_a_second(make_database, provider, home / str(round), followed=False) for round in range(2)])
    print(f"\nhistory: {alone:,} events a second, {followed:,} with a projector following")
    assert alone >= LEAST
