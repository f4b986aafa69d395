"""A connection to one of several servers, of which one may be gone without a word."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

HEAD_START_SECONDS: Final = 0.4  # for a server, then the next one that is named is tried beside it


async def connect(dsn: str, **options: Any) -> asyncpg.Connection:
    """To the server that `dsn` names; of several, to the first that lets us in.

    The driver itself would spend all of its time on the first one where that machine is lost: what is sent to it is answered by
    nobody. Raises what the last one says.
    """
    waiting, trying = list(alone(dsn)), set[asyncio.Task[asyncpg.Connection]]()
    try:
        while True:
            if waiting:
                trying.add(asyncio.create_task(asyncpg.connect(waiting.pop(0), **options)))
            done, trying = await asyncio.wait(trying, timeout=HEAD_START_SECONDS if waiting else None, return_when=asyncio.FIRST_COMPLETED)
            if made := [task for task in done if task.exception() is None]:
                trying |= {*made[1:]}
                return made[0].result()
            if not waiting and not trying:
                return done.pop().result()
    finally:
        for task in trying:
            task.cancel()
            task.add_done_callback(abandon)


def abandon(task: asyncio.Task[asyncpg.Connection]) -> None:
    """Nobody wants it any more, should it have come about."""
    if not task.cancelled() and task.exception() is None:
        task.result().terminate()


def alone(dsn: str) -> Iterator[str]:
    """A URL for each server that one names, in its order."""
    parts = urlsplit(dsn)
    query = dict(parse_qsl(parts.query))
    account, at, named = parts.netloc.rpartition("@")
    hosts, ports = (named or query.get("host", "")).split(","), query.get("port", "").split(",")
    if len(hosts) == 1:
        yield dsn
        return
    for number, host in enumerate(hosts):
        own = query | ({"host": host} if not named else {}) | ({"port": ports[number]} if len(ports) == len(hosts) else {})
        yield urlunsplit(parts._replace(netloc=f"{account}{at}{host}" if named else parts.netloc, query=urlencode(own)))
