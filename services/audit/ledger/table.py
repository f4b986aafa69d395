"""The ledger as CSV: a line a change, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from services.audit.ledger.answers import LineAnswer
from services.reading.spreadsheet import spreadsheet

HEAD: Final = (
    *(name for name in LineAnswer.__struct_encode_fields__ if name != "evidence"),
    "event_id",
    "stream_id",
    "version",
    "position",
    "payload_hash",
)


def table(items: Iterable[LineAnswer]) -> bytes:
    return spreadsheet(HEAD, (tuple(cells(one)) for one in items))


def cells(one: LineAnswer) -> Iterator[str]:
    fields = msgspec.to_builtins(one)
    fields |= fields.pop("evidence")
    return (written(fields[name]) for name in HEAD)


def written(value: Any) -> str:
    """Nothing for what is not there; a text that is not for the reader as what became of it."""
    match value:
        case None:
            return ""
        case {"withheld": True}:
            return "[withheld]"
        case {"erased": True}:
            return "[erased]"
        case list() | tuple():
            return " ".join(str(each) for each in value)
        case _:
            return str(value)
