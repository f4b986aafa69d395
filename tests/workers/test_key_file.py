"""A key file of another installation: no process begins to work with it, for then every write would be refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from tests.database import Database
from tests.waiting import PATIENCE_SECONDS
from tests.workers.command import addresses
from tests.workers.installation import free_port, surroundings, throughline
from tests.workers.shell import FOUNDED, Shell
from workers.cli.exit import Exit


@pytest.mark.parametrize("command", ["api", "projector", "worker"])
def test_no_process_starts_with_it(shell: Shell, database: Database, tmp_path: Path, command: str) -> None:
    own, other = tmp_path / "kek", tmp_path / "other"
    for path in (own, other):
        FileKeyProvider.create(path)
    urls = addresses(database)
    made = shell("tenant", "create", "--slug", "acme", *FOUNDED, THROUGHLINE_KEY_FILE=str(own), **urls)
    assert made.code == Exit.OK, made.errors
    if command == "projector":
        urls["DATABASE_URL"] = urls["PROJECTOR_DATABASE_URL"]
    around = surroundings(THROUGHLINE_KEY_FILE=str(other), THROUGHLINE_PORT=str(free_port()), **urls)
    ended = subprocess.run(throughline(command), env=around, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert ended.returncode == Exit.CONFIGURATION, ended.stderr
    assert f"{other}: the key named 1 is not the one that was used: restore the file from its copy" in ended.stderr
