"""Two servers of our own: one that is written to, and a hot standby that has every commit before it is acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from tests.chaos.house import children_of
from tests.database import Database, ask
from tests.infra.proxy import Proxy
from tests.waiting import until
from workers.schema import prepare

NAME: Final = "throughline"
IN_STEP: Final = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


class Pair(NamedTuple):
    """`primary` is the first to be written to; `standby` follows it until it is promoted."""

    primary: Cluster
    standby: Cluster

    def database(self) -> Database:
        return Database(self.primary, NAME)

    def heir(self) -> Database:
        """The same database at the standby."""
        return Database(self.standby, NAME)

    def kill(self) -> None:
        """The primary with all its processes, the postmaster first, so that it cannot tell them to end in order."""
        assert self.primary.server
        postmaster = self.primary.server
        for pid in (postmaster.pid, *children_of(postmaster.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        postmaster.wait()

    def promote(self) -> None:
        ask(self.standby.dsn(), "SELECT pg_promote()")


@contextmanager
def paired(home: Path) -> Iterator[Pair]:
    """A migrated database on both."""
    with Cluster(home / "first") as primary:
        ask(primary.dsn(), f"CREATE DATABASE {NAME}")
        prepare(primary.dsn(database=NAME))
        with Cluster(copied(primary, home / "second")) as standby:
            ask(primary.dsn(), "ALTER SYSTEM SET synchronous_standby_names = '*'")
            ask(primary.dsn(), "SELECT pg_reload_conf()")
            until(lambda: ask(primary.dsn(), IN_STEP) == [(1,)])
            yield Pair(primary, standby)


def copied(primary: Cluster, home: Path) -> Path:
    """The home of a standby: a base backup that says where it follows."""
    base, owner = home / primary.data.name, primary.data.stat()
    home.mkdir(mode=0o711)
    program = binaries(None)[0].folder / "pg_basebackup"
    command = [program, "-D", base, "-d", primary.dsn(), "--checkpoint=fast", "--write-recovery-conf"]
    subprocess.run(command, check=True, capture_output=True)
    for path in (base, *base.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    return home


def url_of(proxies: Sequence[Proxy], wanted: str, dsn: str) -> str:
    """A URL that names each proxy, in order, as one that a process could be given."""
    parts = urlsplit(dsn)
    user = parts.username or parse_qs(parts.query)["user"][0]
    return f"postgresql://{user}@{','.join(proxy.place for proxy in proxies)}{parts.path}?sslmode=disable&target_session_attrs={wanted}"
