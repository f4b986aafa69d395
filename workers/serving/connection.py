"""A connection that waits for nobody for ever, and whose own refusals are problems like all others."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Final

import msgspec
from uuid_utils.compat import uuid7
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from services.answers import PROBLEM, SAFE
from services.errors import HeadTooLarge, Unreadable
from services.problems import refusal_problem

LARGEST_HEAD: Final = 64 * 1024
"""Bytes of an address and the headers together; the server's parser itself would keep any number of them."""
AT_ONCE: Final = struct.pack("ii", 1, 0)
"""A reset: the kernel does not go on offering what nobody takes."""


class TooLarge(Exception):
    """The head is larger than is read."""


class Connection(HttpToolsProtocol):
    """One deadline at a time: for a head that has begun, for the next request, or for an answer to be taken.

    The server knows only the second, and forgets that as soon as a byte comes.
    """

    head_seconds: float
    idle_seconds: float
    deadline: asyncio.TimerHandle | None = None
    head_bytes = 0  # of a head that has not ended
    refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self.wait(None)
        super().connection_lost(exc)

    def wait(self, seconds: float | None) -> None:
        """Instead of for what was waited until now."""
        if self.deadline is not None:
            self.deadline.cancel()
        self.deadline = None if seconds is None else self.loop.call_later(seconds, self.give_up)

    def give_up(self) -> None:
        if self.refused or self.transport.get_write_buffer_size():
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            self.transport.abort()
        elif self.cycle is not None and not self.cycle.response_complete:
            self.wait(self.head_seconds)  # another request of the same connection is being answered
        else:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if self.refused:
            return  # read away: closed before all is read, the connection would be reset, and the refusal never seen
        self.head_bytes += len(data)
        super().data_received(data)
        if self.head_bytes > LARGEST_HEAD and not self.refused:
            self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.wait(self.head_seconds)

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LARGEST_HEAD:
            self.head_bytes = LARGEST_HEAD + 1
            raise TooLarge  # what ends the parsing
        self.wait(None)
        super().on_headers_complete()
        self.headers = []  # the parser calls what stands behind a body headers, too: nobody in between has judged those

    def on_body(self, body: bytes) -> None:
        self.head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.head_bytes = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.wait(self.idle_seconds)

    def send_400_response(self, msg: str) -> None:
        """What cannot be parsed, or is too much to."""
        refusal = HeadTooLarge() if self.head_bytes > LARGEST_HEAD else Unreadable([])
        problem = refusal_problem(refusal, str(uuid7()))
        content = msgspec.json.encode(problem)
        headers = {
            **SAFE,
            "X-Request-Id": problem.request_id,
            "Content-Type": PROBLEM,
            "Content-Length": len(content),
            "Connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[problem.status] + head.encode("ascii") + b"\r\n" + content)
        self.transport.write_eof()
        self.refused = True
        self.wait(self.head_seconds)
