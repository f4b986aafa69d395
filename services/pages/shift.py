"""What a change replaced, and by what: the fields `from` and `to` of an event, or of the refinement inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from services.pages.words import NOTHING, day, words
from services.wording.spoken import spoken

DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


class Shift(NamedTuple):
    """Two values in words; one of a text is not repeated here, because the sentence has it."""

    field: str
    before: str
    after: str


def shift(event: Mapping[str, Any]) -> Shift | None:
    """None for events that replace nothing, and for those that replace texts."""
    change = event.get("change")
    part = event.get("refinement") or (change.get("refinement") if isinstance(change, Mapping) else None) or event
    if "from" not in part or "to" not in part:
        return None
    before, after = said(part["from"]), said(part["to"])
    return Shift(words(str(part.get("field", ""))), before, after) if before is not None and after is not None else None


def said(value: Any) -> str | None:
    match value:
        case None:
            return NOTHING
        case int():
            return str(value)
        case str() if DATE.fullmatch(value):
            return day(date.fromisoformat(value))
        case str() if NUMBER.fullmatch(value):
            return spoken().number(Decimal(value))
        case str():
            return words(value)
    return None
