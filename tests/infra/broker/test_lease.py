"""Leases on rows: what only the broker on PostgreSQL has to keep."""

from __future__ import annotations

import threading
import time
from uuid import UUID, uuid4

import psycopg
import pytest
from dramatiq import Message

from infra.broker.postgres import PgConsumer, PgMessage
from infra.broker.table import Table
from tests.database import Database, ask
from tests.infra.broker.conftest import LEASE_SECONDS, QUEUE, Consume
from tests.waiting import until

OVER_SECONDS = 0.05
LONG_SECONDS = 20.0
WAITS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND usename = 'throughline_worker' AND state = 'idle' AND query LIKE '%due AS MATERIALIZED%'
   AND state_change < clock_timestamp() - interval '0.2 seconds'"""
"""Who has found nothing to claim, and is about to wait or waits."""

ENDS = "SELECT available_at FROM jobs.job"


def job(number: int = 0) -> Message[None]:
    return Message(queue_name=QUEUE, actor_name="anything", args=(number,), kwargs={}, options={})


def put(table: Table, count: int = 1) -> list[Message[None]]:
    messages = [job(number) for number in range(count)]
    for message in messages:
        table.put(message)
    return messages


def take(consumer: PgConsumer) -> PgMessage:
    message: PgMessage = until(lambda: next(consumer))
    return message


def taken(consumer: PgConsumer, count: int) -> list[int]:
    return [take(consumer).args[0] for _ in range(count)]


def states(database: Database) -> list[str]:
    return [state for (state,) in ask(database.dsn("worker"), "SELECT state FROM jobs.job ORDER BY enqueued_at")]


class TestClaiming:
    def test_gives_what_was_first_first(self, table: Table, consume: Consume) -> None:
        put(table, 20)
        assert taken(consume(20), 20) == list(range(20))

    def test_never_gives_one_job_to_two(self, table: Table, consume: Consume) -> None:
        put(table, 20)
        one, other = consume(10), consume(10)
        assert sorted(taken(one, 10) + taken(other, 10)) == list(range(20))

    def test_by_rivals_gives_each_job_once(self, table: Table, consume: Consume) -> None:
        put(table, 200)
        got: list[int] = []

        def claim(consumer: PgConsumer) -> None:
            while (message := next(consumer)) is not None:
                got.append(message.args[0])

        rivals = [threading.Thread(target=claim, args=(consume(200),)) for _ in range(6)]
        for rival in rivals:
            rival.start()
        for rival in rivals:
            rival.join()
        assert sorted(got) == list(range(200))

    def test_holds_no_more_than_was_asked_for(self, table: Table, consume: Consume, database: Database) -> None:
        put(table, 5)
        consumer = consume(2)
        first, _ = take(consumer), take(consumer)
        assert next(consumer) is None
        assert states(database).count("leased") == 2
        consumer.ack(first)
        assert take(consumer).args == (2,)

    def test_is_of_its_own_queue(self, table: Table, consume: Consume) -> None:
        table.put(Message(queue_name="another", actor_name="anything", args=(), kwargs={}, options={}))
        assert next(consume()) is None

    def test_needs_no_notification(self, table: Table, consume: Consume, database: Database) -> None:
        """A row that nobody rang for is found all the same."""
        consumer = consume()
        assert next(consumer) is None
        table.put(job(), delay=1)
        assert take(consumer).args == (0,)

    def test_wakes_up_for_a_notification(self, table: Table, consume: Consume, database: Database) -> None:
        consumer = consume()
        assert next(consumer) is None
        consumer.pause = LONG_SECONDS
        waiting = threading.Thread(target=lambda: next(consumer))
        waiting.start()
        until(lambda: ask(database.dsn("admin"), WAITS) == [(1,)])
        began = time.monotonic()
        put(table)
        waiting.join()
        assert time.monotonic() - began < LONG_SECONDS / 2

    def test_puts_what_cannot_be_read_among_the_dead(self, consume: Consume, database: Database) -> None:
        statement = f"INSERT INTO jobs.job (id, queue, state, available_at, message) VALUES ('{uuid4()}', '{QUEUE}', 'ready', now(), 'x')"
        ask(database.dsn("worker"), statement)
        assert next(consume()) is None
        assert ask(database.dsn("worker"), "SELECT state, error FROM jobs.job") == [("dead", "DecodeError")]


class TestALeaseThatEnded:
    def test_lets_another_have_the_job(self, table: Table, consume: Consume) -> None:
        put(table)
        take(consume(lease=OVER_SECONDS))
        assert take(consume()).args == (0,)

    def test_does_not_let_its_holder_end_the_job(self, table: Table, consume: Consume, database: Database) -> None:
        put(table)
        late, other = consume(lease=OVER_SECONDS), consume()
        message = take(late)
        current = take(other)
        late.ack(message)
        assert states(database) == ["leased"]
        message.fail()
        late.nack(message)
        assert states(database) == ["leased"]
        other.ack(current)
        assert states(database) == []

    def test_of_the_same_worker_does_not_either(self, table: Table, consume: Consume, database: Database) -> None:
        """It claimed the next attempt before it acknowledged the first: the same job, the same worker, another claim."""
        (sent,) = put(table)
        consumer = consume()
        first = take(consumer)
        table.put(sent)
        second = take(consumer)
        consumer.ack(first)
        assert states(database) == ["leased"]
        consumer.ack(second)
        assert states(database) == []

    def test_does_not_even_when_the_job_was_done_and_came_again(self, table: Table, consume: Consume, database: Database) -> None:
        """Counting attempts would not tell these two claims apart: the row was deleted between them."""
        (sent,) = put(table)
        late, other = consume(lease=OVER_SECONDS), consume()
        first = take(late)
        other.ack(take(other))
        table.put(sent)
        second = take(late)
        late.ack(first)
        assert states(database) == ["leased"]
        late.ack(second)
        assert states(database) == []


class TestALease:
    def test_is_renewed_while_its_worker_lives(self, table: Table, consume: Consume, database: Database) -> None:
        put(table)
        consumer, other = consume(), consume()
        held = take(consumer)
        for _ in range(3):
            ((ends,),) = ask(database.dsn("worker"), ENDS)
            consumer.renewed -= LEASE_SECONDS / 3  # as if so long had passed
            assert next(consumer) is None
            assert ask(database.dsn("worker"), ENDS) > [(ends,)]
            assert next(other) is None
        consumer.ack(held)
        assert states(database) == []

    def test_is_released_when_the_job_is_given_back(self, table: Table, consume: Consume) -> None:
        put(table)
        consumer = consume()
        consumer.requeue([take(consumer)])
        assert take(consume()).args == (0,)

    def test_of_what_was_not_handed_out_is_released_at_the_close(self, table: Table, consume: Consume) -> None:
        put(table, 3)
        consumer = consume()
        take(consumer)
        consumer.close()
        assert sorted(taken(consume(), 2)) == [1, 2]


class TestAddingTwice:
    def test_a_dead_job_under_its_id_brings_it_back(self, table: Table, consume: Consume, database: Database) -> None:
        (sent,) = put(table)
        consumer = consume()
        message = take(consumer)
        consumer.nack(message)
        assert states(database) == ["dead"]
        table.put(sent)
        assert take(consumer).message_id == sent.message_id

    def test_retrying_forgets_the_attempts_before(self, table: Table, consume: Consume) -> None:
        table.put(job().copy(options={"retries": 12}))
        consumer = consume()
        message = take(consumer)
        consumer.nack(message)
        assert table.retry(UUID(message.message_id))
        assert take(consumer).options == {}


def test_the_app_and_the_projector_see_no_jobs(database: Database) -> None:
    for role in ("app", "projector"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(database.dsn(role), "SELECT * FROM jobs.job")
