"""Workers to compare: each is sent jobs, and counts what is done."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from itertools import count, cycle
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import dramatiq
from dramatiq import Actor, Broker, Message, Worker
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker

from infra.broker.choice import broker_for
from infra.broker.link import Links, connect
from infra.broker.postgres import PgBroker
from infra.broker.relay import Relay
from infra.broker.table import Table, add

THREADS: Final = 8  # of a worker, here as there
IDLE_MILLISECONDS: Final = 50  # how soon a thread without work sees that it is to end
PATIENCE_SECONDS: Final = 60
QUEUES: Final = count(1)
TAKE: Final = """
DELETE FROM jobs.job
 WHERE id = (SELECT id FROM jobs.job WHERE queue = %s AND state <> 'dead' AND available_at <= now()
              ORDER BY available_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING message
"""


class Side(ABC):
    """A worker of one queue."""

    def __init__(self) -> None:
        self.queue = f"bench{next(QUEUES)}"
        self.done = threading.Semaphore(0)

    @abstractmethod
    def start(self) -> None:
        """Begins to work."""

    @abstractmethod
    def stop(self) -> None:
        """Ends, with nothing left to do, and lets go of its connections."""

    @abstractmethod
    async def send(self, jobs: int) -> None:
        """Sends so many jobs."""

    def wait(self, jobs: int) -> None:
        """Until so many more are done. Raises `TimeoutError` when that takes for ever."""
        for _ in range(jobs):
            if not self.done.acquire(timeout=PATIENCE_SECONDS):
                raise TimeoutError(f"{self.queue}: a job was not done within {PATIENCE_SECONDS} s")

    def job(self, which: int | str) -> None:
        self.done.release()


class Dramatiq(Side):
    """A worker of dramatiq's."""

    def __init__(self, broker: Broker) -> None:
        super().__init__()
        self.broker = broker
        self.actor: Actor[[int | str], None] = dramatiq.actor(broker=broker, queue_name=self.queue)(self.job)

    def start(self) -> None:
        self.broker.emit_after("process_boot")
        self.worker = Worker(self.broker, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
        self.worker.start()

    def stop(self) -> None:
        self.worker.stop()
        self.broker.close()


class Alone(Dramatiq):
    """dramatiq's own broker as its manual sets it up, RabbitMQ's with the confirmation that a message is kept."""

    def __init__(self, url: str) -> None:
        is_redis = urlsplit(url).scheme == "redis"
        super().__init__(RedisBroker(url=url) if is_redis else RabbitmqBroker(url=url, confirm_delivery=True))

    async def send(self, jobs: int) -> None:
        await asyncio.to_thread(self.enqueue, jobs)

    def enqueue(self, jobs: int) -> None:
        for number in range(jobs):
            self.actor.send(number)


class Ours(Dramatiq):
    """The product's: the broker of a URL, None for PostgreSQL, fed from the table of jobs."""

    def __init__(self, dsn: str, connection: asyncpg.Connection, url: str | None) -> None:
        self.table = Table(Links(lambda: dsn, "throughline bench"))
        super().__init__(broker_for(url, self.table))
        self.connection = connection

    def start(self) -> None:
        super().start()
        self.relay = None if isinstance(self.broker, PgBroker) else Relay(self.table, self.broker)
        if self.relay is not None:
            self.relay.start()

    def stop(self) -> None:
        if self.relay is not None:
            self.relay.stop()
        super().stop()
        self.table.links.close()

    async def send(self, jobs: int) -> None:
        await add(self.connection, [self.actor.message(number) for number in range(jobs)])


class Firms(Ours):
    """The same on PostgreSQL, and each job is one of so many organizations', in turn."""

    def __init__(self, dsn: str, connection: asyncpg.Connection) -> None:
        super().__init__(dsn, connection, None)
        self.firms = 1

    async def send(self, jobs: int) -> None:
        firms = cycle([str(uuid4()) for _ in range(self.firms)])
        await add(self.connection, [self.actor.message(next(firms)) for _ in range(jobs)])


class Least(Side):
    """The table of jobs without leases, retries and dead letters: a job's row is locked while the job is done, and deleted with it."""

    def __init__(self, dsn: str, connection: asyncpg.Connection) -> None:
        super().__init__()
        self.dsn = dsn
        self.connection = connection

    def start(self) -> None:
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.work) for _ in range(THREADS)]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def work(self) -> None:
        with connect(self.dsn, "throughline bench, least") as connection:
            while not self.ended.is_set():
                with connection.transaction():
                    row = connection.execute(TAKE, [self.queue]).fetchone()
                    if row is not None:
                        self.job(*Message.decode(row["message"]).args)
                if row is None:
                    self.ended.wait(IDLE_MILLISECONDS / 1000)

    async def send(self, jobs: int) -> None:
        messages: list[Message[None]] = [Message(self.queue, "job", (number,), {}, {}) for number in range(jobs)]
        await add(self.connection, messages)
