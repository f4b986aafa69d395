"""A copy of an installation is taken while it runs, and comes back whole: the log, the keys, and what was ended since."""

from __future__ import annotations

import shutil
import stat
import subprocess
from itertools import count
from pathlib import Path

import pytest

from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from tests.database import Database, ask
from tests.workers.command import Commands
from tests.workers.copied import Copied, empty
from tests.workers.installation import Installation
from workers.cli.exit import Exit

LOG = "SELECT * FROM es.event ORDER BY tenant_id, position"
UNTOUCHED = "SELECT to_regnamespace('es') IS NULL"
RESTORING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pg_restore'"
KEYS = "SELECT * FROM es.tenant_key ORDER BY tenant_id"
FORGED = count(1)
CLAIMS = "SELECT tenant_id, stream_id, kind, key FROM es.claim ORDER BY tenant_id, kind, key"


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


def test_one_that_is_suspended_is_verified_and_copied(copied: Copied, command: Commands, cluster: Cluster, home: Path) -> None:
    ask(cluster.dsn(), f"CREATE DATABASE suspended TEMPLATE {copied.database.name}")
    since = command.use(Database(cluster, "suspended"))
    ((slug,),) = ask(since.dsn("admin"), "SELECT slug FROM directory.organization")
    code, said = command("tenant", "suspend", slug, "--reason", "The invoice is open.")
    assert code == Exit.OK, said
    for arguments in (("verify",), ("backup", "--events", home / "events", "--keys", home / "keys")):
        code, said = command(*arguments)
        assert code == Exit.OK, said


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
