"""How a read becomes a route, and an answer: its action, its type and its words stand beside the function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import HttpMethod, Request, Response, route
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.typing import FieldDefinition
from msgspec import UNSET, UnsetType, structs

from services.actor import Actor
from services.entry.media import JSON, preferred
from services.reading.caching import Tags, conditional

METHODS: Final = (HttpMethod.GET, HttpMethod.HEAD)
get: Final = partial(route, http_method=METHODS)
"""What is read can be asked for without its content, too (RFC 9110, 9.1): pages and files as well as what `read` makes."""
LIMIT: Final = QueryParameter(ge=1, le=200, description="The most items of a page.")
CURSOR: Final = QueryParameter(max_length=100, description="Where the page begins: `next_cursor` of the one before.")


def read(
    path: str,
    action: str,
    answer: type[msgspec.Struct],
    description: str,
    *,
    also: Sequence[str] = (),
    given: Mapping[str, Callable[..., Any]] | None = None,
    says: Sequence[str] | None = None,
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A GET route whose name is its function's, documented by `description`.

    `also` are the media types of its other forms. What several routes ask of the query stands once, in a function whose result
    they take as an argument: `given` holds it by the argument's name. `says` are its headers, where they are not those of every read.
    """

    def made(function: Callable[..., Any]) -> HTTPRouteHandler:
        name = function.__name__
        told = {} if says is None else {"says": says}
        return route(
            path,
            http_method=METHODS,
            name=name,
            operation_id=name,
            opt={"action": action, "answer": answer, "description": description, "also": also, **told},
            dependencies=provided(given or {}),
        )(function)

    return made


def provided(functions: Mapping[str, Callable[..., Any]]) -> dict[str, Provide]:
    return {name: Provide(function, sync_to_thread=False) for name, function in functions.items()}


class Encoded(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list whose items are encoded already, with the fields that were asked for."""

    items: tuple[msgspec.Raw, ...]
    next_cursor: str | UnsetType = UNSET


async def shown(
    request: Request[Any, Any, Any], tags: Tags, actor: Actor, answer: msgspec.Struct, position: int, version: int | None = None
) -> Response[bytes | None]:
    """An answer with its tag (and the stream's version in it), and its position, for those who may count. Raises `NotAcceptable`."""
    preferred(request, JSON)
    fields = fields_asked(request)
    content = msgspec.json.encode(answer if fields is None or isinstance(answer, Encoded) else narrowed(answer, fields))
    headers = {} if actor.outsider else {"Throughline-Position": str(position)}
    cursor = getattr(answer, "next_cursor", UNSET)
    if cursor is not UNSET:
        headers["Link"] = f'<{request.url.path}?{following(request, cursor)}>; rel="next"'
    return conditional(request, content, await tags.tag(actor, content, version), headers)


def fields_asked(request: Request[Any, Any, Any]) -> frozenset[str] | None:
    """Which fields of a list's items somebody asked for; None: all."""
    given: str | None = request.query_params.get("fields")
    return None if given is None else frozenset(given.split(","))


def narrowed(answer: Any, fields: frozenset[str]) -> dict[str, Any]:
    """The answer of a list with the fields that were asked for, and the ids, alone."""
    return dict(filled(answer)) | {"items": [part(item, fields) for item in answer.items]}


def part(item: msgspec.Struct, fields: frozenset[str]) -> dict[str, Any]:
    """An item with these fields and its id alone."""
    return {name: value for name, value in filled(item) if name == "id" or name in fields}


def filled(answer: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """The fields that it is sent with, by their names there."""
    named = zip(answer.__struct_encode_fields__, structs.astuple(answer), strict=True)
    return ((name, value) for name, value in named if value is not UNSET)


def following(request: Request[Any, Any, Any], cursor: str) -> str:
    """The query of the next page: this one's, from another place on."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return urlencode([*kept, ("cursor", cursor)])


@cache
def query_fields(handler: BaseRouteHandler) -> Mapping[str, FieldDefinition]:
    """The parameters that a route takes in the query, by their names there: `from` cannot be one of a function.

    Those of the functions that it is given the results of are its own.
    """
    own = handler.parsed_fn_signature.parameters
    behind = [made.parsed_fn_signature.parameters for name, made in handler.resolve_dependencies().items() if name in own]
    marked = [(name, field, field.kwarg_definition) for parameters in (own, *behind) for name, field in parameters.items()]
    return {mark.name or name: field for name, field, mark in marked if isinstance(mark, QueryParameter)}
