"""`throughline up`, started for real: what dies is started again, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from infra.launcher.cluster import Cluster
from tests.database import Database, ask
from tests.waiting import until
from tests.workers.installation import Installation, exists, free_port, surroundings, throughline

ROLE_OF = {"DATABASE_URL": "app", "PROJECTOR_DATABASE_URL": "projector", "WORKER_DATABASE_URL": "worker"}
GUARDED = "guarded"
ROLES = "SELECT usename FROM pg_stat_activity WHERE datname = current_database()"


@pytest.fixture
def own(home: Path, tmp_path: Path, database: Database) -> Iterator[Installation]:
    """One that uses the test's database, and is ready."""
    FileKeyProvider.create(tmp_path / "kek")
    urls = {name: database.dsn(role) for name, role in ROLE_OF.items()}
    started = Installation(home, THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), MIGRATION_DATABASE_URL=database.dsn("admin"), **urls)
    until(started.is_ready)
    yield started
    if started.up.poll() is None:
        started.end()


@pytest.fixture
def guarded(cluster: Cluster) -> str:
    """A role of the run's PostgreSQL that has to know its password, unlike all others."""
    rules = cluster.data / "pg_hba.conf"
    rule = f"local all {GUARDED} scram-sha-256\n"
    if rule not in rules.read_text():
        rules.write_text(rule + rules.read_text())
        ask(cluster.dsn(), f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'")
        ask(cluster.dsn(), "SELECT pg_reload_conf()")
    return GUARDED


def killed(installation: Installation, name: str) -> int:
    pid = until(lambda: installation.child(name))
    os.kill(pid, signal.SIGKILL)
    return int(pid)


class TestWhatDies:
    def test_the_api_is_started_again(self, installation: Installation) -> None:
        before = killed(installation, "api")
        until(lambda: installation.child("api") not in (None, before))
        until(installation.is_ready)

    @pytest.mark.parametrize("name", ["projector", "worker"])
    def test_the_others_are_started_again(self, installation: Installation, name: str) -> None:
        before = killed(installation, name)
        until(lambda: installation.child(name) not in (None, before))

    def test_postgresql_is_started_again_and_the_others_come_back_to_it(self, installation: Installation) -> None:
        """None of them has to be restarted: they reconnect."""
        others = installation.children()[1:]
        before = killed(installation, "postgres")
        until(lambda: installation.child("postgres") not in (None, before))
        until(installation.is_ready)
        until(lambda: installation.call("doctor", "--json").json()["healthy"])
        assert installation.children()[1:] == others

    def test_with_the_files_of_another_release_is_not_started_again(self, own: Installation, database: Database) -> None:
        """Once is said what to do; the others, which are of the release that the schema is of, go on."""
        ask(database.dsn("admin"), "INSERT INTO public.migration (version, name, checksum) VALUES (9999, '9999_later.sql', '')")
        killed(own, "worker")
        assert own.up.stdout
        assert "Stop and start `throughline up`" in next(line for line in own.up.stdout if "worker stays ended" in line)
        before = own.child("projector")
        assert own.child("worker") is None
        killed(own, "api")
        said = next(line for line in own.up.stdout if "stays ended" in line)
        assert "api stays ended" in said
        assert own.child("projector") == before is not None
        assert own.end() == 0


class TestASecondStart:
    def test_on_the_same_port_is_told_to_choose_another(self, installation: Installation) -> None:
        ended = installation.call("up")
        assert ended.code == 3
        assert f"THROUGHLINE_PORT={installation.port + 1}" in ended.errors

    def test_on_the_same_data_is_told_who_has_it(self, installation: Installation) -> None:
        ended = installation.call("up", THROUGHLINE_PORT=str(free_port()))
        assert ended.code == 4
        assert f"Another process ({installation.up.pid})" in ended.errors
        assert installation.is_ready()


class TestADatabaseOfOnesOwn:
    def test_is_used_in_place_of_the_embedded_one_each_process_in_its_role(self, own: Installation, database: Database) -> None:
        until(lambda: {f"throughline_{role}" for role in ROLE_OF.values()} <= {row[0] for row in ask(database.dsn("admin"), ROLES)})
        assert own.child("postgres") is None
        assert own.end() == 0

    def test_needs_to_know_the_other_roles(self, home: Path, tmp_path: Path, database: Database) -> None:
        FileKeyProvider.create(tmp_path / "kek")
        started = Installation(home, THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), DATABASE_URL=database.dsn("app"))
        started.up.communicate()
        assert started.up.returncode == 3

    @pytest.mark.parametrize(
        ("variable", "spoil", "told"),
        [
            (
                "DATABASE_URL",
                lambda dsn: dsn.replace("//throughline_app", f"//{GUARDED}:wrong"),
                f'password authentication failed for user "{GUARDED}"',
            ),
            ("PROJECTOR_DATABASE_URL", lambda dsn: dsn.replace("_projector", "_app"), "name throughline_projector in its URL"),
            ("WORKER_DATABASE_URL", lambda dsn: dsn.replace("/test_", "/no_test_"), "make that one (createdb)"),
            ("WORKER_DATABASE_URL", lambda dsn: f"{dsn}1", "is it started, and is its URL right?\n"),
            ("MIGRATION_DATABASE_URL", lambda dsn: dsn.replace("//postgres", "//nobody_here"), 'role "nobody_here" does not exist'),
        ],
    )
    def test_that_does_not_let_a_process_in_is_named_before_any_is_started(
        self, home: Path, tmp_path: Path, database: Database, guarded: str, variable: str, spoil: Callable[[str], str], told: str
    ) -> None:
        FileKeyProvider.create(tmp_path / "kek")
        urls = {name: database.dsn(role) for name, role in (ROLE_OF | {"MIGRATION_DATABASE_URL": "admin"}).items()}
        environment = surroundings(
            THROUGHLINE_DATA=str(home), THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), THROUGHLINE_PORT=str(free_port())
        )
        command = throughline("up", "--no-demo")
        told_urls = urls | {variable: spoil(urls[variable])}
        done = subprocess.run(command, env=environment | told_urls, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.startswith(f"throughline: {variable}: "), told in done.stderr) == (4, True, True), done.stderr


class TestTheEnd:
    def test_by_a_signal_is_whole_even_when_nobody_reads_its_output(self, home: Path) -> None:
        started = Installation(home)
        until(started.is_ready)
        children = started.children()
        assert started.up.stdout
        started.up.stdout.close()
        assert started.end() == 0
        assert not [pid for pid in children if exists(pid)]

    def test_by_kill_9_leaves_nothing_running_and_the_next_start_works(self, home: Path) -> None:
        started = Installation(home)
        until(started.is_ready)
        children = started.children()
        started.up.kill()
        started.up.communicate()
        until(lambda: not [pid for pid in children if exists(pid)])
        again = Installation(home)
        until(again.is_ready)
        assert again.end() == 0

    def test_without_its_key_a_database_with_data_is_not_started_anew(self, home: Path) -> None:
        """A new key would look like a start that worked, while nothing personal could ever be read again."""
        started = Installation(home)
        until(started.is_ready)
        started.end()
        (home / "keys" / "kek").unlink()
        ended = started.call("up")
        assert ended.code == 3
        assert "restore it from its copy" in ended.errors

    def test_one_whose_key_was_elsewhere_is_told_so_before_it_is_told_to_delete(self, home: Path, tmp_path: Path) -> None:
        elsewhere = str(tmp_path / "kek")
        started = Installation(home, THROUGHLINE_KEY_FILE=elsewhere)
        until(started.is_ready)
        started.end()
        ended = started.call("up", THROUGHLINE_KEY_FILE="")
        assert ended.code == 3
        assert ended.errors.index("THROUGHLINE_KEY_FILE") < ended.errors.index(f"deletes {home}")
        ended = started.call("up", THROUGHLINE_KEY_FILE="/nowhere/kek")
        assert ended.code == 3
        assert "there is no folder /nowhere" in ended.errors
        assert not Path("/nowhere").exists()
