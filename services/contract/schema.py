"""The schemas of the OpenAPI document: of every command and answer, as other programs read them.

What the decoder's own description lacks is put right here: patterns as JSON Schema has them (ECMA 262), the type of what is one
of a few values, numbers that the door takes beside texts, and that a request takes no unknown fields.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from litestar.handlers import HTTPRouteHandler

from domain.plan.smart.rules import SAYS
from domain.values import ONE_LINE
from services.entry.faults import DIGITS
from services.problems import Problem

REFERENCE: Final = "#/components/schemas/{name}"
END: Final = "(?!\\n)"
"""What a pattern needs in Python, whose `$` also stands before a last line break."""
PUBLISHED: Final[Mapping[str, str]] = {ONE_LINE: r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f\x85][^\x00-\x1f\x7f]*$"}
"""Patterns that are said without looking ahead, which generators of texts are slow with."""
DECIMAL: Final = rf"^-?[0-9]{{1,{DIGITS}}}(\.[0-9]{{1,{DIGITS}}})?$"
LARGEST: Final = 10**DIGITS - 1
AMOUNT: Final = {"pattern": r"^-?0{0,3}[0-9]{1,12}(\.[0-9]{1,2}0{0,13})?$"}
CHECKED: Final[Mapping[str, Mapping[str, tuple[dict[str, Any], dict[str, Any]]]]] = {
    name: {"value": (AMOUNT, {"minimum": 1 - 10**12, "maximum": 10**12 - 1, "multipleOf": 0.01})} for name in ("BenefitBody", "WorthBody")
}
"""What a check of a struct says of its numbers, as texts and as numbers."""
TYPES: Final = {str: "string", bool: "boolean", int: "integer"}


def components(handlers: Sequence[HTTPRouteHandler]) -> dict[str, Any]:
    """The schemas of every command and answer, by name."""
    kinds: list[Any] = [Problem]
    for handler in handlers:
        kinds += [handler.opt[name] for name in ("command", "answer") if name in handler.opt]
    _, generated = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
    schemas: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(generated))  # its defaults are Python values
    for schema in schemas.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    schemas["SmartCode"]["description"] += "\n\n" + "\n\n".join(f"`{code}`: {says}" for code, says in SAYS.items())
    for schema in subschemas(schemas):
        put_right(schema)
    close(schemas, [handler.opt["command"].__name__ for handler in handlers if "command" in handler.opt])
    return dict(sorted(schemas.items()))


def subschemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document, the innermost first; most are schemas."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from subschemas(child)
    if isinstance(node, dict):
        yield node


def put_right(schema: dict[str, Any]) -> None:
    """What the decoder's description says in Python's way, or leaves out."""
    if isinstance(pattern := schema.get("pattern"), str):
        schema["pattern"] = published(pattern)
    if schema.get("format") == "decimal":
        schema["pattern"] = DECIMAL
    if isinstance(values := schema.get("enum"), list) and len(kinds := {type(value) for value in values}) == 1:
        schema["type"] = TYPES[kinds.pop()]
        if values == [True]:  # which generators of clients know only so
            schema["const"] = schema.pop("enum")[0]
    if schema.get("required") == []:
        del schema["required"]
    if schema.get("default", ...) is None:  # says no more than that it may be left out, and makes generated types demand it
        del schema["default"]


def published(pattern: str) -> str:
    """A pattern as ECMA 262 has it, where `$` stands at the end only, and where U+0085 is no white space."""
    return PUBLISHED.get(pattern, pattern.removesuffix(END).replace(r"[^\s", r"[^\s\x85"))


def close(schemas: dict[str, Any], names: list[str]) -> None:
    """Says of every part of a request that it takes no other fields, and numbers where a text may hold one: so does the door."""
    waiting, seen = names, set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            if schemas[name].get("type") == "object":
                schemas[name]["additionalProperties"] = False
            waiting += re.findall(r"#/components/schemas/(\w+)", str(schemas[name]))
    for schema in [one for name in seen for one in subschemas(schemas[name]) if one.get("format") == "decimal"]:
        number = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
        text = {**schema}
        schema.clear()
        schema["anyOf"] = [text, number]
    for name, limits in CHECKED.items():
        for field, both in limits.items():
            for option, limit in zip(schemas[name]["properties"][field]["anyOf"], both, strict=True):
                option |= limit
