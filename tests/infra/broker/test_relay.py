"""The table of jobs as the outbox of another broker."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from dramatiq import Broker, Message, Middleware
from dramatiq.errors import BrokerConnectionError

from infra.broker.relay import AHEAD, Relay
from infra.broker.table import SQL
from tests.database import Database, ask
from tests.infra.broker.conftest import Make
from tests.infra.broker.servers import Server
from tests.infra.broker.toil import Toil
from tests.waiting import until

SOME = 30
SOME_OF_THEM = 10


class Strike(Middleware):
    """Kills the server in the middle of a batch, once."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.struck = False

    def before_enqueue(self, broker: Broker, message: Message[Any], delay: int | None) -> None:
        if message.args == (SOME_OF_THEM,) and not self.struck:
            self.struck = True
            self.server.kill()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """One that has a relay; where a test names none, it makes no difference which."""
    found: Server = request.getfixturevalue(getattr(request, "param", "redis"))
    return found


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


def test_a_broker_that_ends_in_the_middle_gets_nothing_twice(make_toil: Make, server: Server, jobs_database: Database) -> None:
    toil = make_toil()
    toil.broker.add_middleware(Strike(server))
    for number in range(SOME):
        toil.send("note", number)
    try:
        with pytest.raises(BrokerConnectionError):
            Relay(toil.table, toil.broker).move(toil.queue)
    finally:
        server.start()
    assert states(jobs_database, toil) == [("ready", SOME - SOME_OF_THEM)]
    toil.start()
    until(lambda: len(toil.done()) == SOME)
    assert toil.done() == Counter(range(SOME))


def test_a_relay_hears_of_a_job_at_once(toil: Toil, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would find the job anyway when its pause is over, but that is not what is awaited here."""
    monkeypatch.setattr("infra.broker.relay.POLL_SECONDS", 3600)
    toil.send("note", 1)
    until(lambda: len(toil.done()) == 1)  # the relay has looked at the table, and waits
    toil.send("note", 2)
    until(lambda: len(toil.done()) == 2)
    assert toil.relay
    toil.relay.ended.set()
    toil.table.links.run(SQL.ring, queue=toil.queue)  # so that it ends now, too


@pytest.mark.parametrize("server", ["redis", "rabbitmq"], indirect=True)
def test_few_wait_at_the_broker_so_that_the_others_can_take_turns(make_toil: Make, server: Server, jobs_database: Database) -> None:
    toil, many, one = make_toil(), uuid4(), uuid4()
    relay = Relay(toil.table, toil.broker)
    for number in range(AHEAD + SOME):
        toil.send("note", str(many), number)
    while relay.move(toil.queue) is not None:
        assert toil.broker.waiting(toil.queue) <= AHEAD
    assert toil.broker.waiting(toil.queue) == AHEAD
    assert states(jobs_database, toil) == [("ready", SOME)]
    toil.send("note", str(one), 0)
    first = f"SELECT whose FROM jobs.job WHERE queue = '{toil.queue}' ORDER BY turn, enqueued_at LIMIT 1"
    assert ask(jobs_database.dsn("worker"), first) == [(one,)]
