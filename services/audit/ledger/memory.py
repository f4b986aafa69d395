"""Pages of the ledger that were read before. What has happened stays as it was told, so a page is another one only when the
log goes on, when the organization's policy changes, or when the clock says that something has waited too long by now.

No page with words of anybody is remembered, nor any name: who was erased is gone at once.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from infra.recent import Recent
from projections.change_ledger import Filter
from services.audit.ledger.answers import LineAnswer

MOST: Final = 128  # pages; one of 50 lines takes about a tenth of a megabyte
LONGEST: Final = 200  # lines; a file of more is read once


class Question(NamedTuple):
    """All that a page depends on. `position` is how far its rows follow the log, `chosen.now` the minute."""

    tenant: UUID
    position: int
    chosen: Filter
    after: UUID | None
    limit: int


class Lines(NamedTuple):
    """What a page holds: its lines, whom they name, everybody they tell of, and the line behind which the next page begins."""

    items: tuple[LineAnswer, ...]
    people: tuple[UUID, ...]
    coached: tuple[UUID, ...]
    last: UUID | None


class Memory(Recent[Question, Lines]):
    """The pages that were asked for last, of every organization."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)

    def keep(self, key: Question, value: Lines) -> Lines:
        return value if key.limit > LONGEST else super().keep(key, value)
