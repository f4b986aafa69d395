"""A test's database, and the little that tests ask the system about it."""

from __future__ import annotations

import stat
from itertools import count
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg

from infra.launcher.cluster import Cluster
from workers.schema import prepare

TEMPLATE: Final = "throughline_template"


class Server(Protocol):
    """Where databases are: the embedded PostgreSQL, or a cluster of several."""

    def dsn(self, role: str = ..., database: str = ...) -> str: ...


class Database:
    """A database of one test. Connect as the role that the code under test has in production."""

    def __init__(self, cluster: Server, name: str) -> None:
        self.cluster = cluster
        self.name = name

    def dsn(self, role: str = "app") -> str:
        """For "app", "projector", "worker", "owner" (cannot log in: the superuser in its role) or "admin" (the superuser)."""
        if role == "admin":
            return self.cluster.dsn(database=self.name)
        if role == "owner":
            return self.cluster.dsn(database=self.name) + "&options=-c%20role%3Dthroughline_owner"
        return self.cluster.dsn(f"throughline_{role}", self.name)

    def drop(self) -> None:
        """Whoever is still connected is cut off."""
        ask(self.cluster.dsn(), f"DROP DATABASE {self.name} WITH (FORCE)")


class Databases:
    """Makes migrated databases in a cluster, as copies of one: one of these a cluster, made before an event loop runs."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.numbers = count(1)
        ask(cluster.dsn(), f"CREATE DATABASE {TEMPLATE}")
        prepare(cluster.dsn(database=TEMPLATE))

    def make(self) -> Database:
        name = f"test_{next(self.numbers)}"
        ask(self.cluster.dsn(), f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        return Database(self.cluster, name)

    def standing(self) -> list[Database]:
        """Those that nobody has dropped yet."""
        found = ask(self.cluster.dsn(), r"SELECT datname FROM pg_database WHERE datname LIKE 'test\_%'")
        return [Database(self.cluster, name) for (name,) in found]


def ask(dsn: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        answer = connection.execute(statement.encode())
        return answer.fetchall() if answer.description else []


def is_for_owner_only(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) == 0o700
