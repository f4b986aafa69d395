"""A report as CSV: a line a value, with the section and the item that it belongs to. No cell is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from services.reading.spreadsheet import spreadsheet
from workers.report.content import Content

HEAD: Final = ("section", "item", "field", "value")


def table(content: Content) -> bytes:
    found = msgspec.json.decode(msgspec.json.encode(content)).items()
    return spreadsheet(HEAD, (line for section, value in found for line in lines(section, value)))


def lines(section: str, value: Any) -> Iterator[tuple[str, str, str, str]]:
    """A list's items are numbered from 1; a section that is one value has neither item nor field."""
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from ((section, str(number), field, text) for field, text in cells(item))
    else:
        yield from ((section, "", field, text) for field, text in cells(value))


def cells(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """The values inside of a value, each under its path."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from cells(inner, f"{field}.{name}" if field else name)
        case list():
            for number, inner in enumerate(value, 1):
                yield from cells(inner, f"{field}.{number}" if field else str(number))
        case None:
            yield field, ""
        case bool():
            yield field, "true" if value else "false"
        case _:
            yield field, str(value)
