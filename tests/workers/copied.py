"""An installation that was copied, for the tests of copies and of what comes back from them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from infra.launcher.cluster import Cluster
from tests.database import Database, ask


class Copied(NamedTuple):
    """The installation that was copied, and its two archives."""

    database: Database
    events: Path
    keys: Path

    @property
    def arguments(self) -> tuple[str | Path, ...]:
        return "restore", "--events", self.events, "--keys", self.keys


def empty(cluster: Cluster, name: str) -> Database:
    ask(cluster.dsn(), f"CREATE DATABASE {name}")
    return Database(cluster, name)
