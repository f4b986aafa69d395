"""One PostgreSQL for the whole run, and a freshly migrated database for every test that asks for one.

The server is the embedded one; `THROUGHLINE_POSTGRES_BIN` names the `bin` folder of another installation to test on, and
`THROUGHLINE_CITUS_DATABASE_URL` a database of a Citus cluster, as tests/citus.py says.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from infra.eventstore import store as eventstore
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.launcher.cluster import Cluster
from infra.postgres import pool
from tests import citus
from tests.citus import ClusterDatabases
from tests.database import Database, Databases
from tests.listing.witness import WITNESS

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")  # the same examples in each run, however slow the machine
HOMES = count(1)
MEMORY = Path("/dev/shm")
ROOM_BYTES = 4_000_000_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshots-every", type=int, metavar="EVENTS", help="Keep a snapshot after so many events; 0: none. Nothing may depend on it."
    )


@pytest.fixture(autouse=True)
def snapshots_as_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the option they are kept as often as the product does."""
    every = request.config.getoption("--snapshots-every")
    if every == 0 and request.node.get_closest_marker("snapshots"):
        pytest.skip("no snapshots are kept")
    if every is not None:
        monkeypatch.setattr(eventstore, "SNAPSHOT_EVERY", (every or sys.maxsize,) * 2)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A short path that the server's account may enter, unlike pytest's own temporary folders when root runs the tests.

    In memory, where there is room: a database is five hundred files, and to make and delete hundreds of them took a disk minutes.
    """
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    path = Path(tempfile.mkdtemp(prefix="tl-test-", dir=MEMORY if is_roomy else None))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def home(folder: Path) -> Path:
    """A data folder that does not exist yet."""
    return folder / f"home{next(HOMES)}"


@pytest.fixture(scope="session")
def cluster(folder: Path) -> Iterator[Cluster]:
    """The run's PostgreSQL. It forgets everything when the machine crashes, which makes it fast."""
    named = os.environ.get("THROUGHLINE_POSTGRES_BIN")
    with Cluster(folder / "shared", durable=False, named=Path(named) if named else None) as running:
        yield running


@pytest.fixture(scope="session")
def databases(cluster: Cluster) -> Databases:
    """Makes migrated databases in the run's cluster."""
    return Databases(cluster)


@pytest.fixture(scope="session")
def make_database(request: pytest.FixtureRequest) -> Iterator[Callable[[], Database]]:
    """Makes databases, for a fixture that wants one for longer than a test: of the run's PostgreSQL, or of the Citus cluster named."""
    if url := citus.named():
        spread = ClusterDatabases(url)
        yield spread.make
        spread.drop()
    else:
        databases = request.getfixturevalue("databases")
        yield databases.make
        for left in databases.standing():
            WITNESS.read(left)


@pytest.fixture
def database(make_database: Callable[[], Database]) -> Iterator[Database]:
    """A database of this test alone."""
    made = make_database()
    yield made
    WITNESS.read(made)
    made.drop()


@pytest.fixture(scope="session")
def provider(folder: Path) -> FileKeyProvider:
    """The run's key-encryption key."""
    FileKeyProvider.create(folder / "kek")
    return FileKeyProvider(folder / "kek")


@pytest.fixture
async def app_pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Connections of the application's role to the test's database."""
    connections = await pool(database.dsn("app"))
    yield connections
    await connections.close()


@pytest.fixture
async def store(app_pool: asyncpg.Pool, provider: FileKeyProvider) -> AsyncIterator[Store]:
    """A store on the test's database."""
    store = Store(app_pool, Vault(provider))
    yield store
    await store.settle()
