"""A form of statements, each to be answered by a point on the scale or by "does not apply": the same for the client and for raters.

Nothing is chosen beforehand, so that what was overlooked is not sent as what does not apply: it is asked for once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

ITEM: Final = "item."
"""What the names of its fields begin with."""
NOT_APPLICABLE: Final = "na"
UNREAD: Final = -1
"""A number that no scale has."""
FORM_BYTES: Final = 64 * 1024
MISSING, NOTHING, WRONG = "rater.page.missing", "rater.page.none", "rater.page.wrong"
"""The messages of what was entered amiss."""


class Amiss(NamedTuple):
    """Why the form is shown again: a message, and the items that it points at."""

    message: str
    items: frozenset[str] = frozenset()


def answers_of(sent: Mapping[str, str]) -> dict[str, int | None]:
    """Item -> what was chosen; an item of which nothing was chosen is left out."""
    chosen = {name.removeprefix(ITEM): value for name, value in sent.items() if name.startswith(ITEM) and value}
    return {item: None if value == NOT_APPLICABLE else point(value) for item, value in chosen.items()}


def point(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else UNREAD


def amiss(facts: Mapping[str, Any]) -> Amiss:
    """By the facts of the refusal: of answers that are not all there the items that are `missing`, else none."""
    if "missing" not in facts:
        return Amiss(WRONG)
    missing = frozenset[str](facts["missing"])
    return Amiss(MISSING, missing) if missing else Amiss(NOTHING)
