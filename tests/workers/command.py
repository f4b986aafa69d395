"""`throughline` commands run in a test's own process, on a database that the test names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.database import Database
from workers.cli.main import run


def addresses(database: Database) -> dict[str, str]:
    roles = {"": "app", "MIGRATION_": "admin", "PROJECTOR_": "projector", "WORKER_": "worker"}
    return {f"{name}DATABASE_URL": database.dsn(role) for name, role in roles.items()}


class Commands:
    """Commands run in this process, on one database at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key_file: Path, data: Path) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        monkeypatch.setenv("THROUGHLINE_KEY_FILE", str(key_file))
        monkeypatch.setenv("THROUGHLINE_DATA", str(data))

    def use(self, database: Database) -> Database:
        for name, value in addresses(database).items():
            self.monkeypatch.setenv(name, value)
        return database

    def __call__(self, *arguments: str | Path) -> tuple[int, str]:
        """How it ended, and what it said or complained of."""
        code = run([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        return code, said.out + said.err
