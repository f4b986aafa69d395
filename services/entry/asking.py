"""Who sends a request: an API key in the Authorization header, or the cookie that signing in to the pages left."""

from __future__ import annotations

import re
from typing import Any, Final

from litestar import Request

from services.actor import Actor
from services.entry.auth import COOKIE, Keys
from services.errors import Unauthenticated

BEARER: Final = re.compile(r"Bearer +(\S+)", re.IGNORECASE)


async def asking(request: Request[Any, Any, Any], keys: Keys) -> Actor:
    """Whose key the header holds, or whose sign-in the cookie: neither takes the place of the other.

    A cookie speaks only for reading: what changes something needs the header, which no other site can send, or is a form of our
    own pages, which looks at the cookie itself. Raises `Unauthenticated` when there is none that opens.
    """
    if header := request.headers.get("authorization"):
        match = BEARER.fullmatch(header.strip())
        given, wanted = (match[1] if match else ""), "key"
    else:
        given, wanted = request.cookies.get(COOKIE, "") if request.method in {"GET", "HEAD"} else "", "sign_in"
    if not given:
        raise Unauthenticated(guessed=False)
    actor, kind, _ = await keys.held(given)
    if kind != wanted:
        raise Unauthenticated(guessed=False)
    return actor
