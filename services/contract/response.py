"""What an operation answers, as the OpenAPI document says it: the success, and every refusal by status, each with its headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar.handlers import HTTPRouteHandler

from infra.eventstore.errors import IdempotencyKeyReused, Unavailable
from services.contract.catalogue import AT_THE_DOOR, CommandCard
from services.contract.deprecation import DEPRECATED
from services.contract.example import answer_example
from services.contract.schema import REFERENCE
from services.errors import NotAcceptable, PreconditionFailed
from services.permission import table
from services.problems import STATUS, code_of, subclasses

PROBLEM: Final = "application/problem+json"
OF_COMMANDS: Final = (PreconditionFailed, IdempotencyKeyReused)
"""What the door refuses of commands only, or where a route says so."""
ANSWERED: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "Content-Disposition": ("The name of the file.", {"type": "string"}),
    "Deprecation": ("Since when this operation is to end (RFC 9745).", {"type": "string", "pattern": "^@[0-9]+$"}),
    "ETag": ("The version, or a digest of the representation.", {"type": "string", "pattern": '^"[!#-~]+"$'}),
    "Idempotency-Replayed": ("`true`: this is the answer to an earlier request with that key.", {"type": "string", "const": "true"}),
    "Link": ('The next page, as `rel="next"`; none on the last one.', {"type": "string"}),
    "Location": ("Where what was made is read.", {"type": "string", "format": "uri-reference"}),
    "RateLimit": ("What the key has left (r) in this minute, and the seconds until it has all again (t).", {"type": "string"}),
    "RateLimit-Policy": ("How many requests (q) the key may send in how many seconds (w).", {"type": "string"}),
    "Retry-After": ("Seconds after which to ask again.", {"type": "integer", "minimum": 1}),
    "Set-Cookie": ("Tells the browser that asked from others.", {"type": "string"}),
    "Sunset": ("When this operation ends (RFC 8594).", {"type": "string"}),
    "Throughline-Position": ("The position in the organization's log.", {"type": "integer", "minimum": 0}),
    "Vary": ("What another representation is answered for.", {"type": "string"}),
    "WWW-Authenticate": ("How to say who asks.", {"type": "string"}),
    "X-Request-Id": ("Names this request in our records.", {"type": "string", "maxLength": 64}),
}
ALWAYS: Final = {"Location", "Retry-After", "Set-Cookie", "Vary", "WWW-Authenticate", "X-Request-Id"}
"""What never lacks where it is said. Limits can be off, outsiders count no positions, and only a replay says that it is one."""
HEADERS: Final = {name: {"description": text, "required": name in ALWAYS, "schema": schema} for name, (text, schema) in ANSWERED.items()}
LIMITS: Final = ("RateLimit", "RateLimit-Policy")
TOLD: Final[Mapping[int, tuple[str, ...]]] = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}
"""What refusals say beside their problem, by status."""
READ: Final = ("ETag", "Throughline-Position", "Vary")
COMMAND: Final = ("ETag", "Idempotency-Replayed", "Throughline-Position")


def responses(handler: HTTPRouteHandler, card: CommandCard | None, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The one success, and every refusal by status with its codes."""
    status = int(handler.status_code)
    content = answered(handler, schemas)
    found: dict[str, Any] = {
        str(status): {"description": HTTPStatus(status).phrase, "headers": headers(handler, told(handler, card)), "content": content}
    }
    if "GET" in handler.http_methods and not is_public(handler):
        found["304"] = {"description": "You have it already.", "headers": headers(handler, told(handler, card))}
    for status, codes in refusals(handler, card).items():
        said = ", ".join(f"`{code}`" for code in codes)
        problem = {PROBLEM: {"schema": {"$ref": REFERENCE.format(name="Problem")}}}
        words = f"{HTTPStatus(status).phrase}: {said}."
        found[str(status)] = {"description": words, "headers": headers(handler, TOLD.get(status, ()), status), "content": problem}
    return found


def is_public(handler: HTTPRouteHandler) -> bool:
    return bool(handler.opt["action"] == table.PUBLIC)


def headers(handler: HTTPRouteHandler, own: Iterable[str], status: int = 200) -> dict[str, Any]:
    """Those of one answer, beside the ones that every answer has. Who is not known is not counted."""
    counted = () if is_public(handler) or status == HTTPStatus.UNAUTHORIZED else LIMITS
    ending = ("Deprecation", "Link", "Sunset") if handler.operation_id in DEPRECATED else ()
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted({*own, *counted, *ending, "X-Request-Id"})}


def told(handler: HTTPRouteHandler, card: CommandCard | None) -> tuple[str, ...]:
    """What a success says in headers: as its route declares, else as every command or every read does."""
    if "says" in handler.opt:
        found: tuple[str, ...] = handler.opt["says"]
    elif is_public(handler):
        found = ()
    else:
        found = COMMAND if card else READ
    made = ("Location",) if handler.status_code == HTTPStatus.CREATED else ()
    file = ("Content-Disposition",) if handler.opt.get("also") else ()
    paged = ("Link",) if "next_cursor" in getattr(handler.opt.get("answer"), "__struct_fields__", ()) else ()
    return (*found, *made, *file, *paged)


def answered(handler: HTTPRouteHandler, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """A struct as JSON, or a file in one of its forms."""
    if "media" in handler.opt:
        return {media: {"schema": {"type": "string", "format": "binary"}} for media in handler.opt["media"]}
    answer: type[msgspec.Struct] = handler.opt["answer"]
    files = {media: {"schema": {"type": "string"}} for media in handler.opt.get("also", ())}
    shown = {"schema": {"$ref": REFERENCE.format(name=answer.__name__)}, "example": answer_example(answer, schemas)}
    return {"application/json": shown, **files}


def refusals(handler: HTTPRouteHandler, card: CommandCard | None) -> dict[int, list[str]]:
    """Codes by status."""
    outages = {code_of(kind): HTTPStatus.SERVICE_UNAVAILABLE.value for kind in subclasses(Unavailable)}
    codes = {**(card.refusals if card else read_refusals(handler)), **outages, "internal_error": 500}
    found: dict[int, list[str]] = {}
    for code, status in sorted(codes.items(), key=lambda pair: (pair[1], pair[0])):
        found.setdefault(status, []).append(code)
    return found


def read_refusals(handler: HTTPRouteHandler) -> dict[str, int]:
    if is_public(handler):
        named = {"not_found": 404} if any("{" in path for path in handler.paths) else {}
        return {"unreadable": 400, **named, **handler.opt.get("refusals", {})}
    if "command" in handler.opt:
        return {**SETTING_REFUSALS, **handler.opt["refusals"]}
    return READ_REFUSALS | (OF_THE_PAST if handler.fn.__module__.startswith("services.audit.") else {})


SETTING_REFUSALS: Final = {code_of(kind): STATUS[kind] for kind in (*AT_THE_DOOR, NotAcceptable) if kind not in OF_COMMANDS}
"""What any change of what is kept beside the log may be refused with."""
READ_REFUSALS: Final = {
    "unreadable": 400,
    "unauthenticated": 401,
    "not_permitted": 403,
    "scope_missing": 403,
    "not_found": 404,
    "not_acceptable": 406,
    "stream_erased": 410,
    "too_many_attempts": 429,
    "too_many_requests": 429,
}
OF_THE_PAST: Final = {
    "not_begun": 404,
    "log_unreadable": 409,
    "moment_ahead": 422,
    "moment_unknown": 422,
    "moments_reversed": 422,
    "asked_already": 429,
    "too_many_ask": 429,
}
