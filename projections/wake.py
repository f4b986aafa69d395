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

from infra.sql import load

CHANNEL: Final = "throughline_appended"
GATHER_SECONDS: Final = 0.02
AGAIN_SECONDS: Final = 1.0
LISTENING: Final = "throughline, listening"
SQL: Final = load(__file__)
log = structlog.get_logger()

AWAY: Final = (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.InterfaceError)
"""What it looks like when the database cannot be reached at the moment."""


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
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("bell_not_rung", error=type(error).__name__)


async def listen(dsn: str, heard: asyncio.Event, name: str = LISTENING) -> None:
    """The follower's side: sets `heard` at every ring, and after each time that it could not listen. Until cancelled.

    `name` is what the server calls the connection, `dsn` leads to the server itself: a pooler in between would not deliver.
    """
    while True:
        try:
            await listen_once(dsn, heard, name)
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("listening_interrupted", error=type(error).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


async def listen_once(dsn: str, heard: asyncio.Event, name: str) -> None:
    """Listens until the connection ends."""
    connection = await asyncpg.connect(dsn, server_settings={"application_name": name})
    ended = asyncio.Event()
    try:
        connection.add_termination_listener(lambda _: ended.set())
        await connection.add_listener(CHANNEL, lambda *_: heard.set())
        heard.set()
        await ended.wait()
    finally:
        connection.terminate()
