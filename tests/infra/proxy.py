"""A wire to PostgreSQL that can be cut at the worst moment: while a statement is on its way, or while its answer is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit


class Proxy:
    """Listens on a free port and passes everything on to the server of `dsn`.

    `cut(marker, answer=True)`: the first connection that sends the marker is cut when the server's answer to it arrives: the
    statement was executed, and the client never hears of it. `answer=False`: the server never gets the statement.
    """

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.marker: bytes | None = None
        self.answer = True
        self.cuts = 0

    async def __aenter__(self) -> Proxy:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.close()
        await self.server.wait_closed()

    def cut(self, marker: bytes, *, answer: bool) -> None:
        self.marker = marker
        self.answer = answer

    def url(self) -> str:
        """The same database and role, through the proxy."""
        parts = urlsplit(self.dsn)
        user = parts.username or parse_qs(parts.query)["user"][0]
        port = self.server.sockets[0].getsockname()[1]
        return f"postgresql://{user}@127.0.0.1:{port}{parts.path}?sslmode=disable"

    async def serve(self, client_reader: asyncio.StreamReader, client_writer: asyncio.StreamWriter) -> None:
        query = parse_qs(urlsplit(self.dsn).query)
        socket = Path(query["host"][0]) / f".s.PGSQL.{query.get('port', ['5432'])[0]}"
        server_reader, server_writer = await asyncio.open_unix_connection(str(socket))
        due = asyncio.Event()
        both = [
            asyncio.create_task(self.to_server(client_reader, server_writer, due)),
            asyncio.create_task(self.to_client(server_reader, client_writer, due)),
        ]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        server_writer.close()
        client_writer.close()

    async def to_server(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, due: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if self.marker is not None and self.marker in data:
                self.marker = None
                if not self.answer:
                    self.cuts += 1
                    return
                due.set()
            writer.write(data)
            await writer.drain()

    async def to_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, due: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if due.is_set():
                self.cuts += 1
                return
            writer.write(data)
            await writer.drain()
