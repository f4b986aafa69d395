"""On which day a point of a program's evaluations falls for one engagement."""

from __future__ import annotations

from datetime import date, timedelta

from domain.program.events import EvaluationPoint


def day_of(point: EvaluationPoint, starts_on: date, ends_on: date) -> date:
    """So many days after the first day, the middle or the last day; the middle of an even number of days is the earlier one."""
    anchors = {"start": starts_on, "middle": starts_on + (ends_on - starts_on) // 2, "end": ends_on}
    return anchors[point.anchor] + timedelta(days=point.offset_days)


def is_after_end(point: EvaluationPoint) -> bool:
    """Whether it is reckoned from an end that has to come first: the day that is planned for it says nothing of what follows."""
    return point.anchor == "end" and point.offset_days > 0
