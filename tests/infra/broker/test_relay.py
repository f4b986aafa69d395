"""The table of jobs as the outbox of another broker."""

from __future__ import annotations

import pytest
from dramatiq.errors import BrokerConnectionError

from infra.broker.relay import Relay
from tests.database import Database, ask
from tests.infra.broker.conftest import Make
from tests.infra.broker.servers import Server, until
from tests.infra.broker.toil import Toil

SOME = 30


@pytest.fixture
def server(redis: Server) -> Server:
    """One that has a relay; for the relay it makes no difference which."""
    return redis


@pytest.fixture
def waiting(make_toil: Make, server: Server, jobs_database: Database) -> Toil:
    """Jobs that could not be handed over."""
    toil = make_toil()
    for number in range(SOME):
        toil.send("note", number)
    with server.outage(), pytest.raises(BrokerConnectionError):
        Relay(toil.table, toil.broker).move(toil.queue)
    assert states(jobs_database, toil) == [("ready", SOME)]
    return toil


def states(database: Database, toil: Toil) -> list[tuple[str, int]]:
    return ask(database.dsn("worker"), f"SELECT state, count(*) FROM jobs.job WHERE queue = '{toil.queue}' GROUP BY 1")


def test_while_the_broker_is_away_jobs_wait_and_are_then_done_in_order(waiting: Toil) -> None:
    waiting.start(threads=1)
    until(lambda: len(waiting.done()) == SOME)
    assert list(waiting.done()) == list(range(SOME))


def test_what_was_handed_over_is_gone(waiting: Toil, jobs_database: Database) -> None:
    assert Relay(waiting.table, waiting.broker).move(waiting.queue) == SOME
    assert states(jobs_database, waiting) == []
