"""What every broker gets besides its actors: limits, retries that are not lost, dead letters, metrics."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from dramatiq import Broker, Message, MessageProxy, Middleware
from dramatiq.errors import BrokerConnectionError
from dramatiq.middleware import AsyncIO, ShutdownNotifications, TimeLimit
from dramatiq.middleware import Retries as DramatiqRetries

from infra.broker.link import LOST
from infra.broker.metrics import RUNS, SECONDS
from infra.broker.postgres import error_of
from infra.broker.table import Table

TRIES: Final = 12  # after the first: about four hours in all
BACK_OFF_MILLISECONDS: Final = (5_000, 3_600_000)  # before the first retry, and the longest
AGAIN_SECONDS: Final = 1.0
TRACEBACK: Final = "traceback"  # the option of a message
log = structlog.get_logger()


def standard() -> list[Middleware]:
    """For every broker, in this order."""
    return [TimeLimit(), ShutdownNotifications(), Retries(), Silence(), Runs(), AsyncIO()]


class Retries(DramatiqRetries):
    """dramatiq's, but for one thing: it acknowledges a failed message also when its next attempt could not be enqueued,
    and so loses it when broker and actor fail of the same cause. Here the thread stays with it until the broker is back."""

    def __init__(self) -> None:
        shortest, longest = BACK_OFF_MILLISECONDS
        super().__init__(max_retries=TRIES, min_backoff=shortest, max_backoff=longest)

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: Any = None, exception: BaseException | None = None
    ) -> None:
        before = dict(message.options)
        take: Callable[..., None] = super().after_process_message

        def enqueue() -> None:
            message.options.clear()
            message.options.update(before)
            take(broker, message, result=result, exception=exception)
            message.options.pop(TRACEBACK, None)

        insist(enqueue)


class Silence(Middleware):
    """Keeps the traceback of a failure, which `Retries` puts there, out of the next attempt's message: an error's text may hold
    somebody's words. The log has it, masked."""

    def before_enqueue(self, broker: Broker, message: Message[Any], delay: int | None) -> None:
        message.options.pop(TRACEBACK, None)


class Runs(Middleware):
    """Counts and times what actors do."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}

    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        self.began[message.message_id] = time.monotonic()

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: Any = None, exception: BaseException | None = None
    ) -> None:
        if (began := self.began.pop(message.message_id, None)) is not None:
            SECONDS.labels(message.actor_name).observe(time.monotonic() - began)
        RUNS.labels(message.actor_name, "failed" if exception else "done").inc()

    def after_skip_message(self, broker: Broker, message: MessageProxy) -> None:
        self.began.pop(message.message_id, None)
        RUNS.labels(message.actor_name, "skipped").inc()

    def after_nack(self, broker: Broker, message: MessageProxy) -> None:
        RUNS.labels(message.actor_name, "dead").inc()


class DeadLetters(Middleware):
    """For brokers other than PostgreSQL: records their dead letters in the same table, where they are listed and retried."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def before_nack(self, broker: Broker, message: MessageProxy) -> None:
        insist(lambda: self.table.bury(message._message, error_of(message)))


def insist(action: Callable[[], None]) -> None:
    """Does it as soon as broker or database answer."""
    while True:
        try:
            return action()
        except (BrokerConnectionError, *LOST) as error:
            log.warning("broker_awaited", error=type(error).__name__)
            time.sleep(AGAIN_SECONDS)
