"""Jobs of many organizations take turns, a second apart for each, and nobody has all threads of a worker."""

from __future__ import annotations

import asyncio
import threading
import time
from uuid import UUID, uuid4

import asyncpg
from dramatiq import Message

from infra.broker.postgres import PgBroker, PgConsumer, PgMessage
from infra.broker.table import Table, add
from tests.database import Database, ask
from tests.infra.broker.conftest import QUEUE, Consume
from tests.infra.broker.test_lease import LONG_SECONDS, take

THREADS = 8
PREFETCH = 2 * THREADS  # as dramatiq asks


def put_of(table: Table, whose: UUID, count: int) -> list[Message[None]]:
    messages = [Message(QUEUE, "anything", (str(whose), number), {}, {}) for number in range(count)]
    for message in messages:
        table.put(message)
    return messages


def owners(messages: list[PgMessage]) -> list[str]:
    return [message.args[0] for message in messages]


def done(consumer: PgConsumer, count: int) -> list[PgMessage]:
    """So many jobs, one after the other."""
    messages = []
    for _ in range(count):
        messages.append(take(consumer))
        consumer.ack(messages[-1])
    return messages


class TestTurns:
    """Who has much to do does not keep others waiting, and is not kept from it either."""

    def test_one_job_of_somebody_goes_before_the_many_that_another_had_first(self, table: Table, database: Database) -> None:
        """However many workers claim, and whatever is claimed elsewhere: in the order itself, as the relay follows it."""
        many, one = uuid4(), uuid4()
        began = time.monotonic()
        put_of(table, many, 100)
        put_of(table, one, 1)
        seconds = time.monotonic() - began
        rows = ask(database.dsn("worker"), "SELECT whose FROM jobs.job ORDER BY turn, enqueued_at")
        assert [whose for (whose,) in rows].index(one) <= seconds + 2

    def test_jobs_that_are_added_at_once_take_turns_with_those_of_others(self, database: Database) -> None:
        many, few = uuid4(), uuid4()

        began = time.monotonic()

        async def added() -> None:
            connection = await asyncpg.connect(database.dsn("worker"))
            for whose, count in ((many, 1000), (few, 2), (many, 10)):
                await add(connection, [Message(QUEUE, "anything", (str(whose), number), {}, {}) for number in range(count)])
            await connection.close()

        asyncio.run(added())
        rows = [whose for (whose,) in ask(database.dsn("worker"), "SELECT whose FROM jobs.job ORDER BY turn, enqueued_at")]
        assert max(place for place, whose in enumerate(rows) if whose == few) <= time.monotonic() - began + 5
        assert rows.count(many) == 1010

    def test_an_organization_has_its_jobs_in_the_order_of_their_coming(self, table: Table, consume: Consume) -> None:
        put_of(table, uuid4(), 5)
        consumer, got = consume(), []
        for _ in range(5):
            message = take(consumer)
            got.append(message.args[1])
            consumer.ack(message)
        assert got == list(range(5))

    def test_of_one_that_comes_late_it_is_among_the_next_few(self, table: Table, consume: Consume, database: Database) -> None:
        many, one = uuid4(), uuid4()

        async def added() -> None:
            connection = await asyncpg.connect(database.dsn("worker"))
            await add(connection, [Message(QUEUE, "anything", (str(many), number), {}, {}) for number in range(10_000)])
            await connection.close()

        asyncio.run(added())
        consumer = consume(PREFETCH)
        done(consumer, 50)
        put_of(table, one, 1)
        assert str(one) in owners(done(consumer, PREFETCH))

    def test_who_is_alone_gets_half_of_the_threads_and_others_find_one_at_once(self, table: Table, consume: Consume) -> None:
        """However long it takes what was given: nothing is done here before the end."""
        many, other, third = uuid4(), uuid4(), uuid4()
        put_of(table, many, 40)
        consumer = consume(PREFETCH)
        held = [take(consumer) for _ in range(THREADS // 2)]
        assert owners(held) == [str(many)] * (THREADS // 2)
        assert next(consumer) is None
        put_of(table, other, 40)
        assert owners([take(consumer) for _ in range(THREADS // 4)]) == [str(other)] * (THREADS // 4)
        assert next(consumer) is None
        put_of(table, third, 1)
        assert owners([take(consumer)]) == [str(third)]
        consumer.ack(held[0])
        assert next(consumer) is None
        consumer.ack(held[1])
        assert owners([take(consumer)]) == [str(many)]

    def test_the_threads_are_counted_over_all_queues(self, table: Table) -> None:
        many, other = uuid4(), uuid4()
        broker = PgBroker(table, [])
        put_of(table, many, THREADS)
        for whose in (many, other):
            table.put(Message("another", "anything", (str(whose), 0), {}, {}))
        consumer, another = broker.consume(QUEUE, PREFETCH, timeout=50), broker.consume("another", PREFETCH, timeout=50)
        held = [take(consumer) for _ in range(THREADS // 2)]
        assert owners([take(another)]) == [str(other)]
        another.pause = LONG_SECONDS
        got, began = list[PgMessage | None](), time.monotonic()
        waiting = threading.Thread(target=lambda: got.append(next(another)))
        waiting.start()
        for message in held[:2]:
            consumer.ack(message)
        waiting.join()
        assert [one and one.args[0] for one in got] == [str(many)]
        assert time.monotonic() - began < LONG_SECONDS / 2
        consumer.close()
        another.close()

    def test_what_is_given_back_is_counted_no_more(self, table: Table, consume: Consume) -> None:
        put_of(table, uuid4(), THREADS)
        consumer = consume(PREFETCH)
        held = [take(consumer) for _ in range(THREADS // 2)]
        assert next(consumer) is None
        consumer.nack(held[0])
        take(consumer)
        assert next(consumer) is None
        consumer.requeue(held[1:])
        take(consumer)

    def test_who_waited_for_one_of_theirs_to_end_goes_on_as_soon_as_it_has(self, table: Table, consume: Consume) -> None:
        put_of(table, uuid4(), THREADS // 2 + 1)
        consumer = consume(PREFETCH)
        held = [take(consumer) for _ in range(THREADS // 2)]
        assert next(consumer) is None
        consumer.pause = LONG_SECONDS
        got: list[PgMessage | None] = []
        waiting = threading.Thread(target=lambda: got.append(next(consumer)))
        began = time.monotonic()
        waiting.start()
        consumer.ack(held[0])
        waiting.join()
        assert [one and one.args[1] for one in got] == [THREADS // 2]
        assert time.monotonic() - began < LONG_SECONDS / 2

    def test_a_job_that_is_put_off_does_not_hold_up_the_next_of_the_same(self, table: Table, consume: Consume) -> None:
        whose = uuid4()
        table.put(Message(QUEUE, "anything", (str(whose), "later"), {}, {}), delay=3_600_000)
        put_of(table, whose, 1)
        put_of(table, uuid4(), 3)
        assert owners([take(consume())]) == [str(whose)]
