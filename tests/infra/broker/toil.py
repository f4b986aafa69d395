"""Actors to try brokers with, and a worker's process that can be killed: `python -m tests.infra.broker.toil DSN URL QUEUE FILE`."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import dramatiq
from dramatiq import Actor, Broker, Message, Worker
from dramatiq.middleware import CurrentMessage

from infra.broker.choice import broker_for
from infra.broker.link import Links
from infra.broker.pools import Pools
from infra.broker.postgres import PgBroker
from infra.broker.redis import Redis
from infra.broker.relay import Relay
from infra.broker.table import Table

SECRET = "what the client said"
SHORT_SECONDS = 2.0  # until the jobs of a killed worker are somebody else's
THREADS = 4
IDLE_MILLISECONDS = 50


class Toil:
    """A broker with actors in a queue of its own. What they do is a line in a file, also when another process does it."""

    def __init__(self, dsn: str, url: str | None, queue: str, file: Path, *, short: bool = False) -> None:
        self.table = Table(Links(lambda: dsn, "throughline test"))
        self.pools = Pools({"worker": lambda: dsn})
        self.broker: Broker = broker_for(url, self.table, [self.pools, CurrentMessage()])
        self.queue = queue
        self.file = file
        self.worker: Worker | None = None
        self.relay: Relay | None = None
        self.file.touch()
        if short and isinstance(self.broker, PgBroker):
            self.broker.lease = SHORT_SECONDS
        if short and isinstance(self.broker, Redis):
            self.broker.heartbeat_timeout = int(SHORT_SECONDS * 1000)
        self.actors: dict[str, Actor[..., Any]] = {
            act.__name__: dramatiq.actor(act, broker=self.broker, queue_name=queue, min_backoff=1, max_backoff=2, **options)
            for act, options in (
                (self.note, {}),
                (self.stumble, {}),
                (self.fail, {"max_retries": 1}),
                (self.falter, {}),
                (self.hang, {"time_limit": 50, "max_retries": 0}),
                (self.wait, {}),
            )
        }

    def note(self, number: int) -> None:
        with self.file.open("ab") as lines:
            lines.write(b"%d\n" % number)

    def stumble(self, number: int, times: int) -> None:
        """Fails so many times before it succeeds."""
        message = CurrentMessage.get_current_message()
        assert message
        if message.options.get("retries", 0) < times:
            raise ValueError(SECRET)
        self.note(number)

    def fail(self, number: int) -> None:
        """Fails until there is a file that says otherwise."""
        if not self.file.with_suffix(".mended").exists():
            raise ValueError(SECRET)
        self.note(number)

    def falter(self, number: int) -> None:
        """Fails as soon as the file of the outage is there: while the broker is away, its next attempt cannot be enqueued."""
        message = CurrentMessage.get_current_message()
        assert message
        if "retries" not in message.options:
            self.file.with_suffix(".begun").touch()
            while not self.file.with_suffix(".outage").exists():
                time.sleep(0.01)
            raise ValueError(SECRET)
        self.note(number)

    def hang(self) -> None:
        while True:
            time.sleep(0.01)

    async def wait(self, number: int) -> None:
        """On the event loop, with its pool."""
        assert await self.pools["worker"].fetchval("SELECT current_user") == "throughline_worker"
        assert threading.current_thread() is not threading.main_thread()
        await asyncio.sleep(0)
        self.note(number)

    def done(self) -> Counter[int]:
        """What was done, and how often."""
        return Counter(int(line) for line in self.file.read_text().splitlines())

    def send(self, name: str, *arguments: Any) -> Message[Any]:
        """Through the table, as every job of the product comes."""
        message = self.actors[name].message(*arguments)
        self.table.put(message)
        return message

    def start(self, threads: int = THREADS) -> None:
        self.broker.emit_after("process_boot")
        self.worker = Worker(self.broker, worker_threads=threads, worker_timeout=IDLE_MILLISECONDS)
        self.worker.start()
        if not isinstance(self.broker, PgBroker):
            self.relay = Relay(self.table, self.broker, lease=SHORT_SECONDS)
            self.relay.start()

    def stop(self) -> None:
        if self.relay is not None:
            self.relay.stop()
        if self.worker is not None:
            self.worker.stop()
        self.worker = self.relay = None

    def close(self) -> None:
        self.stop()
        self.broker.close()
        self.table.links.close()


def main() -> None:
    dsn, url, queue, file = sys.argv[1:]
    Toil(dsn, url or None, queue, Path(file), short=True).start()
    os.read(0, 1)  # until it is killed, or whoever started it has ended


if __name__ == "__main__":
    main()
