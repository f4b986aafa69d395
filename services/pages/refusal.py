"""Refusals and errors as pages in the same look. What they say is what the API says of them."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from domain.errors import Refusal
from infra.eventstore.errors import LogAltered, Unavailable
from services.answers import on_anything, on_http, on_log_unreadable, on_refusal, on_unavailable
from services.entry.auth import COOKIE
from services.errors import Unauthenticated
from services.pages.page import page
from services.pages.sign_in import SEE_OTHER, sign_in_path
from services.problems import Problem
from services.wording.spoken import language_spoken


def shown(request: Request[Any, Any, Any], answer: Response[bytes]) -> Response[str]:
    """An answer to a program as a page; how its headers are meant stays."""
    problem = msgspec.json.decode(answer.content, type=Problem)
    made = page(
        "error.html",
        status=problem.status,
        language=language_spoken(request),
        reader=None,
        here="",
        title=problem.title,
        detail=problem.detail,
        faults=[(one.pointer.removeprefix("/query/"), one.detail) for one in problem.errors if one.detail != problem.detail],
        request_id=problem.request_id,
        meaning=problem.type,
        signed_in=COOKIE in request.cookies,
    )
    if "Retry-After" in answer.headers:
        made.headers["Retry-After"] = answer.headers["Retry-After"]
    return made


def refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """Who is not signed in, or not any more, is asked to, and then comes back."""
    if isinstance(refusal, Unauthenticated):
        return Redirect(sign_in_path(request.url.path), status_code=SEE_OTHER)
    return shown(request, on_refusal(request, refusal))


def postponed(request: Request[Any, Any, Any], error: Unavailable) -> Response[str]:
    return shown(request, on_unavailable(request, error))


def altered(request: Request[Any, Any, Any], error: LogAltered) -> Response[str]:
    return shown(request, on_log_unreadable(request, error))


def unreadable(request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
    return shown(request, on_http(request, error))


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    return shown(request, on_anything(request, error))


def nowhere(request: Request[Any, Any, Any], error: NotFoundException) -> Response[Any]:
    """An address that does not exist: a page for a browser, a problem for a program, and always one below `/v1`."""
    is_page = from_browser(request) and not request.url.path.startswith("/v1/")
    return unreadable(request, error) if is_page else on_http(request, error)


def from_browser(request: Request[Any, Any, Any]) -> bool:
    """Whether a page is wanted: browsers say so, programs ask for anything or for JSON."""
    return "text/html" in request.headers.get("accept", "")


PAGE_HANDLERS: Final[ExceptionHandlersMap] = {
    Refusal: refused,
    Unavailable: postponed,
    LogAltered: altered,
    HTTPException: unreadable,
    Exception: failed,
}
