"""Feeds another broker from the table of jobs, which is its outbox: while that broker is away, jobs wait there, in order.

What was handed over is deleted batch by batch, for each deletion is a write to disk that everything behind it waits for. So a
relay that is killed hands over at most a batch again.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Final, Protocol
from uuid import uuid4

import structlog
from dramatiq import Message
from dramatiq.errors import BrokerConnectionError, DecodeError

from infra.broker.link import LOST, Connection, execute
from infra.broker.table import SQL, Held, Table

BATCH: Final = 100
AHEAD: Final = 50
"""Jobs of a queue that wait at the broker, which takes them in the order of their coming: what comes later for another organization
waits behind so many at most. The others wait in the table, which takes turns."""
FULL_SECONDS: Final = 0.02  # until a worker may have fetched some of them
LEASE_SECONDS: Final = 10.0  # for a batch, which takes a fraction of a second
POLL_SECONDS: Final = 0.5  # a notification may be lost, and nobody sends one when a delay ends
STOP_SECONDS: Final = 5.0  # a job that is handed over and not deleted is handed over again
log = structlog.get_logger()


class Carrier(Protocol):
    """A broker that says how much waits there."""

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]: ...

    def get_declared_queues(self) -> set[str]: ...

    def waiting(self, queue_name: str) -> int: ...


class Relay(threading.Thread):
    """Hands over what is due, then deletes it: at least once. Any number of relays may run."""

    def __init__(self, table: Table, broker: Carrier, *, lease: float = LEASE_SECONDS) -> None:
        super().__init__(name="relay", daemon=True)
        self.table = table
        self.broker = broker
        self.lease = lease
        self.ended = threading.Event()
        self.connection: Connection | None = None  # its own, which listens

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                moves = [self.move(queue) for queue in sorted(self.broker.get_declared_queues())]
                if None in moves and not any(moves):
                    self.ended.wait(FULL_SECONDS)
                elif not any(moves):
                    self.wait()
            except (BrokerConnectionError, *LOST) as error:
                log.warning("relay_interrupted", error=type(error).__name__)
                self.disconnect()
                self.ended.wait(POLL_SECONDS)
        self.disconnect()

    def wait(self) -> None:
        """Until there may be something to hand over, and not for long."""
        if self.connection is None:
            self.connection = self.table.links.connect()
            execute(self.connection, SQL.listen)
            return  # what came before is not told any more
        for _ in self.connection.notifies(timeout=POLL_SECONDS, stop_after=1):
            return

    def disconnect(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def stop(self) -> None:
        """Ends after the job at hand."""
        self.ended.set()
        self.join(STOP_SECONDS)

    def move(self, queue: str) -> int | None:
        """Hands over at most a batch; returns how many jobs it had, None when there is no room for one.

        What cannot be handed over is given back.
        """
        token = uuid4()
        room = min(BATCH, AHEAD - self.broker.waiting(queue))
        if room <= 0:
            return None
        rows = self.table.links.run(SQL.claim, queue=queue, wanted=room, claim=token, lease=self.lease, most=room, busy=[], held=[])
        waiting = deque((Held(row["id"], token), row["message"]) for row in rows)
        done: list[Held] = []
        try:
            while waiting and not self.ended.is_set():
                if self.hand_over(*waiting[0]):
                    done.append(waiting[0][0])
                waiting.popleft()
        finally:
            self.table.finish_all(done)
            self.table.release(held for held, _ in waiting)
        return len(rows)

    def hand_over(self, held: Held, stored: bytes) -> bool:
        """False when it is none: then it is a dead letter."""
        try:
            message: Message[Any] = Message.decode(stored)
        except DecodeError as error:
            self.table.fail(held, stored, type(error).__name__)
            return False
        self.broker.enqueue(message)
        return True
