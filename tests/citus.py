"""A Citus cluster that runs already, to test on: `THROUGHLINE_CITUS_DATABASE_URL` names a database of its coordinator.

The URL is a superuser's, the database has the extension and knows its nodes, and each node lets everybody in who comes from there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from tests.database import Database, ask

VARIABLE: Final = "THROUGHLINE_CITUS_DATABASE_URL"
NUMBERS: Final = count(1)


def named() -> str | None:
    """The URL that the variable names."""
    return os.environ.get(VARIABLE)


def at(url: str, *, user: str = "", node: str = "", database: str = "") -> str:
    """A URL with another user, other host and port, or another database."""
    parts = urlsplit(url)
    credentials, _, place = parts.netloc.rpartition("@")
    netloc = f"{user or credentials}@{node or place}" if user or credentials else node or place
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{database}" if database else parts.path))


class Nodes:
    """The cluster, in which a test finds its databases as in the embedded one."""

    def __init__(self, url: str) -> None:
        self.url = url
        found = ask(url, "SELECT nodename || ':' || nodeport, groupid FROM pg_dist_node ORDER BY groupid")
        self.coordinator = next(node for node, group in found if group == 0)
        self.workers = [node for node, group in found if group != 0]

    def dsn(self, role: str = "", database: str = "") -> str:
        """A connection string to the coordinator, as a superuser when no role is given."""
        return at(self.url, user=role, database=database)


class ClusterDatabase(Database):
    """A spread database. The owner cannot log in on the nodes, so whoever acts for it is the superuser."""

    def dsn(self, role: str = "app") -> str:
        return super().dsn("admin" if role == "owner" else role)


class ClusterDatabases:
    """Makes spread databases, each on every node."""

    def __init__(self, url: str) -> None:
        self.nodes = Nodes(url)
        self.names = (f"test_{os.getpid()}_{number}" for number in NUMBERS)
        self.made: list[str] = []

    def make(self) -> Database:
        name = self.bare()
        throughline("migrate", "--citus", dsn=self.nodes.dsn(database=name)).check_returncode()
        return ClusterDatabase(self.nodes, name)

    def bare(self) -> str:
        """A database without a schema, whose nodes know each other."""
        name = next(self.names)
        self.made.append(name)
        for node in (self.nodes.coordinator, *self.nodes.workers):
            ask(at(self.nodes.url, node=node), f"CREATE DATABASE {name}")
            ask(at(self.nodes.url, node=node, database=name), "CREATE EXTENSION citus")
        here = self.nodes.dsn(database=name)
        ask(here, call("citus_set_coordinator_host", self.nodes.coordinator))
        for worker in self.nodes.workers:
            ask(here, call("citus_add_node", worker))
        return name

    def drop(self) -> None:
        """Everything that was made."""
        for name in self.made:
            for node in (self.nodes.coordinator, *self.nodes.workers):
                ask(at(self.nodes.url, node=node), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def throughline(*arguments: str, dsn: str) -> subprocess.CompletedProcess[str]:
    """The command, with the right to change the schema."""
    return subprocess.run(
        [sys.executable, "-m", "workers.cli.main", *arguments],
        env=os.environ | {"MIGRATION_DATABASE_URL": dsn},
        capture_output=True,
        text=True,
        check=False,
    )


def call(function: str, node: str) -> str:
    host, _, port = node.rpartition(":")
    return f"SELECT {function}('{host}', {port})"
