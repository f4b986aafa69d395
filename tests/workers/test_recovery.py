"""An operator's own recovery to a point in time: PostgreSQL's base backup and archived log, then the newest keys, then verify."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from infra.keys import FileKeyProvider
from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from tests.database import Database, ask
from tests.waiting import until
from tests.workers.command import Commands
from workers.cli.exit import Exit
from workers.schema import prepare

POSITIONS = "SELECT coalesce(sum(position), 0)::int FROM es.tenant_head"


def archiving(cluster: Cluster, archive: Path) -> None:
    """As the operator of a server sets it up: every finished segment of its log is copied away."""
    archive.mkdir(parents=True)
    archive.chmod(0o777)
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET archive_mode = on")
        admin.execute("ALTER SYSTEM SET wal_level = replica")
        admin.execute("ALTER SYSTEM SET max_wal_senders = 3")
        admin.execute(f"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'".encode())
    cluster.stop()
    cluster.start()


def recovered(cluster: Cluster, base: Path, archive: Path, until_time: str) -> Cluster:
    """A server on the base backup, which replays the archived log up to that time."""
    owner = cluster.data.stat()
    with (base / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"archive_mode = off\nrestore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{until_time}'\nrecovery_target_action = promote\n")
    (base / "recovery.signal").touch()
    base.chmod(0o700)
    for path in (base, *base.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    return Cluster(base.parent)


def test_recovered_to_a_moment_it_is_whole_and_what_was_ended_later_stays_ended(
    home: Path, provider: FileKeyProvider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, archive = Commands(monkeypatch, capsys, provider.path, home / "data"), home / "archive"
    home.mkdir()
    with Cluster(home / "first") as first:
        archiving(first, archive)
        ask(first.dsn(), "CREATE DATABASE mine")
        database = command.use(Database(first, "mine"))
        prepare(database.dsn("admin"))
        base = home / "second" / first.data.name
        base.parent.mkdir()
        program = binaries(None)[0].folder / "pg_basebackup"
        subprocess.run([program, "-D", base, "-d", first.dsn(), "--checkpoint=fast"], check=True, capture_output=True)
        found(command, "before")
        moment, known = ask(database.dsn("admin"), "SELECT clock_timestamp()::text")[0][0], ask(database.dsn("admin"), POSITIONS)
        found(command, "after")
        assert command("tenant", "delete", "before", "--yes")[0] == Exit.OK
        assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
        last = ask(first.dsn(), "SELECT pg_walfile_name(pg_switch_wal())")[0][0]
        until((archive / last).exists)
    base.parent.chmod(0o711)
    with recovered(first, base, archive, moment) as second:
        until(lambda: ask(second.dsn(), "SELECT NOT pg_is_in_recovery()")[0][0])
        again = command.use(Database(second, "mine"))
        assert ask(again.dsn("admin"), POSITIONS) == known
        (keys,) = (home / "keys").glob("*.keys")
        code, said = command("restore", "--keys", keys)
        assert code == Exit.OK, said
        assert "Ended again, as they were since: before." in said
        assert ask(again.dsn("admin"), "SELECT slug FROM directory.organization") == []
        code, said = command("verify")
        assert code == Exit.OK, said
    shutil.rmtree(archive)


def found(command: Commands, slug: str) -> None:
    made = command("tenant", "create", "--slug", slug, "--name", slug, "--admin-name", "Ann Lind", "--admin-email", f"ann@{slug}.example")
    assert made[0] == Exit.OK, made
