"""Small series for charts: month by month, ending with the month asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct, structs

from projections.kpi.facts import Facts
from projections.kpi.milestone import due, reached_by
from projections.kpi.period import Asked, Period

MONTHS: Final = 6


class Month(Struct, frozen=True):
    """Counts of one month: milestones due in it, those reached by their current date, moves, measurements."""

    month: str
    due: int
    on_time: int
    adjustments: int
    measurements: int


def by_month(facts: Sequence[Facts], asked: Asked, months: int = MONTHS) -> tuple[Month, ...]:
    """The last `months` months up to the last day that counts, oldest first."""
    measured = Counter(m.on.replace(day=1) for f in facts for o in f.objectives.values() for m in o.measured if m.on <= asked.until)
    moved = Counter(asked.day(move.at).replace(day=1) for f in facts for move in f.adjustments if asked.had(move.at))
    found: list[Month] = []
    first = asked.until.replace(day=1)
    for _ in range(months):
        milestones = [one for _, one in due(facts, structs.replace(asked, period=Period.month(first)))]
        on_time = sum(reached_by(milestone, milestone.current) for milestone in milestones)
        found.append(Month(f"{first:%Y-%m}", len(milestones), on_time, moved[first], measured[first]))
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(reversed(found))
