"""HTTP/1.1 over one kept connection, with as little of a client as will do: what is measured is the server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Final, NamedTuple

import msgspec

END = b"\r\n\r\n"
LARGEST = 64 * 1024 * 1024  # bytes of an answer
BUSY: Final = 503
"""Come back later. Who does has waited for longer, and that is in the figure."""


class Answer(NamedTuple):
    """A status, and a body of JSON."""

    status: int
    body: bytes


class Wire:
    """A connection to 127.0.0.1 for one request after the other, with one person's key unless a request says otherwise."""

    def __init__(self, port: int, key: str) -> None:
        self.port = port
        self.key = key

    async def __aenter__(self) -> Wire:
        await self.connect()
        return self

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LARGEST)

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.writer.close()
        await self.writer.wait_closed()

    async def get(self, path: str, headers: Mapping[str, str] | None = None, key: str = "") -> Answer:
        return await self.send(f"GET {path} HTTP/1.1", dict(headers or {}), b"", key)

    async def post(self, path: str, body: object, key: str = "") -> Answer:
        content = msgspec.json.encode(body)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        return await self.send(f"POST {path} HTTP/1.1", headers, content, key)

    async def send(self, request: str, headers: dict[str, str], content: bytes, key: str) -> Answer:
        if self.reader.at_eof():  # a server ends what was idle for a few seconds
            self.writer.close()
            await self.connect()
        lines = {"Host": "127.0.0.1", "Authorization": f"Bearer {key or self.key}", **headers}
        head = "\r\n".join([request, *(f"{name}: {value}" for name, value in lines.items())])
        self.writer.write(head.encode() + END + content)
        status, *fields = (await self.reader.readuntil(END)).decode("latin-1").split("\r\n")
        told = dict(field.lower().split(": ", 1) for field in fields if field)
        body = await self.reader.readexactly(int(told["content-length"]))
        return Answer(int(status.split(" ", 2)[1]), body)
