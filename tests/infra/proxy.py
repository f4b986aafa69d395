"""A wire to PostgreSQL that can be cut, slowed down or swallowed, also at the worst moment: while an answer is on its way."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset


class Wire:
    """One connection through the proxy. What is lost stays lost, as where a router forgot the connection: nobody is told."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.client = client
        self.server = server
        self.is_lost = False
        self.due = asyncio.Event()

    def reset(self) -> None:
        """The client is told that the connection is gone, by a TCP reset."""
        if not self.client.is_closing():
            self.client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.client.transport.abort()
        self.server.transport.abort()

    def lose(self) -> None:
        self.is_lost = True

    def half_close(self) -> None:
        """The client is told that nothing more will come, and may still send."""
        self.client.write_eof()


class Proxy:
    """Listens on a free port and passes everything on to the server of `dsn`.

    `cut(marker, answer=True)`: the first connection that sends the marker is cut when the server's answer to it arrives: the
    statement was executed, and the client never hears of it. `answer=False`: the server never gets the statement. `by` says
    what becomes of the connection: `Wire.reset`, `Wire.lose`, `Wire.half_close`. `latency` is in seconds each way, `rate` in
    bytes a second. While `swallowing`, connections can be made and nothing comes of them.
    """

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.marker: bytes | None = None
        self.answer = True
        self.by: Callable[[Wire], None] = Wire.reset
        self.cuts = 0
        self.latency = 0.0
        self.rate = 0
        self.swallowing = False
        self.wires: set[Wire] = set()

    async def __aenter__(self) -> Proxy:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.close()
        self.each(Wire.reset)
        await self.server.wait_closed()

    def cut(self, marker: bytes, *, answer: bool, by: Callable[[Wire], None] = Wire.reset) -> None:
        self.marker = marker
        self.answer = answer
        self.by = by

    def each(self, fate: Callable[[Wire], None]) -> None:
        """Does it to every connection that there is."""
        for wire in list(self.wires):
            fate(wire)

    def swallow(self) -> None:
        """A black hole, until `mend`; the connections that there are stay lost then, too."""
        self.swallowing = True
        self.each(Wire.lose)

    def mend(self) -> None:
        self.swallowing, self.latency, self.rate = False, 0.0, 0

    def url(self, dsn: str | None = None) -> str:
        """The same database and role, or those of another `dsn` of the same server, through the proxy."""
        parts = urlsplit(dsn or self.dsn)
        user = parts.username or parse_qs(parts.query)["user"][0]
        return f"postgresql://{user}@{self.place}{parts.path}?sslmode=disable"

    @property
    def place(self) -> str:
        """Where it listens, as a URL names it."""
        return f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def serve(self, client_reader: asyncio.StreamReader, client_writer: asyncio.StreamWriter) -> None:
        query = parse_qs(urlsplit(self.dsn).query)
        place = Path(query["host"][0]) / f".s.PGSQL.{query.get('port', ['5432'])[0]}"
        try:
            server_reader, server_writer = await asyncio.open_unix_connection(str(place))
        except OSError:
            client_writer.transport.abort()
            return
        wire = Wire(client_writer, server_writer)
        wire.is_lost = self.swallowing
        self.wires.add(wire)
        both = [asyncio.create_task(self.to_server(client_reader, wire)), asyncio.create_task(self.to_client(server_reader, wire))]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        self.wires.discard(wire)
        server_writer.close()
        client_writer.close()

    async def to_server(self, reader: asyncio.StreamReader, wire: Wire) -> None:
        while data := await reader.read(65536):
            if self.marker is not None and self.marker in data:
                self.marker = None
                if not self.answer:
                    self.end(wire)
                    continue
                wire.due.set()
            await self.carry(data, wire.server, wire)
        if wire.is_lost:
            await asyncio.Event().wait()  # the server does not hear that the client gave up

    async def to_client(self, reader: asyncio.StreamReader, wire: Wire) -> None:
        while data := await reader.read(65536):
            if wire.due.is_set():
                wire.due.clear()
                self.end(wire)
            await self.carry(data, wire.client, wire)

    def end(self, wire: Wire) -> None:
        self.cuts += 1
        self.by(wire)

    async def carry(self, data: bytes, writer: asyncio.StreamWriter, wire: Wire) -> None:
        """To the other side, as fast as the wire is at the moment, or nowhere."""
        if self.latency:
            await asyncio.sleep(self.latency)
        while data and not wire.is_lost and not writer.is_closing():
            piece = data[:1] if self.rate else data
            writer.write(piece)
            await writer.drain()
            data = data[len(piece) :]
            if self.rate:
                await asyncio.sleep(1 / self.rate)
