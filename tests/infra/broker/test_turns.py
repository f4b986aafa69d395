"""Jobs of many organizations take turns, a second apart for each, and a worker has few of one at a time."""

from __future__ import annotations

import asyncio
import threading
import time
from uuid import UUID, uuid4

import asyncpg
from dramatiq import Message

from infra.broker.postgres import AT_ONCE, PgMessage
from infra.broker.table import Table, add
from tests.database import Database, ask
from tests.infra.broker.conftest import QUEUE, Consume
from tests.infra.broker.test_lease import LONG_SECONDS, take


def put_of(table: Table, whose: UUID, count: int) -> list[Message[None]]:
    messages = [Message(QUEUE, "anything", (str(whose), number), {}, {}) for number in range(count)]
    for message in messages:
        table.put(message)
    return messages


def owners(messages: list[PgMessage]) -> list[str]:
    return [message.args[0] for message in messages]


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

    def test_no_more_of_one_are_given_at_a_time_than_leave_room_for_others(self, table: Table, consume: Consume) -> None:
        many, other = uuid4(), uuid4()
        put_of(table, many, 20)
        consumer = consume(16)
        held = [take(consumer) for _ in range(AT_ONCE)]
        assert owners(held) == [str(many)] * AT_ONCE
        assert next(consumer) is None
        put_of(table, other, 1)
        assert owners([take(consumer)]) == [str(other)]
        consumer.ack(held[0])
        assert owners([take(consumer)]) == [str(many)]
        assert next(consumer) is None

    def test_who_waited_for_one_of_theirs_to_end_goes_on_as_soon_as_it_has(self, table: Table, consume: Consume) -> None:
        put_of(table, uuid4(), AT_ONCE + 1)
        consumer = consume()
        held = [take(consumer) for _ in range(AT_ONCE)]
        assert next(consumer) is None
        consumer.pause = LONG_SECONDS
        got: list[PgMessage | None] = []
        waiting = threading.Thread(target=lambda: got.append(next(consumer)))
        began = time.monotonic()
        waiting.start()
        consumer.ack(held[0])
        waiting.join()
        assert got[0] is not None
        assert got[0].args[1] == AT_ONCE
        assert time.monotonic() - began < LONG_SECONDS / 2

    def test_a_job_that_is_put_off_does_not_hold_up_the_next_of_the_same(self, table: Table, consume: Consume) -> None:
        whose = uuid4()
        table.put(Message(QUEUE, "anything", (str(whose), "later"), {}, {}), delay=3_600_000)
        put_of(table, whose, 1)
        put_of(table, uuid4(), 3)
        assert owners([take(consume())]) == [str(whose)]
