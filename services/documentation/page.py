"""`/docs` and the document that it is made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response

from services.documentation.field import fields
from services.documentation.permission import permissions
from services.permission.table import PUBLIC
from services.reading.route import get

FOLDER: Final = Path(__file__).parent
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def pieces(text: str) -> list[tuple[bool, str]]:
    """A text as its parts, each with whether it stands between backticks."""
    return [(number % 2 == 1, part) for number, part in enumerate(text.split("`")) if part]


TEMPLATES.filters |= {"pretty": pretty, "pieces": pieces, "fields": fields}
TEMPLATE: Final = TEMPLATES.get_template("docs.html")
PERMISSIONS: Final = TEMPLATES.get_template("permissions.html")


@get("/schema/openapi.json", name="openapi", opt={"action": PUBLIC, "page": True})
async def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(request.app.state.document()), media_type="application/json")


@get("/docs", name="docs", opt={"action": PUBLIC, "page": True})
async def docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    document = request.app.state.document()
    content = TEMPLATE.render(document=document, groups=grouped(document))
    return Response(content.encode(), media_type="text/html")


@get("/docs/permissions", name="docs_permissions", opt={"action": PUBLIC, "page": True})
async def permissions_page() -> Response[bytes]:
    return Response(PERMISSIONS.render(table=permissions()).encode(), media_type="text/html")


@get("/docs/permissions.json", name="docs_permissions_json", opt={"action": PUBLIC, "page": True})
async def permissions_json() -> Response[bytes]:
    return Response(msgspec.json.encode(permissions()), media_type="application/json")


@get("/docs/style.css", name="docs_style", opt={"action": PUBLIC, "page": True})
async def style() -> Response[bytes]:
    return Response((FOLDER / "style.css").read_bytes(), media_type="text/css")


def grouped(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Operations by tag, each with its path and method."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            found.setdefault(operation["tags"][0], []).append({**operation, "path": path, "method": method.upper()})
    return dict(sorted(found.items()))


ROUTES: Final = (openapi, docs, permissions_page, permissions_json, style)
