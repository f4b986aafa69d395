"""Milestones on a time axis: where each date stands between the first and the last day, in percent of the width.

Percentages stretch with the page and leave marks and texts in their size, from a phone to a wide screen and on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from services.pages.words import day
from services.plan.item import MilestoneAnswer
from services.wording.spoken import say, spoken

MARGIN_DAYS: Final = 7
MOST_TICKS: Final = 5


class Tick(NamedTuple):
    """The first day of a month."""

    at: float
    label: str


class Lane(NamedTuple):
    """One milestone: its original and its current date, and the day it was reached, if it was."""

    original: float
    current: float
    reached: float | None
    said: str


class Axis(NamedTuple):
    """All milestones of a plan; `today` is None where it lies outside."""

    ticks: Sequence[Tick]
    today: float | None
    lanes: Sequence[Lane]


def axis(milestones: Sequence[MilestoneAnswer], today: date) -> Axis:
    """From the earliest to the latest date, and to today as long as something is open."""
    dates = [on for one in milestones for on in (one.original_due, one.due_on, one.reached_on) if on is not None]
    if any(is_open(one) for one in milestones):
        dates.append(today)
    first, last = min(dates, default=today) - timedelta(days=MARGIN_DAYS), max(dates, default=today) + timedelta(days=MARGIN_DAYS)

    def at(on: date) -> float:
        return round(100 * (on - first).days / (last - first).days, 2)

    lanes = [
        Lane(at(one.original_due), at(one.due_on), at(one.reached_on) if one.reached_on is not None else None, said(one))
        for one in milestones
    ]
    ticks = [Tick(at(month), spoken().brief_month(month)) for month in months(first, last)]
    return Axis(ticks, at(today) if first <= today <= last else None, lanes)


def is_open(one: MilestoneAnswer) -> bool:
    return one.reached_on is None and not one.withdrawn


def months(first: date, last: date) -> Iterator[date]:
    """First days of months, so far apart that their labels do not touch."""
    count = (last.year - first.year) * 12 + last.month - first.month
    step = -(-count // MOST_TICKS) or 1
    for n in range(1, count + 1, step):
        years, month = divmod(first.month - 1 + n, 12)
        yield date(first.year + years, month + 1, 1)


def said(one: MilestoneAnswer) -> str:
    told = [say("Original date {day}", day=day(one.original_due))]
    if one.due_on != one.original_due:
        told.append(say("now {day}", day=day(one.due_on)))
    if one.reached_on is not None:
        told.append(say("reached {day}", day=day(one.reached_on)))
    return ", ".join(told)
