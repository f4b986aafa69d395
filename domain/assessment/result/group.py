"""Which groups of raters can be shown apart, and which are folded into the pool of all.

A group of fewer raters than the floor is folded. If those who are folded are fewer than the floor together, what they said could be
computed from the pool and the groups that are shown: then the smallest of these is folded, too, and so on. The manager is shown
alone, and was told so before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from domain.glossary import RaterGroup

Reason: TypeAlias = Literal["below_floor", "difference"]
"""Why something is not shown: too few are behind it, or it would tell what too few said, by difference."""


def folded(sizes: Mapping[RaterGroup, int], floor: int, pooled: int = 0) -> dict[RaterGroup, Reason]:
    """The groups that must not be shown apart, of raters in these numbers; `pooled` belong to none already."""
    reasons: dict[RaterGroup, Reason] = {group: "below_floor" for group, size in sizes.items() if group != "manager" and 0 < size < floor}
    hidden = pooled + sum(sizes[group] for group in reasons)
    shown = sorted((size, group) for group, size in sizes.items() if group != "manager" and group not in reasons and size)
    for size, group in shown:
        if not 0 < hidden < floor:
            break
        reasons[group] = "difference"
        hidden += size
    return reasons
