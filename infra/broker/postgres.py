"""dramatiq's broker on PostgreSQL: a job is a row, taken by a lease that its worker renews for as long as it lives.

Delivery is at least once: a job whose lease ended, because its worker was killed or the database was away for longer, is
given to somebody else, also when it had been done but not been acknowledged.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from uuid import UUID, uuid4

import structlog
from dramatiq import Broker, Consumer, Message, MessageProxy, Middleware
from dramatiq.errors import ConnectionClosed, DecodeError
from psycopg.rows import DictRow

from infra.broker.link import LOST, Connection, execute
from infra.broker.table import SQL, Held, Table
from infra.broker.threads import Threads, ring

LEASE_SECONDS: Final = 60.0  # longer than any section of an actor during which no other thread can run
POLL_SECONDS: Final = 0.5  # a notification may be lost, and nobody sends one when a delay or a lease ends
RINGS: Final = 4096  # bytes, one a ring
A_THREAD: Final = 2  # so many jobs for each are asked for by dramatiq, so that a thread that has done one finds the next
log = structlog.get_logger()


class PgMessage(MessageProxy):
    """A message with the lease that it was delivered under, and whose job it is."""

    def __init__(self, message: Message[Any], held: Held, whose: UUID | None) -> None:
        super().__init__(message)
        self.held = held
        self.whose = whose


class PgBroker(Broker):
    """Jobs in `jobs.job`. There are no queues for delayed messages: a row says from when on it is available."""

    def __init__(self, table: Table, middleware: list[Middleware] | None = None, *, lease: float = LEASE_SECONDS) -> None:
        super().__init__(middleware)
        self.table = table
        self.lease = lease
        self.threads: Threads | None = None  # of the worker, as soon as there is one
        self.queues = set()

    def declare_queue(self, queue_name: str) -> None:
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)

    def get_declared_queues(self) -> set[str]:
        return set(self.queues)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Adds a job, due in `delay` milliseconds. Raises `ConnectionClosed` when the database is away."""
        self.emit_before("enqueue", message, delay)
        with closed():
            self.table.put(message, delay or 0)
        self.emit_after("enqueue", message, delay)
        return message

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 1000) -> PgConsumer:
        if self.threads is None:
            self.threads = Threads(max(1, prefetch // A_THREAD))
        return PgConsumer(self, self.threads, queue_name, prefetch, min(timeout / 1000, POLL_SECONDS))

    def close(self) -> None:
        self.table.links.close()


class PgConsumer(Consumer):
    """Claims for one queue, in one thread; `ack` and `nack` are called by the threads that work.

    At most `prefetch` jobs are held at a time. Of one organization at most twice as many as there is room for besides, so that others'
    find room whenever they come, and no more are handed out than `threads` allows: the rest stands ready. `pause` is the longest
    that `next` waits for one, in seconds.
    """

    def __init__(self, broker: PgBroker, threads: Threads, queue: str, prefetch: int, pause: float) -> None:
        self.table = broker.table
        self.lease = broker.lease
        self.threads = threads
        self.queue = queue
        self.prefetch = prefetch
        self.pause = pause
        self.connection: Connection | None = None
        self.fetched: deque[PgMessage] = deque()
        self.held: dict[Held, UUID | None] = {}  # with whose it is
        self.changing = threading.Lock()
        self.heard, self.bell = socket.socketpair()  # which a thread rings that lets go of something
        self.bell.setblocking(False)
        self.sated = False
        self.full = False  # in the last claim, what is held left no room, for somebody at least
        self.renewed = time.monotonic()

    def __next__(self) -> PgMessage | None:
        """The next job, or None when there is none for the moment. The database may be away: then there is none either."""
        try:
            self.renew()
            if (message := self.pick()) is not None:
                return message
            if self.sated:
                self.wait()
                if (message := self.pick()) is not None:
                    return message
            self.claim()
        except LOST as error:
            log.warning("claiming_interrupted", queue=self.queue, error=type(error).__name__)
            self.disconnect()
            time.sleep(self.pause)
        return self.pick()

    def pick(self) -> PgMessage | None:
        """The first that may be handed out."""
        for message in self.fetched:
            if self.threads.take(message.held, message.whose, self.bell):
                self.fetched.remove(message)
                return message
        return None

    def claim(self) -> None:
        """Afterwards it is `sated` when there is no use in looking again before something happens."""
        with self.changing:
            counts = Counter(whose for whose in self.held.values() if whose is not None)
            room = self.prefetch - len(self.held)
            self.full = True
        rows, token, most = [], uuid4(), max(1, room * 2 // 3)
        if room > 0:
            fair = {"most": most, "busy": list(counts), "held": list(counts.values())}
            rows = execute(self.link(), SQL.claim, queue=self.queue, wanted=room, claim=token, lease=self.lease, **fair)
        self.sated = len(rows) < max(room, 1)
        self.take(rows, token)
        counts.update(row["whose"] for row in rows if row["whose"] is not None)
        self.full = self.full and (room <= len(rows) or max(counts.values(), default=0) >= most)

    def take(self, rows: list[DictRow], token: UUID) -> None:
        for row in rows:
            held = Held(row["id"], token)
            try:
                message = Message.decode(row["message"])
            except DecodeError as error:
                self.table.fail(held, row["message"], type(error).__name__)
                continue
            with self.changing:
                self.held[held] = row["whose"]
            self.fetched.append(PgMessage(message, held, row["whose"]))

    def renew(self) -> None:
        """Every third of a lease."""
        if time.monotonic() - self.renewed >= self.lease / 3:
            self.renewed = time.monotonic()
            with self.changing:
                held = list(self.held)
            self.table.renew(held, self.lease)

    def wait(self) -> None:
        """Until there may be something to claim, and not for long."""
        link = self.link()
        if not notified(link):  # while it was claiming
            with selectors.DefaultSelector() as either:
                either.register(self.heard, selectors.EVENT_READ)
                either.register(link, selectors.EVENT_READ)
                if any(key.fileobj is self.heard for key, _ in either.select(self.pause)):
                    self.heard.recv(RINGS)
            notified(link)

    def link(self) -> Connection:
        """The consumer's own connection, which listens."""
        if self.connection is None:
            self.connection = self.table.links.connect()
            execute(self.connection, SQL.listen)
        return self.connection

    def disconnect(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ack(self, message: MessageProxy) -> None:
        """The job is done. Raises `ConnectionClosed` while the database is away: then it is still to be said."""
        assert isinstance(message, PgMessage)
        with closed():
            self.table.finish(message.held)
        self.let_go(message.held)

    def nack(self, message: MessageProxy) -> None:
        """The job failed for good. Raises like `ack`."""
        assert isinstance(message, PgMessage)
        with closed():
            self.table.fail(message.held, message.encode(), error_of(message))
        self.let_go(message.held)

    def let_go(self, held: Held) -> None:
        self.threads.leave(held)
        with self.changing:
            self.held.pop(held, None)
            full = self.full
        if full:
            ring(self.bell)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Gives back what nobody began."""
        given = [message.held for message in messages if isinstance(message, PgMessage)]
        with closed():
            self.table.release(given)
        for held in given:
            self.let_go(held)

    def close(self) -> None:
        """Gives back what was not handed out. While the database is away, the leases end by themselves."""
        with suppress(ConnectionClosed):
            self.requeue(self.fetched)
        self.fetched.clear()
        self.disconnect()
        self.heard.close()
        self.bell.close()


def notified(link: Connection) -> bool:
    """Whether something was heard since the last time."""
    return sum(1 for _ in link.notifies(timeout=0)) > 0


def error_of(message: MessageProxy) -> str:
    """The class of what a message failed with: the text of an error may hold somebody's words."""
    return type(message._exception).__name__ if message._exception else "Failed"


@contextmanager
def closed() -> Iterator[None]:
    """A lost database as dramatiq knows it: what it then does again, it does until it succeeds."""
    try:
        yield
    except LOST as error:
        raise ConnectionClosed(type(error).__name__) from None
