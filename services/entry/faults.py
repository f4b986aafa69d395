"""Every fault of a body at once, with JSON pointers.

The decoder stops at its first fault, and it lets unknown fields pass in those parts of a command that events hold, too.
"""

from __future__ import annotations

import math
import re
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from domain.evaluation.commands import Currency
from domain.organization.commands import CompetencyCode, Slug
from domain.report.commands import PeriodLabel
from domain.values import ONE_LINE, PARAGRAPHS, Code, Digest, EmailAddress, Label, TimeZone
from services.errors import Fault


def pattern_of(kind: Any) -> str:
    """The pattern that a text of this type has to match."""
    (pattern,) = (meta.pattern for meta in get_args(kind)[1:] if isinstance(meta, msgspec.Meta) and meta.pattern is not None)
    return pattern


BATCH_LABEL: Final = r"^[A-Za-z0-9_.:-]{1,64}$(?!\n)"
"""How an item of a batch may be called."""
YEARS: Final = range(1900, 2201)
"""Outside of these a date is a slip of the keyboard, and arithmetic with it could overflow."""
DIGITS: Final = 15
"""More digits than any measure has; numbers also stay exact in spreadsheets."""
WORDS: Final[Mapping[str, str]] = {
    ONE_LINE: "one line that is not blank, without control characters",
    PARAGRAPHS: "text without control characters",
    pattern_of(Code): "a word of a-z, 0-9, `_`, `.`, `@` and `-`, of at most 64 characters",
    pattern_of(Label): "a short name of one line, in any script, of at most 64 characters, without control characters",
    pattern_of(Digest): "a SHA-256 as 64 characters of 0-9 and a-f",
    pattern_of(TimeZone): "a time zone of the IANA list, such as Europe/Berlin",
    pattern_of(EmailAddress): "an address such as ada@example.org",
    pattern_of(Slug): "2 to 40 characters of a-z, 0-9 and `-`, with no `-` at either end",
    pattern_of(CompetencyCode): "a word of a-z, 0-9 and `_` that begins with a letter, of at most 40 characters",
    pattern_of(Currency): "a currency as three letters a-z (ISO 4217), such as eur",
    pattern_of(PeriodLabel): "a month (2026-05), a quarter (2026-q2) or to_date",
    BATCH_LABEL: "a name of the item: at most 64 letters a-z and A-Z, digits, `_`, `.`, `:` and `-`",
}
"""The patterns of texts in words."""
SAID: Final[Mapping[str, str]] = {
    "Invalid decimal string": "Expected a decimal number, such as 12.5",
    "Invalid RFC3339 encoded date": "Expected a day, such as 2027-03-31",
    "Invalid RFC3339 encoded datetime": "Expected a moment with its offset, such as 2027-03-31T09:30:00Z",
    "Invalid UUID": "Expected an id (a UUID)",
    "Expected `datetime` with a timezone component": "Expected a moment with its offset, such as 2027-03-31T09:30:00Z",
}
"""What the decoder says of a value, and what would be right."""
JSON_NAMES: Final[Mapping[str, str]] = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "datetime": "date-time"}
"""The decoder's words for types, and JSON Schema's, which every language knows."""
QUOTED: Final = re.compile(r"`[^`]*`")
CHOICES: Final = ("Invalid enum value", "Invalid value", "Object missing required field")
"""How the decoder begins when a value is none of those that there are."""


def faults(kind: Any, raw: Any, at: str = "") -> Iterator[Fault]:
    """What keeps `raw` (JSON, parsed) from being a `kind`, depth first. Nothing, when it is one.

    One after the other, so that who has seen enough of them does not pay for the rest.
    """
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(raw, dict):
        yield from either(struct_faults(kind, raw, at), value_fault(kind, raw, at))  # each field is right: how they fit together
    elif item := item_type(kind, raw):
        if len(raw) > (most := longest(kind)):
            yield Fault(at, "invalid", f"Expected at most {most} items.")
            return
        found = (fault for index, value in enumerate(raw) for fault in faults(item, value, f"{at}/{index}"))
        yield from either(found, value_fault(kind, raw, at))  # each item is right: whether there are enough
    elif get_origin(kind) in (Union, types.UnionType):
        yield from union_faults(kind, raw, at)
    else:
        yield from value_fault(kind, raw, at)


def either(found: Iterator[Fault], otherwise: Iterator[Fault]) -> Iterator[Fault]:
    """What was found or, when that is nothing, the others."""
    first = next(found, None)
    if first is None:
        yield from otherwise
    else:
        yield first
        yield from found


def struct_faults(kind: type[msgspec.Struct], raw: dict[str, Any], at: str) -> Iterator[Fault]:
    known = fields_of(kind)
    tag = kind.__struct_config__.tag_field
    for name in raw:
        if name not in known and name != tag:
            yield Fault(f"{at}/{escaped(name)}", "unknown_field", "There is no such field here.")
    for name, field in known.items():
        if name in raw:
            yield from faults(field.type, raw[name], f"{at}/{name}")
        elif field.required:
            yield Fault(f"{at}/{name}", "required", "This field is required.")


@cache
def fields_of(kind: type[msgspec.Struct]) -> Mapping[str, FieldInfo]:
    """By their names in JSON; found once, for that takes longer than most bodies."""
    return {field.encode_name: field for field in fields(kind)}


def union_faults(kind: Any, raw: Any, at: str) -> Iterator[Fault]:
    """Of a union of structs the one whose tag is given (or the only one) says what is wrong."""
    structs = [arg for arg in get_args(kind) if isinstance(arg, type) and issubclass(arg, msgspec.Struct)]
    if isinstance(raw, dict):
        meant = [
            s for s in structs if s.__struct_config__.tag is None or raw.get(str(s.__struct_config__.tag_field)) == s.__struct_config__.tag
        ]
        if len(meant) == 1:
            yield from faults(meant[0], raw, at)
            return
    others = [arg for arg in get_args(kind) if arg not in structs and arg is not type(None)]
    if raw is not None and len(others) == 1 and not structs:
        yield from faults(others[0], raw, at)
    else:
        yield from value_fault(kind, raw, at)


def value_fault(kind: Any, raw: Any, at: str) -> Iterator[Fault]:
    try:
        msgspec.convert(raw, kind, strict=True)
    except msgspec.ValidationError as error:
        said = str(error).partition(" - at ")[0]
        yield Fault(at, "invalid", f"{in_words(kind, said)}.")


def in_words(kind: Any, said: str) -> str:
    """What the decoder says of a value, with the words of a pattern for the pattern, and with what there is to choose from."""
    if said in SAID:
        return SAID[said]
    if (pattern := next((known for known in WORDS if repr(known) in said), None)) is not None:
        return f"Expected {WORDS[pattern]}"
    allowed = values_of(kind)
    return f"{said}: expected one of {', '.join(allowed)}" if allowed and said.startswith(CHOICES) else in_json(said)


def in_json(said: str) -> str:
    """With the types that the decoder names between grave accents called as JSON calls them."""
    return QUOTED.sub(lambda quoted: re.sub(r"\w+", lambda word: JSON_NAMES.get(word[0], word[0]), quoted[0]), said)


def values_of(kind: Any) -> list[str]:
    """The values of an enumeration and the tags of alternatives, in order, also where null may be. None for other types."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [str(kind.__struct_config__.tag)] if kind.__struct_config__.tag is not None else []
    if isinstance(kind, type) and issubclass(kind, Enum):
        return sorted(str(member.value) for member in kind)
    if get_origin(kind) is Literal:
        return sorted(str(value) for value in get_args(kind))
    return sorted(value for option in get_args(kind) for value in values_of(option))


def longest(kind: Any) -> float:
    """The most items that a sequence may have, by its type."""
    said = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return min((meta.max_length for meta in said if isinstance(meta, msgspec.Meta) and meta.max_length is not None), default=math.inf)


def item_type(kind: Any, raw: Any) -> Any:
    """The type of a sequence's items, when `kind` is a sequence and `raw` is one too."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if isinstance(raw, list) and get_origin(kind) in (list, tuple, set, frozenset):
        return get_args(kind)[0]
    return None


def escaped(name: str) -> str:
    """A name as it stands in a JSON pointer (RFC 6901), cut to a length that an answer may repeat."""
    return name[:64].encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")


def range_faults(value: Any, at: str = "") -> Iterator[Fault]:
    """Dates and decimals that the types allow and no rule could reckon with."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from range_faults(getattr(value, name), f"{at}/{name}")
    elif isinstance(value, list | tuple | set | frozenset):
        for index, item in enumerate(value):
            yield from range_faults(item, f"{at}/{index}")
    elif isinstance(value, date) and value.year not in YEARS:  # a datetime is a date, too
        yield Fault(at, "out_of_range", f"The year must be between {YEARS.start} and {YEARS.stop - 1}.")
    elif isinstance(value, Decimal) and not reckonable(value):
        yield Fault(at, "out_of_range", f"The number must be finite, with at most {DIGITS} digits.")


def reckonable(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    _, digits, exponent = value.as_tuple()
    return len(digits) <= DIGITS and isinstance(exponent, int) and exponent >= -DIGITS and len(digits) + exponent <= DIGITS
