"""What every broker has to keep: a list of promises, each tried on PostgreSQL, on Redis and on RabbitMQ."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

from dramatiq import Message
from structlog.testing import capture_logs

from infra.broker.table import Dead
from infra.metrics import REGISTRY
from tests.database import Database, ask
from tests.infra.broker.conftest import Make
from tests.infra.broker.servers import Server
from tests.infra.broker.toil import SECRET, THREADS, Toil
from tests.waiting import until

MANY = 80


def left(database: Database, toil: Toil) -> int:
    return int(ask(database.dsn("worker"), f"SELECT count(*) FROM jobs.job WHERE queue = '{toil.queue}'")[0][0])


def letters(toil: Toil) -> list[Dead]:
    return [dead for dead in toil.table.dead() if dead.queue == toil.queue]


def send_many(toil: Toil) -> None:
    """Half of them, then some that keep every thread from the other half until the file of the outage is there."""
    half, rest = range(MANY // 2), range(MANY // 2 + THREADS, MANY)
    for number in half:
        toil.send("note", number)
    for number in range(half.stop, rest.start):
        toil.send("falter", number)
    for number in rest:
        toil.send("stumble", number, 1)


def is_halfway(toil: Toil) -> bool:
    """However long nobody looks: it stays there."""
    return toil.file.with_suffix(".begun").exists() and len(toil.done()) > MANY / 4


def test_every_job_is_done_once_and_nothing_is_left(toil: Toil, jobs_database: Database) -> None:
    for number in range(MANY):
        toil.send("note", number)
    until(lambda: len(toil.done()) == MANY and not left(jobs_database, toil))
    assert toil.done() == Counter(range(MANY))


def test_a_retry_survives_the_acknowledgement_of_the_attempt_that_failed(toil: Toil) -> None:
    """It has the same id, and is enqueued before that attempt is acknowledged."""
    for number in range(MANY):
        toil.send("stumble", number, 2)
    until(lambda: len(toil.done()) == MANY)
    assert toil.done() == Counter(range(MANY))


def test_a_delayed_job_waits_for_its_time(toil: Toil) -> None:
    began = time.monotonic()
    toil.broker.enqueue(toil.actors["note"].message(1), delay=300)
    until(toil.done)
    assert time.monotonic() - began >= 0.3


def test_what_fails_for_good_is_a_dead_letter_which_can_be_retried(toil: Toil) -> None:
    message = toil.send("fail", 7)
    (dead,) = until(lambda: letters(toil))
    assert (str(dead.id), dead.message.actor_name, dead.message.args, dead.error) == (message.message_id, "fail", (7,), "ValueError")
    toil.file.with_suffix(".mended").touch()
    assert toil.table.retry(dead.id)
    until(toil.done)
    assert letters(toil) == []


def test_a_dead_letter_says_nothing_of_what_was_said(toil: Toil, jobs_database: Database) -> None:
    toil.send("fail", 7)
    until(lambda: letters(toil))
    ((stored,),) = ask(jobs_database.dsn("worker"), f"SELECT convert_from(message, 'UTF8') FROM jobs.job WHERE queue = '{toil.queue}'")
    assert SECRET not in stored


def test_a_dropped_dead_letter_is_gone(toil: Toil) -> None:
    toil.send("fail", 7)
    (dead,) = until(lambda: letters(toil))
    assert toil.table.drop(dead.id)
    assert letters(toil) == []
    assert not toil.table.retry(dead.id)


def test_a_job_for_an_actor_that_does_not_exist_is_a_dead_letter(toil: Toil) -> None:
    toil.table.put(Message(queue_name=toil.queue, actor_name="nobody", args=(), kwargs={}, options={}))
    (dead,) = until(lambda: letters(toil))
    assert dead.error == "ActorNotFound"


def test_a_job_that_takes_too_long_is_ended(toil: Toil) -> None:
    toil.send("hang")
    (dead,) = until(lambda: letters(toil))
    assert dead.error == "TimeLimitExceeded"


def test_async_actors_have_a_loop_and_connections_of_their_own(toil: Toil) -> None:
    for number in range(20):
        toil.send("wait", number)
    until(lambda: toil.done() == Counter(range(20)))


def test_runs_are_counted_by_how_they_ended(toil: Toil) -> None:
    before = {outcome: counted(outcome) for outcome in ("failed", "dead")}
    toil.send("fail", 7)
    until(lambda: letters(toil))
    until(lambda: counted("dead") == before["dead"] + 1)
    assert counted("failed") == before["failed"] + 2


def counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("throughline_job_runs_total", {"actor": "fail", "outcome": outcome}) or 0.0


def test_what_a_stopped_worker_did_not_finish_the_next_one_does_at_once(make_toil: Make) -> None:
    """At once: long before a lease or a heartbeat would have ended."""
    first, second, enough = make_toil(), make_toil(), 5 * MANY
    for number in range(enough):
        first.send("note", number)
    first.start()
    until(lambda: len(first.done()) > 20)
    first.stop()
    assert len(first.done()) < enough, "it was stopped too late for this test to say anything"
    second.start()
    until(lambda: len(second.done()) == enough)
    second.stop()


def test_when_a_worker_is_killed_halfway_every_job_is_done(make_toil: Make, server: Server, jobs_database: Database) -> None:
    toil = make_toil(short=True)
    send_many(toil)
    command = [sys.executable, "-m", "tests.infra.broker.toil", jobs_database.dsn("worker"), server.url or "", toil.queue, str(toil.file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        until(lambda: is_halfway(toil))
        process.kill()
    toil.file.with_suffix(".outage").touch()
    toil.start()
    until(lambda: len(toil.done()) == MANY and not left(jobs_database, toil))
    toil.stop()


def test_a_job_that_fails_while_the_broker_is_away_is_tried_again(make_toil: Make, server: Server) -> None:
    """dramatiq alone would acknowledge it later on, though its next attempt was never enqueued."""
    toil = make_toil(short=True)
    toil.send("falter", 7)
    toil.start()
    until(toil.file.with_suffix(".begun").exists)
    with server.outage(), capture_logs() as logs:
        toil.file.with_suffix(".outage").touch()
        until(lambda: "broker_awaited" in {entry["event"] for entry in logs})
    until(toil.done)


def test_a_delayed_job_survives_the_broker_and_the_memory_of_its_worker(make_toil: Make, server: Server) -> None:
    toil = make_toil(short=True)
    toil.start()
    toil.broker.enqueue(toil.actors["note"].message(7), delay=2_000)
    toil.send("note", 0)
    until(toil.done)
    with server.outage():
        pass
    until(lambda: toil.done()[7])


def test_when_the_broker_is_killed_and_started_again_no_job_is_lost(make_toil: Make, server: Server, jobs_database: Database) -> None:
    toil = make_toil(short=True)
    send_many(toil)
    toil.start()
    until(lambda: is_halfway(toil))
    with server.outage():
        toil.file.with_suffix(".outage").touch()
    until(lambda: len(toil.done()) == MANY and not left(jobs_database, toil))
    toil.stop()
