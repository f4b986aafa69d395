"""Which broker carries the jobs, by its URL. Without one: the PostgreSQL that everything else is in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dramatiq import Middleware

from infra.broker.middleware import DeadLetters, standard
from infra.broker.postgres import PgBroker
from infra.broker.table import Table

if TYPE_CHECKING:
    from infra.broker.rabbitmq import RabbitMQ
    from infra.broker.redis import Redis

REDIS: Final = ("redis", "rediss")


def broker_for(url: str | None, table: Table, more: Iterable[Middleware] = ()) -> PgBroker | Redis | RabbitMQ:
    """The broker, not yet connected. The URL is one of `infra.settings.broker_url`.

    The clients of Redis and RabbitMQ are imported only where they are used, for that takes nearly as long as everything else
    that a worker imports.
    """
    middleware = [*standard(), *more]
    if url is None:
        return PgBroker(table, middleware)
    middleware.append(DeadLetters(table))
    if urlsplit(url).scheme in REDIS:
        from infra.broker.redis import Redis

        return Redis(url, middleware)
    from infra.broker.rabbitmq import RabbitMQ

    return RabbitMQ(url=url, middleware=middleware, confirm_delivery=True)
