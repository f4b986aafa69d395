"""The API on uvicorn, in this process: asked to end, it drains first."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Final

import structlog
import uvicorn
from litestar import Litestar

from infra import heap
from infra.drain import Drain
from infra.settings import Settings
from workers.serving.connection import Connection

LOG: Final = structlog.get_logger()
GRACE_SECONDS: Final = 10
"""For requests under way when nobody is listened to any more: as long as any request may take."""
ARRIVAL_SECONDS: Final = 0.1
"""For a request that is on its way through a connection that has just been made."""


def run(app: Litestar, settings: Settings, bound: socket.socket) -> None:
    """Until the process is asked to end, and has drained."""
    waits = {"head_seconds": settings.patience_seconds, "idle_seconds": settings.idle_seconds}
    config = uvicorn.Config(
        app,
        http=type("PatientConnection", (Connection,), waits),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # it would take anybody's word on this machine: services/entry/network.py knows whose counts
        ws="none",
        lifespan="on",
        timeout_keep_alive=settings.idle_seconds,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    heap.keep()
    Server(config, app.state.drain, settings.drain_seconds).run(sockets=[bound])


class Server(uvicorn.Server):
    """One that goes on for some seconds after it was asked to end, and then answers all that it has accepted."""

    def __init__(self, config: uvicorn.Config, drain: Drain, seconds: float) -> None:
        super().__init__(config)
        self.drain = drain
        self.seconds = seconds
        self.ends_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins the draining, the second ends the process there and then."""
        if self.drain.begun:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self.drain.begin()

    async def on_tick(self, counter: int) -> bool:
        if self.drain.begun and self.ends_at is None:
            self.ends_at = time.monotonic() + self.seconds
            LOG.info("api_draining", seconds=self.seconds)
        return await super().on_tick(counter) or (self.ends_at is not None and time.monotonic() >= self.ends_at)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.stop_listening(sockets or [])
        await asyncio.sleep(ARRIVAL_SECONDS)
        await super().shutdown(sockets)

    async def stop_listening(self, sockets: list[socket.socket]) -> None:
        """Closed, a socket resets the connections that nobody has accepted yet: so those are accepted first."""
        kept = [bound.dup() for bound in sockets]
        for server in self.servers:
            server.close()
        made: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        protocol = partial(made, config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
        for bound in kept:
            with bound:
                for connection in accepted(bound):
                    await asyncio.get_running_loop().connect_accepted_socket(protocol, connection)


def accepted(bound: socket.socket) -> Iterator[socket.socket]:
    """Those that wait at a socket that does not block."""
    while True:
        try:
            connection, _ = bound.accept()
        except BlockingIOError:
            return
        connection.setblocking(False)
        yield connection
