"""Items of the list of plans that were told before, encoded, with gaps where the words of people go.

An item follows from its plan's row, from the day, and from what its reader may see: while none of these changes, neither does the
item, and decoding the row and encoding the item takes thirty times as long as looking it up. No words of anybody are remembered:
they are read each time, so who was erased is gone at once, and an item in which something has been erased since is made anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Raw

from domain.plan.state import PlanStatus
from infra.recent import Recent
from projections.projection import reference
from services.reading.view import Hidden, Sight

MOST: Final = 8 * 1024 * 1024
"""Bytes; an item of the first start's plans takes about ten thousand."""
A_GAP: Final = 250
"""Bytes that a gap takes beside the text around it."""
AN_ITEM: Final = 2_000
"""Bytes that an item takes beside both, with its place: most of them the fields that were asked for."""
GAP: Final = re.compile(rb'"\\u0000([0-9a-f]{32})"')


class Place(NamedTuple):
    """All that an item depends on but for words. `position` is that of the last event that changed its row.

    `planned_end` is the engagement's, `counts`: the reader may know versions, `fields` those that were asked for.
    """

    tenant: UUID
    plan: UUID
    position: int
    today: date
    planned_end: date | None
    sight: Sight
    reader: UUID
    counts: bool
    fields: frozenset[str] | None


class Item(NamedTuple):
    """`parts` with a gap between each two, of which `gaps` names the text. `words` are all texts that there were in its row.

    `status` is what the reader is told of that.
    """

    status: PlanStatus | Hidden
    parts: tuple[bytes, ...]
    gaps: tuple[str, ...]
    words: Set[str]

    def filled(self, texts: Mapping[str, Raw]) -> Raw:
        """The item with the texts in their gaps, by reference."""
        told: list[bytes | Raw] = [b""] * (len(self.parts) + len(self.gaps))
        told[::2] = self.parts
        told[1::2] = [texts[gap] for gap in self.gaps]
        return Raw(b"".join(told))

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) + A_GAP * len(self.words) + AN_ITEM


def gap(text: str) -> str:
    """What stands for a text until the item is told; no text of the database holds such a character."""
    return f"\0{text}"


def with_gaps(status: PlanStatus | Hidden, told: Any, words: Set[str]) -> Item:
    """An item whose texts are all what `gap` makes of their references."""
    pieces = GAP.split(msgspec.json.encode(told))
    return Item(status, tuple(pieces[::2]), tuple(piece.decode() for piece in pieces[1::2]), words)


def named(sealed: str) -> str:
    """A text's reference as it is named here."""
    return reference(sealed).hex()


class Memory(Recent[Place, Item]):
    """The items that were asked for last, of every organization."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most, lambda item: item.size)

    def whole(self, place: Place, texts: Mapping[str, Raw]) -> Item | None:
        """None, too, when a text is gone that there was."""
        item = self.find(place)
        if item is not None and not item.words <= texts.keys():
            self.forget(place)
            return None
        return item
