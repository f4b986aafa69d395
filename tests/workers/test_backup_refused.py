"""Archives that do not fit, were damaged or forged, and copies that broke off: named, and nothing half is left."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from infra.keys import FileKeyProvider
from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from tests.database import Database, Databases, ask
from tests.foreign import need
from tests.waiting import until
from tests.workers.command import Commands
from tests.workers.copied import Copied, empty
from tests.workers.installation import throughline
from workers.backup.archive import read
from workers.cli.exit import Exit

UNTOUCHED = "SELECT to_regnamespace('es') IS NULL"
RESTORING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pg_restore'"
KEYS = "SELECT * FROM es.tenant_key ORDER BY tenant_id"
FORGED = count(1)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda events, keys: events.write_bytes(events.read_bytes()[:-9]), "was changed or cut off"),
        (lambda events, keys: Path(f"{events}.json").unlink(), "cannot be read"),
        (lambda events, keys: Path(f"{events}.json").write_text("{}"), "does not describe an archive"),
        (lambda events, keys: shutil.copy(f"{keys}.json", f"{events}.json"), "is an archive of keys"),
    ],
)
def test_a_damaged_archive_is_refused_before_anything_is_touched(
    spoil: Callable[[Path, Path], object], told: str, copied: Copied, command: Commands, home: Path
) -> None:
    home.mkdir()
    events = Path(shutil.copy(copied.events, home / "spoilt.events"))
    shutil.copy(f"{copied.events}.json", f"{events}.json")
    spoil(events, copied.keys)
    command.use(Database(copied.database.cluster, "there_is_none"))
    code, said = command(*copied._replace(events=events).arguments)
    assert (code, told in said) == (Exit.FAILED, True), said


def test_another_key_file_is_noticed(
    copied: Copied, command: Commands, cluster: Cluster, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    FileKeyProvider.create(home / "other")
    monkeypatch.setenv("THROUGHLINE_KEY_FILE", str(home / "other"))
    target = command.use(empty(cluster, "restored_strange"))
    code, said = command(*copied.arguments)
    assert (code, "is not the one that was used" in said) == (Exit.CONFIGURATION, True), said
    assert ask(target.dsn("admin"), UNTOUCHED) == [(True,)]


def test_the_keys_of_another_installation_are_noticed(
    copied: Copied, command: Commands, cluster: Cluster, databases: Databases, home: Path
) -> None:
    """Into an empty database, and in the place of those that are there."""
    command.use(databases.make())
    assert (
        command(*["tenant", "create", "--slug", "other", "--name", "Other", "--admin-name", "Ann", "--admin-email", "ann@example.org"])[0]
        == Exit.OK
    )
    assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
    (keys,) = home.glob("keys/*.keys")
    target = command.use(empty(cluster, "restored_others"))
    code, said = command(*copied._replace(keys=keys).arguments)
    assert (code, "not of one installation" in said) == (Exit.FAILED, True), said
    assert ask(target.dsn("admin"), UNTOUCHED) == [(True,)]
    command.use(copied.database)
    before = ask(copied.database.dsn("admin"), KEYS)
    code, said = command("restore", "--keys", keys)
    assert (code, "not of one installation" in said) == (Exit.FAILED, True), said
    assert ask(copied.database.dsn("admin"), KEYS) == before


def test_an_archive_of_a_newer_postgresql_is_refused(copied: Copied, command: Commands, home: Path) -> None:
    older = Path("/usr/lib/postgresql/15/bin")
    need("PostgreSQL 15", older.is_dir())
    if binaries(None)[0].major <= 15:
        pytest.skip("the archive is of no newer one")
    with Cluster(home / "older", named=older) as server:
        target = command.use(empty(server, "restored_older"))
        code, said = command(*copied.arguments)
        assert (code, "restore into a server of that version or a newer one" in said) == (Exit.FAILED, True), said
        assert ask(target.dsn("admin"), UNTOUCHED) == [(True,)]


@pytest.mark.parametrize(
    "forge",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:2000] + bytes(64) + content[2064:],
        lambda content: b"../../etc/passwd".ljust(512, b"\0") + content,
    ],
)
def test_an_archive_whose_description_was_forged_with_it_leaves_nothing_behind(
    forge: Callable[[bytes], bytes], copied: Copied, command: Commands, cluster: Cluster, home: Path
) -> None:
    home.mkdir()
    events = home / "forged.events"
    content = forge(copied.events.read_bytes())
    events.write_bytes(content)
    described = msgspec.json.decode(Path(f"{copied.events}.json").read_bytes())
    told = described | {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    Path(f"{events}.json").write_bytes(msgspec.json.encode(told))
    name = f"restored_forged_{next(FORGED)}"
    target = command.use(empty(cluster, name))
    code, said = command(*copied._replace(events=events).arguments)
    assert (code, "pg_restore failed: " in said) == (Exit.FAILED, True), said
    assert ask(target.dsn("admin"), UNTOUCHED) == [(True,)]


def test_a_restore_that_was_killed_is_repeated(copied: Copied, command: Commands, cluster: Cluster) -> None:
    target = command.use(empty(cluster, "restored_twice"))
    restoring = subprocess.Popen(throughline(*map(str, copied.arguments)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: ask(target.dsn("admin"), RESTORING) != [(0,)] or restoring.poll() is not None)
    restoring.kill()
    assert restoring.wait() == -signal.SIGKILL, "it was over before it was killed"
    until(lambda: ask(target.dsn("admin"), RESTORING) == [(0,)])
    assert ask(target.dsn("admin"), UNTOUCHED) == [(True,)]
    code, said = command(*copied.arguments)
    assert code == Exit.OK, said


def test_a_copy_that_was_killed_leaves_nothing_that_the_next_one_keeps(copied: Copied, command: Commands, home: Path) -> None:
    """Of one that still runs, the draft stays."""
    command.use(copied.database)
    (home / "events").mkdir(parents=True)
    draft, running = home / "events" / "throughline-1.events.part", home / "events" / "throughline-2.events.part"
    for left in (draft, running, home / "events" / "throughline-1.events.json", home / "events" / "mine.part"):
        left.touch()
    with running.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
    (made,) = home.glob("events/*.events")
    assert {path.name for path in home.glob("events/*")} == {made.name, f"{made.name}.json", running.name, "mine.part"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_copy_that_is_broken_off_leaves_no_half_archive(number: signal.Signals, copied: Copied, command: Commands, home: Path) -> None:
    command.use(copied.database)
    words = throughline("backup", "--events", str(home / "events"), "--keys", str(home / "keys"))
    copying = subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: [*home.glob("events/*.part")] or copying.poll() is not None)
    os.killpg(copying.pid, number)
    assert copying.wait() != Exit.OK
    for path in home.glob("*/*"):
        if path.suffix in {".events", ".keys"}:
            kind: Literal["events", "keys"] = "events" if path.suffix == ".events" else "keys"
            assert read(path, kind).path == path
        else:
            assert path.suffix in {".part", ".json"}
