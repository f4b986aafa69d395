"""A request of HTTP/1.1 says once which host it is for (RFC 9112, 3.2): what lacks it, or says two, may mean one thing to a proxy and
another to us."""

from __future__ import annotations

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from services.errors import Fault, Unreadable

ASKS: Final = "1.1"
"""The version of HTTP that asks for it. Earlier ones did not, and later ones say it in another way."""


def hosted(app: ASGIApp) -> ASGIApp:
    """Lets nothing else through. Raises `Unreadable`."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["http_version"] == ASKS:
            said = [value for name, value in scope["headers"] if name == b"host"]
            if len(said) > 1:
                raise Unreadable([Fault("/header/Host", "duplicate_header", "Say it once.")])
            if not any(said):  # one of the servers says an empty one for a request without
                raise Unreadable([Fault("/header/Host", "required", "HTTP/1.1 asks for it: name the host.")])
        await app(scope, receive, send)

    return handle
