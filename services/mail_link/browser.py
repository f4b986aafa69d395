"""The cookie that tells the browser which asked for a link from every other one.

The link may be followed from anywhere, so the cookie comes along with what another site opens (`Lax`); the one that signing in
leaves does not.
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie

from services.mail_link.link import LASTS, SECRET, new_secret

BROWSER: Final = "throughline_browser"


def browser_of(request: Request[Any, Any, Any]) -> str:
    """The secret that the browser holds; empty where it holds none that we made."""
    held = request.cookies.get(BROWSER, "")
    return held if SECRET.fullmatch(held) else ""


def asking_browser(request: Request[Any, Any, Any]) -> str:
    """The same, so that links which it asked for before go on to work; else a new one."""
    return browser_of(request) or new_secret()


def browser_cookie(secret: str, *, secure: bool) -> Cookie:
    """For as long as a link lasts. Without a secret, the cookie is removed."""
    seconds = int(LASTS.total_seconds()) if secret else 0
    return Cookie(key=BROWSER, value=secret, path="/", max_age=seconds, httponly=True, secure=secure, samesite="lax")
