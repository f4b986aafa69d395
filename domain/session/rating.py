"""The instruments by which a client rates a session: their items, scales and scores. Of licensed ones no wording is kept here.

Stored scores name an instrument and its version: what stands here for a version never changes.

WAI-SR: twelve items of 1 to 5; goal is 4, 6, 8, 11, task 1, 2, 10, 12, bond 3, 5, 7, 9 (Hatcher & Gillaspy 2006).
SRS: four items of 0 to 10 (Miller, Duncan & Johnson 2000). NPS: 0 to 10 (Reichheld 2003).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from domain.values import Code


class Instrument(Struct, frozen=True, kw_only=True):
    """Each item is rated by a whole number from `lowest` to `highest`; `scales` are the sums that it is read by.

    A rating asks to be talked about when its total is `talk_at` or less, when an item is below `talk_below`, or when the total
    is `drop` or more below that of the one before; None where the instrument has no such bound.
    """

    code: Code
    version: int
    lowest: int
    highest: int
    items: frozenset[Code]
    scales: dict[Code, frozenset[Code]]
    talk_at: int | None = None
    talk_below: int | None = None
    drop: int | None = None

    def fits(self, scores: Mapping[Code, int]) -> bool:
        """Whether every item is rated, and on the scale."""
        return scores.keys() == self.items and all(self.lowest <= point <= self.highest for point in scores.values())

    def sums(self, scores: Mapping[Code, int]) -> dict[Code, int]:
        return {scale: sum(scores[item] for item in items) for scale, items in self.scales.items()}

    def asks_to_talk(self, scores: Mapping[Code, int], before: Mapping[Code, int] | None = None) -> bool:
        """Whether client and coach should talk about how they work together; `before` is the rating before this one."""
        total = self.sums(scores)["total"]
        is_low = self.talk_at is not None and total <= self.talk_at
        has_low = self.talk_below is not None and min(scores.values()) < self.talk_below
        fell = self.drop is not None and before is not None and self.sums(before)["total"] - total >= self.drop
        return is_low or has_low or fell


def _numbered(*numbers: int) -> frozenset[Code]:
    return frozenset(f"item_{number}" for number in numbers)


_SRS: Final = frozenset({"relationship", "goals", "approach", "overall"})
_WAI_SR: Final = {"goal": _numbered(4, 6, 8, 11), "task": _numbered(1, 2, 10, 12), "bond": _numbered(3, 5, 7, 9)}
_ALL: Final = frozenset().union(*_WAI_SR.values())

INSTRUMENTS: Final[dict[tuple[Code, int], Instrument]] = {
    (known.code, known.version): known
    for known in (
        Instrument(code="stars", version=1, lowest=1, highest=5, items=frozenset({"stars"}), scales={"total": frozenset({"stars"})}),
        Instrument(code="nps", version=1, lowest=0, highest=10, items=frozenset({"nps"}), scales={"total": frozenset({"nps"})}),
        Instrument(code="srs", version=1, lowest=0, highest=10, items=_SRS, scales={"total": _SRS}, talk_at=36, talk_below=8),
        Instrument(code="wai_sr", version=1, lowest=1, highest=5, items=_ALL, scales={"total": _ALL, **_WAI_SR}, drop=6),
    )
}


def current(code: Code) -> Instrument | None:
    """The newest version of an instrument; None when there is none of that code."""
    return max((known for known in INSTRUMENTS.values() if known.code == code), key=lambda known: known.version, default=None)
