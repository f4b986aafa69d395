"""The query of a request, before anything is done for it: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin

import msgspec
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from services.entry.body import MOST_FAULTS
from services.entry.faults import SAID, escaped, in_json
from services.errors import Fault, Unreadable
from services.reading.route import query_fields

NULL: Final = "null"
"""What the framework takes for a parameter that was left out, and with it for all that there is."""


class Parameter(NamedTuple):
    """What a parameter can be: its type with its limits, whether that is a text, and the values where it is one of a list."""

    kind: Any
    is_text: bool
    choices: tuple[str, ...]


async def require_readable(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A misspelt or doubled filter, left out silently, would answer with more than was asked for.

    It waits for nothing, but what is not asynchronous would be given a thread. Raises `Unreadable`.
    """
    given = connection.query_params.dict()
    if given and (found := sorted(faults(given, parameters(handler)))):
        raise Unreadable(found[:MOST_FAULTS])


def faults(given: Mapping[str, list[str]], known: Mapping[str, Parameter]) -> Iterator[Fault]:
    for name, values in given.items():
        place = f"/query/{escaped(name)}"
        if name not in known:
            yield Fault(place, "unknown_parameter", "There is no such parameter here.")
        elif len(values) > 1:
            yield Fault(place, "duplicate_parameter", "Give it once.")
        elif (said := wrong(values[0], known[name])) is not None:
            yield Fault(place, "invalid", said)


def wrong(value: str, parameter: Parameter) -> str | None:
    """What is wrong with a value, and what would be right; None when nothing is."""
    if value.lower() == NULL and not parameter.is_text:
        return "Leave it out, or give it a value."
    try:
        msgspec.convert(value, parameter.kind, strict=False)
    except msgspec.ValidationError as error:
        those = f": expected one of {', '.join(parameter.choices)}" if parameter.choices else ""
        return f"{SAID.get(str(error), in_json(str(error)))}{those}."
    return None


@cache
def parameters(handler: BaseRouteHandler) -> Mapping[str, Parameter]:
    """Those of a route, by their names in the query, as the framework converts them for it and for what it is given."""
    behind = [made.signature_model for made in handler.resolve_dependencies().values()]
    kinds = {name: kind for model in (*behind, handler.signature_model) for name, kind in model.__annotations__.items()}
    fields = query_fields(handler).items()
    return {name: Parameter(kinds[field.name], field.has_inner_subclass_of(str), choices(field.annotation)) for name, field in fields}


def choices(annotation: Any) -> tuple[str, ...]:
    return tuple(value for part in (annotation, *get_args(annotation)) if get_origin(part) is Literal for value in get_args(part))
