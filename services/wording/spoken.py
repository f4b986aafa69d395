"""The language of the page that is being answered: of who signed in, which a cookie remembers, else what the browser asks for.

It holds for one request, and everything that makes words for a page asks here. A report is made in the language of who asked for it;
what is made for nobody's eyes, such as an answer to a program, is in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie

from services.wording.language import ENGLISH, LANGUAGES, Language, language_asked

COOKIE: Final = "throughline_language"
REMEMBERED: Final = 365 * 24 * 3600
"""Seconds for which a browser knows the language of who signed in last, also after they signed out."""
ENGLISH_ONLY: Final = (
    "/audit",
    "/boards",
    "/coaches",
    "/emergencies",
    "/keys",
    "/ledger",
    "/people",
    "/problems",
    "/surveys",
)
"""Pages of those who run a firm, which have no German: with German dates they would be neither."""
ALL_PROGRAMS: Final = "/programs"
"""Of these pages the list alone is for those who run a firm: a program is also read by its coaches and sponsors."""
SPOKEN: Final[ContextVar[Language]] = ContextVar("spoken", default=ENGLISH)


def language_spoken(request: Request[Any, Any, Any]) -> Language:
    """That of who signed in last, as their profile had it then; before anybody did, the browser's."""
    path = request.url.path
    if path.startswith(ENGLISH_ONLY) or path == ALL_PROGRAMS:
        return ENGLISH
    kept = LANGUAGES.get(request.cookies.get(COOKIE, ""))
    return kept or language_asked(request.headers.get("accept-language", ""))


def language_cookie(language: Language, *, secure: bool) -> Cookie:
    return Cookie(key=COOKIE, value=language.code, path="/", max_age=REMEMBERED, httponly=True, secure=secure, samesite="lax")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Words in this language, whatever the request's is."""
    before = SPOKEN.set(language)
    try:
        yield
    finally:
        SPOKEN.reset(before)


def spoken() -> Language:
    return SPOKEN.get()


def say(id: str, **values: object) -> str:
    """A message by its id, or a sentence by its English, in the language of the page."""
    return spoken().say(id, **values)
