"""Jobs of an organization that was ended while a worker had them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import dramatiq
import pytest
from dramatiq import Worker

from infra.broker.choice import broker_for
from infra.broker.link import Links
from infra.broker.metrics import RUNS
from infra.broker.postgres import PgBroker
from infra.broker.table import Table
from tests.database import Database, ask
from tests.infra.told import new_id
from tests.waiting import until
from workers.ended import Ended

QUEUE = "ended"
END = "INSERT INTO directory.ended VALUES ('{}', 'mine', 1, now(), 0, now(), NULL)"


class Gone(Exception):
    """What an actor runs into when its organization has no rows any more."""


@pytest.fixture
def table(database: Database) -> Iterator[Table]:
    table = Table(Links(lambda: database.dsn("worker"), "throughline test"))
    yield table
    table.links.close()


def test_is_not_tried_again(database: Database, table: Table) -> None:
    ended, living = new_id(), new_id()
    ask(database.dsn("admin"), END.format(ended))
    broker = broker_for(None, table, [Ended(table.links)])
    assert isinstance(broker, PgBroker)

    @dramatiq.actor(broker=broker, queue_name=QUEUE, actor_name="let_go", min_backoff=1, max_backoff=2, max_retries=1)
    def fail(tenant: str) -> None:
        raise Gone

    for tenant in (ended, living):
        fail.send(str(tenant))
    worker = Worker(broker, worker_threads=2, worker_timeout=50)
    worker.start()
    try:
        dead = until(table.dead)
        until(lambda: not waiting(database))
    finally:
        worker.stop()
        broker.close()
    assert [UUID(letter.message.args[0]) for letter in dead] == [living]
    assert RUNS.labels("let_go", "skipped")._value.get() == 1


def waiting(database: Database) -> int:
    return int(ask(database.dsn("admin"), f"SELECT count(*) FROM jobs.job WHERE queue = '{QUEUE}' AND state <> 'dead'")[0][0])
