"""A copy of an installation is taken while it runs, and comes back whole: the log, the keys, and what was ended since."""

from __future__ import annotations

import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from infra.keys import FileKeyProvider
from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from tests.database import Database, ask
from tests.workers.command import Commands, addresses
from tests.workers.installation import Installation
from workers.cli.exit import Exit
from workers.cli.main import run

HISTORY = "demo --coaches 1 --clients 3 --months 2 --seed 1"
LOG = "SELECT * FROM es.event ORDER BY tenant_id, position"
CLAIMS = "SELECT tenant_id, stream_id, kind, key FROM es.claim ORDER BY tenant_id, kind, key"


class Copied(NamedTuple):
    """The installation that was copied, and its two archives."""

    database: Database
    events: Path
    keys: Path

    @property
    def arguments(self) -> tuple[str | Path, ...]:
        return "restore", "--events", self.events, "--keys", self.keys


@pytest.fixture(scope="module")
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


def empty(cluster: Cluster, name: str) -> Database:
    ask(cluster.dsn(), f"CREATE DATABASE {name}")
    return Database(cluster, name)


def test_everything_is_back_and_verified(copied: Copied, command: Commands, cluster: Cluster) -> None:
    log, claims = ask(copied.database.dsn("admin"), LOG), ask(copied.database.dsn("admin"), CLAIMS)
    restored = command.use(empty(cluster, "restored_whole"))
    code, said = command(*copied.arguments)
    assert code == Exit.OK, said
    assert f"{len(log):,} events of 1 organizations" in said
    assert "The keys of" in said
    assert "Everything is as the log implies." in said
    assert ask(restored.dsn("admin"), LOG) == log
    assert ask(restored.dsn("admin"), CLAIMS) == claims
    assert ask(restored.dsn("projector"), "SELECT count(*) FROM es.projection WHERE state <> 'live'") == [(0,)]
    code, said = command(*copied.arguments)
    assert (code, "holds something already" in said) == (Exit.FAILED, True)


def test_the_archive_of_events_holds_neither_words_nor_keys(copied: Copied) -> None:
    program = binaries(None)[0].folder / "pg_restore"
    told = subprocess.run([program, "--file=-", copied.events], capture_output=True, check=True).stdout
    assert b"COPY es.event" in told
    assert b" rm." not in told.replace(b"IN SCHEMA rm", b"")
    wrapped = ask(copied.database.dsn("admin"), "SELECT encode(wrapped, 'hex') FROM es.subject_key WHERE wrapped IS NOT NULL")
    assert wrapped
    assert not [key for (key,) in wrapped if key.encode() in told]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (copied.events, copied.keys)} == {0o600}


def test_a_key_that_was_revoked_since_opens_nothing(copied: Copied, command: Commands, cluster: Cluster, home: Path) -> None:
    ask(cluster.dsn(), f"CREATE DATABASE revoked_since TEMPLATE {copied.database.name}")
    since = command.use(Database(cluster, "revoked_since"))
    ((key,),) = ask(since.dsn("admin"), "UPDATE directory.api_key SET revoked_at = now() RETURNING key_id")
    assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
    (keys,) = home.glob("keys/*.keys")
    restored = command.use(empty(cluster, "restored_revoked"))
    assert command(*copied._replace(keys=keys).arguments)[0] == Exit.OK
    assert ask(restored.dsn("admin"), "SELECT key_id, revoked_at IS NOT NULL FROM directory.api_key") == [(key, True)]


def test_a_server_that_ends_idle_transactions_does_not_end_the_copy(
    copied: Copied, command: Commands, cluster: Cluster, home: Path
) -> None:
    ask(cluster.dsn(), f"CREATE DATABASE impatient TEMPLATE {copied.database.name}")
    ask(cluster.dsn(), "ALTER DATABASE impatient SET idle_in_transaction_session_timeout = '100ms'")
    command.use(Database(cluster, "impatient"))
    code, said = command("backup", "--events", home / "events", "--keys", home / "keys")
    assert code == Exit.OK, said


def test_what_was_ended_since_is_ended_again(copied: Copied, command: Commands, cluster: Cluster, home: Path) -> None:
    """With the events of before and the keys of after; the other way round they do not fit."""
    ask(cluster.dsn(), f"CREATE DATABASE ended_since TEMPLATE {copied.database.name}")
    since = command.use(Database(cluster, "ended_since"))
    ((slug,),) = ask(since.dsn("admin"), "SELECT slug FROM directory.organization")
    assert command("tenant", "delete", slug, "--yes")[0] == Exit.OK
    assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
    (events,), (keys,) = home.glob("events/*.events"), home.glob("keys/*.keys")

    restored = command.use(empty(cluster, "restored_ended"))
    code, said = command(*copied._replace(keys=keys).arguments)
    assert code == Exit.OK, said
    assert f"Ended again, as they were since: {slug}." in said
    assert ask(restored.dsn("admin"), "SELECT count(*) FROM es.subject_key WHERE wrapped IS NOT NULL") == [(0,)]
    assert ask(restored.dsn("admin"), "SELECT count(*) FROM directory.api_key") == [(0,)]
    code, said = command(*copied._replace(events=events).arguments)
    assert (code, "keys are older than the events" in said) == (Exit.FAILED, True)


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
    command.use(empty(cluster, "restored_strange"))
    code, said = command(*copied.arguments)
    assert (code, "is not the one that was used" in said) == (Exit.CONFIGURATION, True), said


def test_a_role_that_row_security_binds_cannot_copy(command: Commands, copied: Copied, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = command("backup", "--events", home / "a", "--keys", home / "a")
    assert (code, "two folders" in said) == (Exit.FAILED, True)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", copied.database.dsn("app"))
    code, said = command("backup", "--events", home / "a", "--keys", home / "b")
    assert (code, "BYPASSRLS" in said) == (Exit.FAILED, True), said
    assert not (home / "a").exists()


def test_the_embedded_installation_that_runs_is_copied_and_brought_back_elsewhere(installation: Installation, home: Path) -> None:
    """Its key file is copied by hand."""
    home.mkdir()
    made = installation.call("backup", "--events", str(home / "events"), "--keys", str(home / "keys"), "--json")
    assert made.code == Exit.OK, made.errors
    archives = {kind: made.json()[kind]["path"] for kind in ("events", "keys")}
    data = home / "data"
    wanting = installation.call("restore", "--events", archives["events"], "--keys", archives["keys"], THROUGHLINE_DATA=str(data))
    assert (wanting.code, "kek cannot be read" in wanting.errors) == (Exit.CONFIGURATION, True), wanting.errors
    data.joinpath("keys").mkdir(parents=True)
    shutil.copy2(Path(installation.environment["THROUGHLINE_DATA"]) / "keys" / "kek", data / "keys" / "kek")
    back = installation.call("restore", "--events", archives["events"], "--keys", archives["keys"], "--json", THROUGHLINE_DATA=str(data))
    assert back.code == Exit.OK, back.errors
    assert back.json()["whole"]
    again = installation.call("restore", "--events", archives["events"], "--keys", archives["keys"], THROUGHLINE_DATA=str(data))
    assert (again.code, "holds a database already" in again.errors) == (Exit.FAILED, True), again.errors
