"""Whether the broker that BROKER_URL names answers, and keeps what it is given."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from infra.broker.choice import REDIS
from workers.doctor.finding import Fault

WAIT_SECONDS: Final = 3


def broker(url: str) -> str:
    """In words; the URL's password is in none. Raises `Fault`."""
    parts = urlsplit(url)
    place = f"{parts.scheme} at {parts.hostname}:{parts.port or 'its usual port'}"
    return redis(url, place) if parts.scheme in REDIS else rabbitmq(url, place)


def redis(url: str, place: str) -> str:
    from redis import Redis
    from redis.exceptions import RedisError, ResponseError

    with Redis.from_url(url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS) as client:
        try:
            client.ping()
            try:
                kept = {name: client.config_get(name).get(name) for name in ("appendonly", "appendfsync")}
            except ResponseError:
                return f"{place} answers; it does not tell whether it writes before it answers (appendonly yes, appendfsync always)"
        except RedisError as error:
            raise Fault(
                f"{place} does not answer ({type(error).__name__}): start it, or mend BROKER_URL. Jobs wait in the database."
            ) from error
    if kept != {"appendonly": "yes", "appendfsync": "always"}:
        raise Fault(f"{place} answers before it has written, so that jobs can be lost: set appendonly yes and appendfsync always.")
    return f"{place} answers, and writes before it does"


def rabbitmq(url: str, place: str) -> str:
    import pika
    from pika.exceptions import AMQPError

    parameters = pika.URLParameters(url)
    parameters.socket_timeout = parameters.blocked_connection_timeout = WAIT_SECONDS
    parameters.connection_attempts = 1
    try:
        pika.BlockingConnection(parameters).close()
    except (AMQPError, OSError) as error:
        raise Fault(
            f"{place} does not answer ({type(error).__name__}): start it, or mend BROKER_URL. Jobs wait in the database."
        ) from error
    return f"{place} answers"
