"""dramatiq's broker on Redis, closed at three places where a restart of Redis would keep a job from ever being done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import uuid4

import redis
from dramatiq import Consumer, Message, MessageProxy, Middleware
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.errors import ConnectionClosed
from redis.backoff import NoBackoff
from redis.retry import Retry

ALWAYS: Final = 1_000_000  # of a million commands, how many look for what dead workers left: one look at a small set
HEARTBEAT_MILLISECONDS: Final = 60_000

AWAY: Final = (redis.ConnectionError, redis.TimeoutError)


class RedisConsumer(_RedisConsumer):
    """A consumer that can also end while Redis is away."""

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        try:
            super().requeue(messages)  # type: ignore[no-untyped-call]
        except AWAY as error:
            raise ConnectionClosed(str(error)) from None


class Redis(RedisBroker):
    """Redis has to write every command to disk before it answers (`appendonly yes`, `appendfsync always`), or a crash of it
    loses what it had accepted. After kill -9 of a worker its jobs are due again when its heartbeat is too old."""

    def __init__(self, url: str, middleware: list[Middleware]) -> None:
        # The client would repeat a fetch whose answer was lost; the jobs of that answer would stay with this worker, unseen.
        client = redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0))
        super().__init__(  # type: ignore[no-untyped-call]
            client=client, middleware=middleware, maintenance_chance=ALWAYS, heartbeat_timeout=HEARTBEAT_MILLISECONDS
        )
        self.consumed: set[str] = set()

    @property
    def consumer_class(self) -> type[RedisConsumer]:
        return RedisConsumer

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """A consumer that replaces one which broke holds what that one had under another name. What it had in memory is
        then found like the jobs of a dead worker."""
        if queue_name in self.consumed:
            self.broker_id = str(uuid4())
        self.consumed.add(queue_name)
        return super().consume(queue_name, prefetch, timeout)

    def waiting(self, queue_name: str) -> int:
        """Messages that no worker has fetched yet. Raises `ConnectionClosed` when Redis is away."""
        try:
            return int(self.client.llen(f"{self.namespace}:{queue_name}"))
        except AWAY as error:
            raise ConnectionClosed(str(error)) from None

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Raises `ConnectionClosed` when Redis is away."""
        try:
            return super().enqueue(message, delay=delay)
        except AWAY as error:
            raise ConnectionClosed(str(error)) from None
