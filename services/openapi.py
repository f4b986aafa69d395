"""The OpenAPI 3.1 document, built from the routes and the structs they speak.

Written here rather than left to the framework's generator, which documents another error shape than ours, loses
`additionalProperties: false`, and has no security.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from itertools import chain
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from infra.eventstore.errors import IdempotencyKeyReused, Unavailable
from services import permission
from services.catalogue import AT_THE_DOOR, CommandCard
from services.deprecation import DEPRECATED
from services.errors import NotAcceptable, PreconditionFailed
from services.example import example
from services.problems import STATUS, code_of, subclasses
from services.read import query_fields
from services.schema import REFERENCE, components, published

PROBLEM: Final = "application/problem+json"
KEY: Final = "key"
SENTENCE: Final = re.compile(r".+?[.?](?=\s|$)")

ABOUT: Final = """The event-sourced backend of coaching firms: commands change, reads look, and every change is kept.

A command is a POST with its fields as a JSON object. It answers with the id, the stream's version and its position in the
organization's log; send that position as `Throughline-Min-Position` with a read to see your own write. Send an
`Idempotency-Key` with every command, and it can be repeated safely. Whatever is refused is answered as
`application/problem+json` with a stable `code`."""

PATH_PARAMETERS: Final[Mapping[str, dict[str, Any]]] = {
    "id": {"description": "The id that its creation answered.", "schema": {"type": "string", "format": "uuid"}},
    "code": {"description": "The code of a problem.", "schema": {"type": "string", "pattern": "^[a-z_]{1,64}$"}, "example": "due_in_past"},
}
OF_COMMANDS: Final = (PreconditionFailed, IdempotencyKeyReused)
"""What the door refuses of commands only, or where a route says so."""
READ_HEADERS: Final = ("Throughline-Min-Position", "If-None-Match")
COMMAND_HEADERS: Final = ("Idempotency-Key", "If-Match")
HEADERS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "Idempotency-Key": (
        "The same key with the same body has one effect; kept for 30 days.",
        {"type": "string", "pattern": "^[!-~]{1,255}$"},
    ),
    "If-Match": (
        'The version that the stream must still have, such as "v7".',
        {"type": "string", "pattern": '^(\\*|"v[0-9]{1,9}(-[0-9a-f]+)?")$'},
    ),
    "If-None-Match": ("The ETag of what you have: 304 when it is still that.", {"type": "string"}),
    "Throughline-Min-Position": ("Answer from this position of the log or a later one.", {"type": "integer", "minimum": 0}),
}
ANSWERED: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "ETag": ("The version, or a digest of the representation.", {"type": "string"}),
    "Throughline-Position": ("The position in the organization's log.", {"type": "integer"}),
    "X-Request-Id": ("Names this request in our records.", {"type": "string"}),
    "Retry-After": ("Seconds after which to ask again.", {"type": "integer", "minimum": 1}),
    "RateLimit": ("What the key has left (r) in this minute, and the seconds until it has all again (t).", {"type": "string"}),
    "RateLimit-Policy": ("How many requests (q) the key may send in how many seconds (w).", {"type": "string"}),
    "WWW-Authenticate": ("How to say who asks.", {"type": "string"}),
}
TOLD: Final[Mapping[int, tuple[str, ...]]] = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}
"""What refusals say beside their problem, by status."""
TAGS: Final[Mapping[str, str]] = {
    "sessions": "When coach and client meet, and what they made of it.",
    "assessments": "What a client needs, asked before a plan is made.",
    "audit": "How it was, what changed, who saw it: every answer with its evidence.",
    "batches": "Many commands in one request.",
    "board": "The indicators, each with its numbers.",
    "commands": "What can be done, by whom, and what follows.",
    "engagements": "Who is coached by whom, what was agreed about that, and what the sponsor may see.",
    "evaluations": "What came of an engagement.",
    "installation": "This installation itself: its health, and what its refusals mean.",
    "keys": "What programs ask with: made, confined, rotated, revoked, and all that was ever done to each.",
    "ledger": "Every change of what was agreed.",
    "mail-links": "Links by which people sign in.",
    "me": "Who is asking.",
    "organizations": "The coaching firm and its policy.",
    "people": "Who there is, and the roles that they hold.",
    "plans": "What is to be reached, by when, how it is measured, and how it stands.",
    "programs": "Engagements under one purpose, with their coaches and places.",
    "reports": "Files for those who have to account for it.",
    "sign-ins": "Where somebody is signed in to the pages, and ending that from afar.",
}


def document(app: Litestar, cards: Iterable[CommandCard], version: str) -> dict[str, Any]:
    """The whole document. Raises `ValueError` when two operations have the same id."""
    handlers = [(route, handler) for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    offered = [(route, handler) for route, handler in handlers if "action" in handler.opt and not handler.opt.get("page")]
    by_name = {card.name: card for card in cards}
    schemas = components([handler for _, handler in offered])
    paths: dict[str, dict[str, Any]] = {}
    for route, handler in sorted(offered, key=lambda pair: pair[0].path_format):
        method = next(iter(sorted(handler.http_methods - {"HEAD", "OPTIONS"}))).lower()
        paths.setdefault(route.path_format, {})[method] = operation(route, handler, by_name.get(str(handler.operation_id)), schemas)
    require_unique(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Throughline",
            "version": version,
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{KEY: []}],
        "tags": [{"name": tag, "description": TAGS[tag]} for tag in sorted({tag for op in operations(paths) for tag in op["tags"]})],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {KEY: {"type": "http", "scheme": "bearer", "description": "An API key of a person in a role: `tl_...`."}},
        },
    }


def operations(paths: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [operation for item in paths.values() for operation in item.values()]


def header_of(name: str) -> dict[str, Any]:
    text, schema = ANSWERED[name]
    return {"description": text, "schema": schema}


def require_unique(paths: dict[str, dict[str, Any]]) -> None:
    ids = [operation["operationId"] for operation in operations(paths)]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"operation ids used twice: {', '.join(twice)}")


def operation(route: HTTPRoute, handler: HTTPRouteHandler, card: CommandCard | None, schemas: dict[str, Any]) -> dict[str, Any]:
    described = inspect.cleandoc(card.description if card else handler.opt["description"])
    summary = SENTENCE.match(" ".join(described.split()))
    found: dict[str, Any] = {
        "operationId": handler.operation_id,
        "summary": summary[0] if summary else described,
        "description": described + (f"\n\n{may(card.roles)}" if card else f"\n\n{may(permission.MAY.get(handler.opt['action'], ()))}"),
        "tags": [route.path_format.split("/")[2] if route.path_format.startswith("/v1/") else "installation"],
        "parameters": [*path_parameters(route), *query_parameters(handler), *header_parameters(handler, card)],
        "responses": responses(handler, card),
    }
    if "command" in handler.opt:
        found["requestBody"] = {"required": True, "content": {"application/json": body(handler.opt["command"], schemas)}}
    if handler.opt["action"] == permission.PUBLIC:
        found["security"] = []
    if handler.operation_id in DEPRECATED:
        found["deprecated"] = True
    return found


def may(roles: Iterable[str]) -> str:
    return f"For: {', '.join(sorted(roles))}." if roles else "For everyone, without a key."


def body(command: type[msgspec.Struct], schemas: dict[str, Any]) -> dict[str, Any]:
    """A command's schema as a body of its own: the tag that tells it apart inside of another command is not needed."""
    schema: dict[str, Any] = {"$ref": REFERENCE.format(name=command.__name__)}
    tag = command.__struct_config__.tag_field
    if tag is not None:
        whole = schemas[command.__name__]
        schema = {**whole, "required": [name for name in whole["required"] if name != tag]}
    return {"schema": schema, "example": example(command, schemas)}


def path_parameters(route: HTTPRoute) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, **PATH_PARAMETERS[name]} for name in route.path_parameters]


def query_parameters(handler: HTTPRouteHandler) -> list[dict[str, Any]]:
    return [query_parameter(name, field) for name, field in sorted(query_fields(handler).items())]


def query_parameter(name: str, field: FieldDefinition) -> dict[str, Any]:
    mark = field.kwarg_definition
    assert isinstance(mark, QueryParameter)
    kind = next(arg for arg in field.inner_types if arg.annotation is not type(None)).annotation if field.is_optional else field.annotation
    limits = {"minimum": mark.ge, "maximum": mark.le, "maxLength": mark.max_length, "pattern": mark.pattern and published(mark.pattern)}
    schema = msgspec.json.schema(kind) | {key: value for key, value in limits.items() if value is not None}
    if isinstance(field.default, int | str):
        schema["default"] = field.default
    return {"name": name, "in": "query", "required": field.is_required, "description": mark.description or "", "schema": schema}


def header_parameters(handler: HTTPRouteHandler, card: CommandCard | None) -> list[dict[str, Any]]:
    if handler.opt["action"] == permission.PUBLIC:
        return []
    names = COMMAND_HEADERS if card else handler.opt.get("headers", READ_HEADERS)
    required = {"If-Match"} & {*handler.opt.get("headers", ())}  # without the version that it changes, a setting is not changed
    return [
        {"name": name, "in": "header", "required": name in required, "description": HEADERS[name][0], "schema": HEADERS[name][1]}
        for name in names
    ]


def responses(handler: HTTPRouteHandler, card: CommandCard | None) -> dict[str, Any]:
    """The one success, and every refusal by status with its codes."""
    success = {
        "description": HTTPStatus(handler.status_code).phrase,
        "headers": {name: header_of(name) for name in ANSWERED if name not in {*chain(*TOLD.values())}},
        "content": answered(handler),
    }
    found: dict[str, Any] = {str(handler.status_code): success}
    if "command" not in handler.opt and handler.opt["action"] != permission.PUBLIC:
        found["304"] = {"description": "You have it already."}
    for status, codes in refusals(handler, card).items():
        said = ", ".join(f"`{code}`" for code in codes)
        content = {"application/problem+json": {"schema": {"$ref": REFERENCE.format(name="Problem")}}}
        headers = {name: header_of(name) for name in ("X-Request-Id", *TOLD.get(status, ()))}
        found[str(status)] = {"description": f"{HTTPStatus(status).phrase}: {said}.", "headers": headers, "content": content}
    return found


def answered(handler: HTTPRouteHandler) -> dict[str, Any]:
    """A struct as JSON, or a file in one of its forms."""
    if "media" in handler.opt:
        return {media: {"schema": {"type": "string", "format": "binary"}} for media in handler.opt["media"]}
    files = {media: {"schema": {"type": "string"}} for media in handler.opt.get("also", ())}
    return {"application/json": {"schema": {"$ref": REFERENCE.format(name=handler.opt["answer"].__name__)}}, **files}


def refusals(handler: HTTPRouteHandler, card: CommandCard | None) -> dict[int, list[str]]:
    """Codes by status."""
    outages = {code_of(kind): HTTPStatus.SERVICE_UNAVAILABLE.value for kind in subclasses(Unavailable)}
    codes = {**(card.refusals if card else read_refusals(handler)), **outages, "internal_error": 500}
    found: dict[int, list[str]] = {}
    for code, status in sorted(codes.items(), key=lambda pair: (pair[1], pair[0])):
        found.setdefault(status, []).append(code)
    return found


def read_refusals(handler: HTTPRouteHandler) -> dict[str, int]:
    if handler.opt["action"] == permission.PUBLIC:
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
