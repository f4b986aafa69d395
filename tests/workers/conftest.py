"""The installation that the tests of this folder look at, and one that was copied."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from tests.database import Database
from tests.waiting import until
from tests.workers.command import Commands, addresses
from tests.workers.copied import Copied
from tests.workers.installation import Installation
from tests.workers.shell import Shell
from workers.cli.exit import Exit
from workers.cli.main import run

HISTORY = "demo --coaches 1 --clients 3 --months 2 --seed 1"


@pytest.fixture(scope="session")
def installation(folder: Path) -> Iterator[Installation]:
    """One that answers. A test that breaks something in it waits until it is mended."""
    started = Installation(folder / "installation")
    try:
        until(started.is_ready)
        yield started
    finally:
        started.end()


@pytest.fixture(scope="session")
def copied(make_database: Callable[[], Database], provider: FileKeyProvider, folder: Path) -> Copied:
    """Of an organization with three clients and three months of coaching."""
    database, home = make_database(), Path(tempfile.mkdtemp(dir=folder))
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {**addresses(database), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}.items():
            patched.setenv(name, value)
        assert run(HISTORY.split()) == Exit.OK
        assert run(["backup", "--events", str(home / "events"), "--keys", str(home / "keys")]) == Exit.OK
    return Copied(database, *sorted((*home.glob("events/*.events"), *home.glob("keys/*.keys")), key=lambda path: path.suffix))


@pytest.fixture
def command(
    copied: Copied, provider: FileKeyProvider, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """On the installation that was copied, until another is used."""
    commands = Commands(monkeypatch, capsys, provider.path, home)
    commands.use(copied.database)
    return commands


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    return Shell(capsys, monkeypatch, tmp_path)


@pytest.fixture
def office(shell: Shell, installation: Installation) -> Shell:
    """The same, beside the installation that runs."""
    shell.monkeypatch.setenv("THROUGHLINE_DATA", installation.environment["THROUGHLINE_DATA"])
    return shell
