"""Feeds another broker from the table of jobs, which is its outbox: while that broker is away, jobs wait there, in order."""

from __future__ import annotations

import threading
from typing import Any, Final
from uuid import uuid4

import structlog
from dramatiq import Broker, Message
from dramatiq.errors import BrokerConnectionError, DecodeError

from infra.broker.link import LOST
from infra.broker.table import SQL, Held, Table

BATCH: Final = 100
LEASE_SECONDS: Final = 10.0  # for a batch, which takes a fraction of a second
POLL_SECONDS: Final = 0.5
STOP_SECONDS: Final = 5.0  # a job that is handed over and not deleted is handed over again
log = structlog.get_logger()


class Relay(threading.Thread):
    """Hands over what is due, then deletes it: at least once. Any number of relays may run."""

    def __init__(self, table: Table, broker: Broker, *, lease: float = LEASE_SECONDS) -> None:
        super().__init__(name="relay", daemon=True)
        self.table = table
        self.broker = broker
        self.lease = lease
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                moved = sum(self.move(queue) for queue in sorted(self.broker.get_declared_queues()))
            except (BrokerConnectionError, *LOST) as error:
                log.warning("relay_interrupted", error=type(error).__name__)
                moved = 0
            if not moved:
                self.ended.wait(POLL_SECONDS)

    def stop(self) -> None:
        """Ends after the job at hand."""
        self.ended.set()
        self.join(STOP_SECONDS)

    def move(self, queue: str) -> int:
        """Hands over at most a batch; returns how many jobs it had. What cannot be handed over is given back."""
        token = uuid4()
        rows = self.table.links.run(SQL.claim, queue=queue, wanted=BATCH, claim=token, lease=self.lease)
        for place, row in enumerate(rows):
            try:
                self.hand_over(Held(row["id"], token), row["message"])
            except BrokerConnectionError:
                self.table.release(Held(other["id"], token) for other in rows[place:])
                raise
        return len(rows)

    def hand_over(self, held: Held, stored: bytes) -> None:
        try:
            message: Message[Any] = Message.decode(stored)
        except DecodeError as error:
            self.table.fail(held, stored, type(error).__name__)
            return
        self.broker.enqueue(message)
        self.table.finish(held)
