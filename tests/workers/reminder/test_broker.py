"""Reminders through each other broker: the same mails, each once, and the outbox is empty afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.broker.servers import Foreign, RabbitMQ, Redis
from tests.waiting import until
from tests.workers.reminder.killing import by, look, promise, start, table
from tests.workers.reminder.office import Office
from tests.workers.reminder.sink import Sink

PEOPLE = 3
COUNT = "SELECT count(*) FROM es.event WHERE type = 'reminder.reminder_{}'"
WAITING = "SELECT count(*) FROM jobs.job"


@pytest.fixture(params=[Redis, RabbitMQ])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Foreign]:
    server: Foreign = request.param(tmp_path / "broker")
    server.start()
    yield server
    server.end()


async def test_each_reminder_arrives_once(
    broker: Foreign, office: Office, runner: Runner, sink: Sink, database: Database, provider: FileKeyProvider
) -> None:
    await promise(office, PEOPLE)
    await runner.catch_up()
    jobs = table(database)
    worker = start(database, provider, BROKER_URL=str(broker.url), **by(sink))
    try:
        look(jobs, office.tenant)
        until(lambda: ask(database.dsn("admin"), COUNT.format("sent")) == [(PEOPLE,)])
        await runner.catch_up()
        look(jobs, office.tenant)
        until(lambda: ask(database.dsn("worker"), WAITING) == [(0,)])
    finally:
        worker.terminate()
        worker.wait()
        jobs.links.close()
    assert len(sink.reminders()) == len(set(sink.reminders())) == PEOPLE
    assert ask(database.dsn("admin"), COUNT.format("planned")) == [(PEOPLE,)]
