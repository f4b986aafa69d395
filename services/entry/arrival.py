"""No request is waited for without end: its body has to arrive in time, or the request is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

from services.errors import BodyTooSlow


def punctual(seconds: float) -> Callable[[ASGIApp], ASGIApp]:
    """Gives the bodies of all requests so many seconds each, however they trickle in. Reading one raises `BodyTooSlow`."""

    def around(app: ASGIApp) -> ASGIApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope, Arrival(receive, seconds).next, send)

        return handle

    return around


class Arrival:
    """The messages of one request. The time begins with the first that somebody asks for."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self.receive = receive
        self.seconds = seconds
        self.ends_at: float | None = None
        self.arrived = False

    async def next(self) -> ReceiveMessage:
        if self.arrived:
            return await self.receive()  # of a caller that goes away, which may take as long as the answer
        if self.ends_at is None:
            self.ends_at = asyncio.get_running_loop().time() + self.seconds
        try:
            async with asyncio.timeout_at(self.ends_at):
                message = await self.receive()
        except TimeoutError:
            raise BodyTooSlow from None
        self.arrived = not message.get("more_body", False)
        return message
