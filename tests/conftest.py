"""One PostgreSQL for the whole run, and a freshly migrated database for every test that asks for one.

The server is the embedded one; `THROUGHLINE_POSTGRES_BIN` names the `bin` folder of another installation to test on.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from infra.launcher.cluster import Cluster
from infra.migrate import migrate

TEMPLATE = "throughline_template"


class Database:
    """A database of one test. Connect as the role that the code under test has in production."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self.cluster = cluster
        self.name = name

    def dsn(self, role: str = "app") -> str:
        """For "app", "projector", "worker", "owner" (cannot log in: the superuser in its role) or "admin" (the superuser)."""
        if role == "admin":
            return self.cluster.dsn(database=self.name)
        if role == "owner":
            return self.cluster.dsn(database=self.name) + "&options=-c%20role%3Dthroughline_owner"
        return self.cluster.dsn(f"throughline_{role}", self.name)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A short path that the server's account may enter, unlike pytest's own temporary folders when root runs the tests."""
    path = Path(tempfile.mkdtemp(prefix="tl-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def cluster(folder: Path) -> Iterator[Cluster]:
    """The run's PostgreSQL. It forgets everything when the machine crashes, which makes it fast."""
    named = os.environ.get("THROUGHLINE_POSTGRES_BIN")
    with Cluster(folder / "shared", durable=False, named=Path(named) if named else None) as running:
        yield running


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """The name of a migrated database that the others are copies of."""
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    migrate(cluster.dsn(database=TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def make_database(cluster: Cluster, template: str) -> Iterator[Callable[[], Database]]:
    """Makes databases, for a fixture that wants one for longer than a test. They go with the cluster."""
    numbers = count(1)
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:

        def make() -> Database:
            name = f"test_{next(numbers)}"
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())
            return Database(cluster, name)

        yield make


@pytest.fixture
def database(make_database: Callable[[], Database]) -> Database:
    """A database of this test alone."""
    return make_database()
