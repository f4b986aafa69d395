"""dramatiq's broker on RabbitMQ, which also says how much waits there."""

from __future__ import annotations

import pika
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.errors import ConnectionClosed


class RabbitMQ(RabbitmqBroker):
    def waiting(self, queue_name: str) -> int:
        """Messages that no worker has fetched yet. Raises `ConnectionClosed` when RabbitMQ is away."""
        try:
            waiting: int = self._declare_queue(queue_name).method.message_count  # type: ignore[no-untyped-call]
        except (pika.exceptions.AMQPConnectionError, pika.exceptions.AMQPChannelError) as error:
            del self.connection  # the next call makes a new one, as after a failed `enqueue`
            raise ConnectionClosed(type(error).__name__) from None
        return waiting
