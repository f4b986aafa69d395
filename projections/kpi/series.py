"""Small series for charts: month by month, ending with the month asked for."""

from __future__ import annotations

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
    found: list[Month] = []
    day = asked.until
    for _ in range(months):
        found.append(month(facts, structs.replace(asked, period=Period.of(f"{day:%Y-%m}"))))
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(reversed(found))


def month(facts: Sequence[Facts], asked: Asked) -> Month:
    milestones = [milestone for _, milestone in due(facts, asked)]
    return Month(
        month=asked.period.label,
        due=len(milestones),
        on_time=sum(reached_by(m, m.current) for m in milestones),
        adjustments=sum(asked.holds(move.at) for f in facts for move in f.adjustments),
        measurements=sum(asked.holds_day(m.on) for f in facts for o in f.objectives.values() for m in o.measured),
    )
