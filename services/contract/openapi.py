"""The OpenAPI 3.1 document, built from the routes and the structs they speak.

Written here rather than left to the framework's generator, which documents another error shape than ours, loses
`additionalProperties: false`, and has no security.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from services.contract import response
from services.contract.catalogue import CommandCard
from services.contract.deprecation import DEPRECATED
from services.contract.example import example
from services.contract.response import is_public, responses
from services.contract.schema import REFERENCE, components, published, put_right
from services.contract.sequel import link
from services.permission import table
from services.reading.route import query_fields

KEY: Final = "key"
SENTENCE: Final = re.compile(r".+?[.?](?=\s|$)")

ABOUT: Final = """The event-sourced backend of coaching firms: commands change, reads look, and every change is kept.

A command is a POST with its fields as a JSON object. It answers with the id, the stream's version and its position in the
organization's log; send that position as `Throughline-Min-Position` with a read to see your own write. Send an
`Idempotency-Key` with every command, and it can be repeated safely. Whatever is refused is answered as
`application/problem+json` with a stable `code`. Later releases may add operations, fields and values: pass over what you do not
know."""

PATH_PARAMETERS: Final[Mapping[str, dict[str, Any]]] = {
    "id": {"description": "The id that its creation answered.", "schema": {"type": "string", "format": "uuid"}},
    "link": {
        "description": "The end of the address in a rater's mail, or a survey's, which is a secret.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{76}$"},
        "example": "0" * 76,
    },
    "code": {"description": "The code of a problem.", "schema": {"type": "string", "pattern": "^[a-z_]{1,64}$"}, "example": "due_in_past"},
}
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
TAGS: Final[Mapping[str, str]] = {
    "assessments": "What a client needs, asked before a plan is made.",
    "audit": "How it was, what changed, who saw it: every answer with its evidence.",
    "batches": "Many commands in one request.",
    "board": "The indicators, each with its numbers.",
    "commands": "What can be done, by whom, and what follows.",
    "engagements": "Who is coached by whom, what was agreed about that, and what the sponsor may see.",
    "evaluations": "What came of an engagement.",
    "installation": "This installation itself: its health, and what its refusals mean.",
    "instruments": "What needs assessments ask by: competencies, items and scales.",
    "keys": "What programs ask with: made, confined, rotated, revoked, and all that was ever done to each.",
    "ledger": "Every change of what was agreed.",
    "mail-links": "Links by which people sign in.",
    "me": "Who is asking.",
    "organizations": "The coaching firm and its policy.",
    "people": "Who there is, and the roles that they hold.",
    "plans": "What is to be reached, by when, how it is measured, and how it stands.",
    "programs": "Engagements under one purpose, with their coaches and places.",
    "raters": "Answering about somebody by a mailed link, without an account.",
    "reports": "Files for those who have to account for it.",
    "respondents": "Answering a survey by a mailed link, without an account.",
    "sessions": "When coach and client meet, and what they made of it.",
    "sign-ins": "Where somebody is signed in to the pages, and ending that from afar.",
    "surveys": "What those of a program answer, whom nobody may name.",
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
    link(paths)
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
            "schemas": dict(sorted(schemas.items())),
            "headers": response.HEADERS,
            "securitySchemes": {KEY: {"type": "http", "scheme": "bearer", "description": "An API key of a person in a role: `tl_...`."}},
        },
    }


def operations(paths: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [operation for item in paths.values() for operation in item.values()]


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
        "description": described + (f"\n\n{may(card.roles)}" if card else f"\n\n{may(table.MAY.get(handler.opt['action'], ()))}"),
        "tags": [route.path_format.split("/")[2] if route.path_format.startswith("/v1/") else "installation"],
        "parameters": [*path_parameters(route), *query_parameters(handler), *header_parameters(handler, card)],
        "responses": responses(handler, card, schemas),
    }
    if "command" in handler.opt:
        found["requestBody"] = {"required": True, "content": {"application/json": body(handler.opt["command"], schemas)}}
    if is_public(handler):
        found["security"] = []
    if handler.operation_id in DEPRECATED:
        found["deprecated"] = True
    return found


def may(roles: Iterable[str]) -> str:
    return f"For: {', '.join(sorted(roles))}." if roles else "For everyone, without a key."


def body(command: type[msgspec.Struct], schemas: dict[str, Any]) -> dict[str, Any]:
    """A command's schema as a body of its own: the tag that tells it apart inside of another command is not needed."""
    name, tag = command.__name__, command.__struct_config__.tag_field
    if tag is not None:
        whole = schemas[name]
        name = f"{name}Body"
        schemas[name] = {**whole, "title": name, "required": [field for field in whole.get("required", ()) if field != tag]}
        put_right(schemas[name])
    return {"schema": {"$ref": REFERENCE.format(name=name)}, "example": example(command, schemas)}


def path_parameters(route: HTTPRoute) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, **PATH_PARAMETERS[name]} for name in route.path_parameters]


def query_parameters(handler: HTTPRouteHandler) -> list[dict[str, Any]]:
    return [query_parameter(name, field) for name, field in sorted(query_fields(handler).items())]


def query_parameter(name: str, field: FieldDefinition) -> dict[str, Any]:
    mark = field.kwarg_definition
    assert isinstance(mark, QueryParameter)
    kind = next(arg for arg in field.inner_types if arg.annotation is not type(None)).annotation if field.is_optional else field.annotation
    limits = {"minimum": mark.ge, "maximum": mark.le, "maxLength": mark.max_length, "pattern": mark.pattern and published(mark.pattern)}
    schema = msgspec.json.schema(kind) | {key: value for key, value in limits.items() if value is not None} | (mark.schema_extra or {})
    if isinstance(field.default, int | str):
        schema["default"] = field.default
    return {"name": name, "in": "query", "required": field.is_required, "description": mark.description or "", "schema": schema}


def header_parameters(handler: HTTPRouteHandler, card: CommandCard | None) -> list[dict[str, Any]]:
    if is_public(handler):
        return []
    names = COMMAND_HEADERS if card else handler.opt.get("headers", READ_HEADERS)
    required = {"If-Match"} & {*handler.opt.get("headers", ())}  # without the version that it changes, a setting is not changed
    return [
        {"name": name, "in": "header", "required": name in required, "description": HEADERS[name][0], "schema": HEADERS[name][1]}
        for name in names
    ]
