"""The embedded PostgreSQL is started for real in each of these."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.launcher import binaries, cluster
from infra.launcher.address import running
from infra.launcher.cluster import Cluster
from infra.launcher.errors import Unstartable
from infra.launcher.process import postmaster, serves
from tests.database import ask, is_for_owner_only
from tests.waiting import until


@pytest.fixture(scope="module")
def started(folder: Path) -> Iterator[Cluster]:
    """A server in production's own durability."""
    with Cluster(folder / "running") as running:
        yield running


class TestARunningServer:
    @pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
    def test_loses_nothing_on_a_crash(self, started: Cluster, setting: str) -> None:
        assert ask(started.dsn(), f"SHOW {setting}") == [("on",)]

    def test_listens_on_no_network_and_on_a_socket_that_only_its_account_reaches(self, started: Cluster) -> None:
        assert ask(started.dsn(), "SHOW listen_addresses") == [("",)]
        assert started.address
        assert is_for_owner_only(started.address.socket)

    def test_knows_utc_and_utf8_whatever_the_machine_is_set_to(self, started: Cluster) -> None:
        assert ask(started.dsn(), "SELECT current_setting('timezone'), current_setting('server_encoding')") == [("UTC", "UTF8")]
        assert ask(started.dsn(), "SELECT now() AT TIME ZONE 'Europe/Kyiv' IS NOT NULL") == [(True,)]

    def test_never_runs_as_root(self, started: Cluster) -> None:
        assert started.server
        assert Path(f"/proc/{started.server.pid}").stat().st_uid != 0

    def test_refuses_a_second_launcher_and_names_the_first(self, started: Cluster) -> None:
        with pytest.raises(Unstartable, match=rf"Another process \({os.getpid()}\).*THROUGHLINE_DATA"):
            Cluster(started.home).start()
        assert ask(started.dsn(), "SELECT 1") == [(1,)]

    def test_is_found_by_other_processes(self, started: Cluster) -> None:
        assert running(started.home) == started.address

    def test_that_no_launcher_of_ours_holds_is_left_alone(self, started: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody ran `postgres` on the folder by hand: no lock says so, but its postmaster.pid does."""
        monkeypatch.setattr(cluster, "GIVE_WAY_SECONDS", 0.1)
        monkeypatch.setattr(cluster, "held", lambda home: (home / "other.lock").open("w"))
        with pytest.raises(Unstartable, match=r"runs on .* already .*kill -INT \d+"):
            Cluster(started.home).start()
        assert ask(started.dsn(), "SELECT 1") == [(1,)]


class TestStartingAgain:
    def test_keeps_the_data(self, home: Path) -> None:
        with Cluster(home) as first:
            ask(first.dsn(), "CREATE TABLE kept AS SELECT 42 AS answer")
        assert running(home) is None
        with Cluster(home) as second:
            assert ask(second.dsn(), "SELECT answer FROM kept") == [(42,)]

    def test_after_kill_9_of_the_server_has_every_commit(self, home: Path) -> None:
        with Cluster(home) as started:
            ask(started.dsn(), "CREATE TABLE kept AS SELECT 42 AS answer")
            assert started.server
            started.server.kill()
            until(lambda: started.exit_code() == -signal.SIGKILL)
            started.start()
            assert ask(started.dsn(), "SELECT answer FROM kept") == [(42,)]

    def test_after_kill_9_of_the_launcher_waits_for_its_server_to_end(self, home: Path) -> None:
        program = (
            "import sys; from pathlib import Path; from infra.launcher.cluster import Cluster\n"
            "c = Cluster(Path(sys.argv[1])); c.start(); print(c.server.pid, flush=True); sys.stdin.read()"
        )
        launcher = subprocess.Popen([sys.executable, "-c", program, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with launcher:
            assert launcher.stdout
            server = int(launcher.stdout.readline())
            launcher.kill()
        with Cluster(home) as second:
            assert second.server
            assert second.server.pid != server
            assert ask(second.dsn(), "SELECT 1") == [(1,)]
            until(lambda: not Path(f"/proc/{server}").exists())

    def test_is_not_stopped_by_a_dead_servers_number_that_a_stranger_has_now(self, home: Path) -> None:
        with Cluster(home) as started:
            assert started.server
            started.server.kill()
            started.server.wait()
            data = started.data
            lines = (data / "postmaster.pid").read_text().splitlines()
            (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
            assert not serves(os.getpid(), data)
            started.start()
            assert ask(started.dsn(), "SELECT 1") == [(1,)]

    def test_makes_up_for_an_initdb_that_was_cut_short(self, home: Path) -> None:
        major = binaries.binaries(None)[0].major
        (home / f"pg{major}.new" / "base").mkdir(parents=True)
        home.chmod(0o711)
        with Cluster(home) as started:
            assert ask(started.dsn(), "SELECT 1") == [(1,)]
        assert not (home / f"pg{major}.new").exists()

    @pytest.mark.soak
    def test_keeps_every_commit_through_twenty_kills(self, home: Path) -> None:
        with Cluster(home) as started:
            ask(started.dsn(), "CREATE TABLE kept (round int)")
            for number in range(20):
                ask(started.dsn(), f"INSERT INTO kept VALUES ({number})")
                assert started.server
                started.server.kill()
                started.server.wait()
                started.start()
            assert ask(started.dsn(), "SELECT array_agg(round ORDER BY round) FROM kept") == [(list(range(20)),)]


def test_what_the_server_says_when_it_fails_is_passed_on(home: Path) -> None:
    with Cluster(home) as started:
        data = started.data
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = on\n")
    with pytest.raises(Unstartable, match=r"unrecognized configuration parameter(.|\n)*move .* away"):
        Cluster(home).start()
    assert postmaster(data) is None
