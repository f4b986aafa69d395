"""Waking who follows the log: the API rings after a commit, projector and worker listen. Both may fail; polling is what is relied on.

A notification inside the append's own transaction would take a lock of the whole database through its commit, so the bell
rings afterwards, on a connection of its own, at most once per 20 ms and process. It carries nothing: who follows looks
itself at who is behind.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import structlog

from infra.eventstore.outage import AWAY
from infra.hosts import connect
from infra.sql import load

CHANNEL: Final = "throughline_appended"
GATHER_SECONDS: Final = 0.02
AGAIN_SECONDS: Final = 1.0
SILENCE_SECONDS: Final = 30.0  # then the listener asks whether the connection still leads anywhere
ANSWER_SECONDS: Final = 5.0
LISTENING: Final = "throughline, listening"
SQL: Final = load(__file__)
log = structlog.get_logger()

LOST: Final = (*AWAY, asyncpg.InterfaceError, asyncpg.PostgresError)
"""Whatever keeps from ringing and listening at the moment: both go on when it is over."""


class Bell:
    """The API's side. `ring` never waits and never fails; `run` sends until it is cancelled."""

    def __init__(self, connections: asyncpg.Pool) -> None:
        self.connections = connections
        self.rung = asyncio.Event()

    def ring(self) -> None:
        self.rung.set()

    async def run(self) -> None:
        while True:
            await self.rung.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self.rung.clear()
            try:
                await SQL.ring.execute(self.connections, channel=CHANNEL)
            except LOST as error:
                log.warning("bell_not_rung", error=type(error).__name__)


async def listen(dsn: str, heard: asyncio.Event, name: str = LISTENING) -> None:
    """The follower's side: sets `heard` at every ring, and after each time that it could not listen. Until cancelled.

    `name` is what the server calls the connection, `dsn` leads to the server itself: a pooler in between would not deliver.
    """
    while True:
        try:
            await listen_once(dsn, heard, name)
        except LOST as error:
            log.warning("listening_interrupted", error=type(error).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


async def listen_once(dsn: str, heard: asyncio.Event, name: str) -> None:
    """Listens until the connection ends, or does not answer any more: what is lost on the way ends nothing."""
    connection = await connect(dsn, timeout=ANSWER_SECONDS, command_timeout=ANSWER_SECONDS, server_settings={"application_name": name})
    try:
        await connection.add_listener(CHANNEL, lambda *_: heard.set())
        heard.set()
        while not connection.is_closed():
            await ended(connection, SILENCE_SECONDS)
            await SQL.answer.execute(connection)
    finally:
        connection.terminate()


async def ended(connection: asyncpg.Connection, seconds: float) -> None:
    """Until the connection ends, and so long at most."""
    over = asyncio.Event()
    connection.add_termination_listener(lambda _: over.set())
    try:
        async with asyncio.timeout(seconds):
            await over.wait()
    except TimeoutError:
        return
