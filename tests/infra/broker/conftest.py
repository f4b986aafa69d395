"""The servers, one of each for the run, and a broker with a queue of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from infra.broker.link import Links
from infra.broker.postgres import PgBroker, PgConsumer
from infra.broker.table import Table
from infra.launcher.cluster import Cluster
from tests.database import Database
from tests.infra.broker.servers import Foreign, PostgreSQL, RabbitMQ, Redis, Server
from tests.infra.broker.toil import Toil
from workers.schema import prepare

QUEUES = count(1)
PAUSE_SECONDS = 0.2
QUEUE = "leases"
LEASE_SECONDS = 60.0


@pytest.fixture(scope="session")
def jobs_database(folder: Path) -> Iterator[Database]:
    """A migrated database on a cluster that may be killed: what it has committed, it keeps."""
    named = os.environ.get("THROUGHLINE_POSTGRES_BIN")
    with Cluster(folder / "jobs", named=Path(named) if named else None) as cluster:
        with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE jobs")
        prepare(cluster.dsn(database="jobs"))
        yield Database(cluster, "jobs")


@pytest.fixture(scope="session")
def postgresql(jobs_database: Database) -> PostgreSQL:
    return PostgreSQL(jobs_database.cluster)


def running(server: Foreign) -> Iterator[Foreign]:
    server.start()
    yield server
    server.end()


@pytest.fixture(scope="session")
def redis(folder: Path) -> Iterator[Foreign]:
    yield from running(Redis(folder / "redis"))


@pytest.fixture(scope="session")
def rabbitmq(folder: Path) -> Iterator[Foreign]:
    yield from running(RabbitMQ(folder / "rabbitmq"))


@pytest.fixture(params=["postgresql", "redis", "rabbitmq"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the three in turn."""
    found: Server = request.getfixturevalue(request.param)
    return found


Make = Callable[..., Toil]


@pytest.fixture
def make_toil(server: Server, jobs_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes workers of one queue, which share what they have done. dramatiq's pauses after an outage are made short."""
    monkeypatch.setattr("dramatiq.worker.CONSUMER_RESTART_DELAY_SECS", PAUSE_SECONDS)
    monkeypatch.setattr("dramatiq.worker.POST_PROCESS_MESSAGE_RETRY_DELAY_SECS", PAUSE_SECONDS)
    queue, made = f"queue{next(QUEUES)}", []

    def make(*, short: bool = False) -> Toil:
        made.append(Toil(jobs_database.dsn("worker"), server.url, queue, tmp_path / "done", short=short))
        return made[-1]

    yield make
    for toil in made:
        toil.close()


@pytest.fixture
def toil(make_toil: Make) -> Toil:
    """A worker that runs."""
    toil = make_toil()
    toil.start()
    return toil


Consume = Callable[..., PgConsumer]


@pytest.fixture
def table(database: Database) -> Iterator[Table]:
    table = Table(Links(lambda: database.dsn("worker"), "throughline test"))
    yield table
    table.links.close()


@pytest.fixture
def consume(table: Table) -> Iterator[Consume]:
    """Makes consumers, each as in a worker of its own."""
    made = []

    def consume(prefetch: int = 10, *, lease: float = LEASE_SECONDS) -> PgConsumer:
        made.append(PgBroker(table, [], lease=lease).consume(QUEUE, prefetch, timeout=50))
        return made[-1]

    yield consume
    for consumer in made:
        consumer.close()
