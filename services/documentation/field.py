"""The fields of a schema in words, so that a body can be written without reading JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from services.contract.schema import published
from services.entry.faults import WORDS

FORMATS: Final[Mapping[str, str]] = {
    "uuid": "id (a UUID)",
    "date": "day, `2027-03-31`",
    "date-time": "moment with its offset, `2027-03-31T09:30:00Z`",
    "decimal": 'decimal number, `12.5` or `"12.5"`',
}


KNOWN: Final = {published(pattern): words for pattern, words in WORDS.items()}
"""The patterns of the document in words."""


class Field(NamedTuple):
    """One field: its name, whether it has to be there, and what it takes (code and names of schemas between backticks)."""

    name: str
    required: bool
    takes: str


def fields(schema: Mapping[str, Any]) -> list[Field]:
    """The fields of an object's schema, those that have to be there first."""
    needed = schema.get("required", ())
    found = [Field(name, name in needed, takes(kind)) for name, kind in schema.get("properties", {}).items()]
    return sorted(found, key=lambda field: not field.required)


def takes(schema: Mapping[str, Any]) -> str:
    """What a value has to be, with its limits and what stands in for it when it is left out."""
    default = schema.get("default")
    told = f"{kind_of(schema)}{limits(schema)}"
    told += f". {schema['description']}" if "description" in schema else ""
    return f"{told}; else `{default}`" if isinstance(default, str | int) else told


def kind_of(schema: Mapping[str, Any]) -> str:
    match schema:
        case {"$ref": str(reference)}:
            return f"`{reference.rpartition('/')[2]}`"
        case {"anyOf": [{"format": "decimal"}, {"type": "number"}]}:
            return FORMATS["decimal"]
        case {"anyOf": list(options)}:
            return " or ".join(takes(option) for option in options)
        case {"enum": list(values)}:
            return " or ".join(f"`{value}`" for value in values)
        case {"type": "array", "items": items}:
            return f"list of: {takes(items)}"
        case {"format": str(form)} if form in FORMATS:
            return FORMATS[form]
        case {"pattern": str(pattern)} if pattern in KNOWN:
            return KNOWN[pattern]
        case {"type": str(kind)}:
            return {"string": "text", "integer": "whole number", "null": "null", "boolean": "true or false"}.get(kind, kind)
        case _:
            return "anything"


def limits(schema: Mapping[str, Any]) -> str:
    match schema:
        case {"minimum": least, "maximum": most}:
            return f" from {least} to {most}"
        case {"minimum": least}:
            return f" from {least}"
        case {"type": "array", "maxItems": most}:
            return f", at most {most}"
        case {"maxLength": most}:
            return f", at most {most} characters"
        case {"pattern": pattern} if pattern not in KNOWN:
            return f" that matches `{pattern}`"
        case _:
            return ""
