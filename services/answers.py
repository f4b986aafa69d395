"""How every answer leaves: refusals and errors as problem+json, a request id, and the headers that keep browsers safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
import structlog
from litestar import HttpMethod, Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, ValidationException
from litestar.routes import HTTPRoute
from litestar.types import ExceptionHandlersMap, Message, Scope
from uuid_utils.compat import uuid7

from domain.errors import Refusal
from domain.values import Personal
from infra.eventstore.errors import LogAltered, NewerRelease, Unavailable
from infra.migrate import OtherSchema
from services.contract.deprecation import endings
from services.entry.auth import CHALLENGE
from services.entry.limit import Left
from services.errors import LogUnreadable, NotNow
from services.problems import Problem, code_of, meaning_of, problem, refusal_problem
from services.reading.view import WITHHELD

log = structlog.get_logger("services")

PROBLEM: Final = "application/problem+json"
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
TRACE: Final = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.{0,256})?")
SAFE: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",  # browsers heed it over https only
    "Cache-Control": "private, no-cache",
}
"""On every answer that does not say otherwise. Caches keep nothing without asking: what one may see can end at once."""
SENT: Final = tuple((name.lower().encode(), value.encode()) for name, value in SAFE.items())
"""The same as it is sent. Put on one by one by the framework's means they took a twentieth of a small read."""


async def finish(message: Message, scope: Scope) -> None:
    """Puts the headers on whatever is sent, errors of the framework included."""
    if message["type"] == "http.response.start":
        said = {name.lower() for name, _ in message["headers"]}
        message["headers"] = [*message["headers"], *(header for header in SENT if header[0] not in said)]
        left: Left | None = scope.get("state", {}).get("left")
        if left is not None:
            message["headers"] = [*message["headers"], *left.headers]
        headers = MutableScopeHeaders.from_message(message)
        headers["X-Request-Id"] = request_id(scope)
        if scope["type"] == ScopeType.HTTP and scope["method"] == HttpMethod.OPTIONS and message["status"] == HTTPStatus.NO_CONTENT:
            headers["Allow"] = allowed(scope)
        if scope["litestar_app"].state.drain.begun:
            headers["Connection"] = "close"
        for name, value in endings(getattr(scope.get("route_handler"), "operation_id", None)).items():
            headers.add(name, value)


def allowed(scope: Scope) -> str:
    """The methods of an address. The framework itself forgets those of routes that were added to it later."""
    routes = scope["litestar_app"].routes
    found = next(route for route in routes if isinstance(route, HTTPRoute) and route.path_format == scope["path_template"])
    return ", ".join(sorted(found.methods))


def request_id(scope: Scope) -> str:
    """The id that the caller gave, when it is a harmless one, else a new one; the same for the whole request."""
    state: dict[str, Any] = scope.setdefault("state", {})
    if "request_id" not in state:
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"").decode("latin-1")
        state["request_id"] = given if REQUEST_ID.fullmatch(given) else str(uuid7())
    return str(state["request_id"])


def named(scope: Scope) -> dict[str, str]:
    """What a log line calls the request: its id and, where the caller traces it (W3C Trace Context), the trace's."""
    given = next((value for name, value in scope["headers"] if name == b"traceparent"), b"").decode("latin-1")
    traced = TRACE.fullmatch(given)
    return {"request_id": request_id(scope)} | ({"trace_id": traced[1]} if traced else {})


def answer(body: Problem, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    content = msgspec.json.encode(body, enc_hook=plain)
    return Response(content, status_code=body.status, media_type=PROBLEM, headers=dict(headers or {}))


def plain(value: Any) -> Any:
    """What a refusal names beside ids, dates and numbers: never a personal value, of which only the place is told."""
    return WITHHELD if isinstance(value, Personal) else str(value)


def on_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    body = refusal_problem(refusal, request_id(request.scope))
    headers = {"WWW-Authenticate": CHALLENGE} if body.status == HTTPStatus.UNAUTHORIZED else {}
    if body.status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}:
        headers["Connection"] = "close"
    if isinstance(refusal, NotNow):
        headers["Retry-After"] = str(refusal.retry_after)
    log.info("request_refused", code=body.code, status=body.status, **named(request.scope))
    return answer(body, headers)


def on_unavailable(request: Request[Any, Any, Any], error: Unavailable) -> Response[bytes]:
    """The error's own words may name what concerns only us, such as a file: the log has those, the answer those of its class."""
    code, detail = code_of(type(error)), meaning_of(type(error))
    log.warning("request_postponed", code=code, said=str(error), cause=type(error.__cause__).__name__, **named(request.scope))
    body = problem(code, HTTPStatus.SERVICE_UNAVAILABLE, detail, request_id(request.scope))
    return answer(body, {"Retry-After": str(error.retry_after)})


def on_other_schema(request: Request[Any, Any, Any], error: OtherSchema) -> Response[bytes]:
    """A release and a database that do not belong together: this process is not ready, and another may be."""
    return on_unavailable(request, NewerRelease())


def on_log_unreadable(request: Request[Any, Any, Any], error: LogAltered) -> Response[bytes]:
    return on_refusal(request, LogUnreadable.of(error))


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses: no such path or method."""
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return on_anything(request, error)
    phrase = HTTPStatus(error.status_code).phrase
    code = "unreadable" if isinstance(error, ValidationException) else phrase.lower().replace(" ", "_")
    detail = DETAILS.get(error.status_code, f"{phrase}.")
    body = problem(code, error.status_code, detail, request_id(request.scope))
    return answer(body, error.headers)


DETAILS: Final = {
    400: "The request cannot be read as this operation's: see `errors`.",
    404: "There is nothing here under that address, or nothing that you may know of.",
    405: "This address does not take that method: see the Allow header.",
}


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """An error of ours. It is logged with its place; the answer says nothing of it."""
    log.error("request_failed", error=type(error).__name__, where=place(error), **named(request.scope))
    detail = "An unexpected error, which was recorded. Give the request id when you report it."
    return answer(problem("internal_error", 500, detail, request_id(request.scope)))


def place(error: BaseException) -> list[str]:
    """Where it happened: file, line and function. Not the message, which may quote what somebody wrote."""
    found, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return found[-12:]


HANDLERS: Final[ExceptionHandlersMap] = {
    Refusal: on_refusal,
    Unavailable: on_unavailable,
    LogAltered: on_log_unreadable,
    HTTPException: on_http,
    OtherSchema: on_other_schema,
    Exception: on_anything,
}
