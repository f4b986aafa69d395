"""An archive that could not be written is not there, and says so; and what fills it ends with whoever asked for it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.waiting import until
from tests.workers.installation import command_of, exists
from workers.backup.archive import Manifest, write
from workers.backup.errors import BackupFault
from workers.backup.tool import run

ASK = "import sys; from pathlib import Path; from workers.backup.tool import run; run(Path(sys.argv[1]), 'dbname=none')"


def manifest(size: int, sha256: str) -> Manifest:
    return Manifest(kind="keys", taken_at=datetime.now(UTC), migration=1, organizations=0, events=0, bytes=size, sha256=sha256)


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "missing" / "x.keys"
    with pytest.raises(BackupFault, match=r"x\.keys was not written \(No such file or directory\): make room there"):
        write(archive, lambda draft: None, manifest)


def test_nothing_is_left_of_an_archive_that_broke_off(tmp_path: Path) -> None:
    def fill(draft: Path) -> None:
        draft.write_bytes(b"half")
        raise BackupFault("pg_dump failed: No space left on device")

    with pytest.raises(BackupFault, match=r"x\.keys was not written: pg_dump failed: No space left on device"):
        write(tmp_path / "x.keys", fill, manifest)
    assert not [*tmp_path.iterdir()]


def test_no_password_shows_in_a_list_of_processes(tmp_path: Path) -> None:
    told, program = tmp_path / "told", tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {told}\ncat "$PGSERVICEFILE" >> {told}.service\necho "$PGPASSWORD" >> {told}.word\n')
    program.chmod(0o700)
    run(program, "postgresql://me:first%20secret@one/db?sslpassword=second%20secret&sslmode=require")
    assert "secret" not in told.read_text()
    assert all(word in told.read_text() for word in ("host=one", "user=me", "dbname=db", "sslmode=require", "service=throughline"))
    assert Path(f"{told}.word").read_text() == "first secret\n"
    assert Path(f"{told}.service").read_text() == "[throughline]\nsslpassword=second secret\n"


def test_a_program_ends_when_its_caller_is_killed(tmp_path: Path) -> None:
    pid, program = tmp_path / "pid", tmp_path / "pg_dump"
    program.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 60\n")
    program.chmod(0o700)
    caller = subprocess.Popen([sys.executable, "-c", ASK, str(program)])
    child = int(until(lambda: pid.exists() and pid.read_text().strip()))
    until(lambda: command_of(child)[:1] == ["sleep"])
    caller.kill()
    caller.wait()
    until(lambda: not exists(child))
