"""What can be shown of one competency, so that nothing tells what fewer raters than the floor answered, whatever is subtracted.

Raters are in parts: the groups that are shown apart, and the remainder of all others. Of each part the mean over its raters of their
own means is shown, and items, with the mean of each. Were all items of a part shown, of which some raters left one out, then what those
answered could be computed: so where its raters did not all answer the same items, items are hidden until at least so many raters as
the floor asks for are behind what is hidden. Then every number, and every sum or difference of numbers, of one part rests on
nobody of that part, or on at least so many. The pool is the sum of the parts, and shows an item only where each part does: so whatever is
computed from the pool and the parts is a sum of something of each part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from domain.assessment.result.group import Reason, folded
from domain.glossary import RaterGroup

Answers: TypeAlias = Mapping[str, int]
"""What one rater answered in the competency: item -> point. Never empty."""

ONE: Final = 1
"""How many raters have to be behind a manager's answers."""


class Part(NamedTuple):
    """Raters that are looked at together, and the items that must not be shown of them."""

    raters: tuple[Answers, ...]
    hidden: dict[str, Reason]

    def size(self, item: str) -> int:
        return sum(item in answers for answers in self.raters)

    def shows(self, item: str) -> bool:
        """Whether the item may be shown, or there is nothing of it in this part."""
        return item not in self.hidden


class Block(NamedTuple):
    """A competency's parts. Without `pooled`, nothing may be shown of all raters together."""

    groups: dict[RaterGroup, Part]
    folded: dict[RaterGroup, Reason]
    remainder: Part
    pooled: bool
    floor: int

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.groups.values(), self.remainder)

    @property
    def raters(self) -> tuple[Answers, ...]:
        return tuple(answers for part in self.parts for answers in part.raters)

    @property
    def items(self) -> list[str]:
        return sorted({item for answers in self.raters for item in answers})

    def shows(self, item: str) -> bool:
        """Whether the item may be shown of all raters together: where every part shows it, none's can be computed from the others'."""
        return self.pooled and sum(part.size(item) for part in self.parts) >= self.floor and all(part.shows(item) for part in self.parts)


def block(raters: Sequence[tuple[RaterGroup | None, Answers]], floor: int) -> Block:
    """Of the raters who answered anything in the competency, each with their group."""
    of: dict[RaterGroup, list[Answers]] = {}
    rest: list[Answers] = []
    for group, answers in raters:
        (rest if group is None else of.setdefault(group, [])).append(answers)
    reasons = folded({group: len(some) for group, some in of.items()}, floor, len(rest))
    rest.extend(answers for group, some in sorted(of.items()) if group in reasons for answers in some)
    groups = {group: part(some, ONE if group == "manager" else floor) for group, some in sorted(of.items()) if group not in reasons}
    is_pooled = len(raters) >= floor and (not rest or len(rest) >= floor)
    return Block(groups, reasons, part(rest, floor), is_pooled, floor)


def part(raters: Sequence[Answers], floor: int) -> Part:
    """The raters with the items that are hidden of them, fewest answers first."""
    sizes = {item: sum(item in answers for answers in raters) for item in sorted({item for answers in raters for item in answers})}
    hidden: dict[str, Reason] = {item: "below_floor" for item, size in sizes.items() if size < floor}
    if floor > ONE and any(size != len(raters) for size in sizes.values()):
        for item in sorted((item for item in sizes if item not in hidden), key=lambda item: (sizes[item], item)):
            if sum(any(one in answers for one in hidden) for answers in raters) >= floor:
                break
            hidden[item] = "difference"
    return Part(tuple(raters), hidden)
