"""When an engagement rested: its days count in no duration, and nobody is reminded on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct


class Pause(Struct, frozen=True):
    """From `since` up to, and without, `until`; None while it lasts."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def rested(pauses: Sequence[Pause], begin: date, end: date) -> int:
    """How many of the days from `begin` up to, and without, `end` were days of rest."""
    return sum(max(0, (min(end, pause.until or end) - max(begin, pause.since)).days) for pause in pauses)


def after(pauses: Sequence[Pause], begin: date, days: int) -> date:
    """The day on which so many days have passed since `begin` without those of rest; the last there is while it rests before that.

    `pauses` stand in the order of time, and none within another.
    """
    end = begin + timedelta(days=days)
    for pause in pauses:
        if pause.since < end and pause.until is None:
            return date.max
        if pause.since < end and pause.until is not None:
            end += timedelta(days=max(0, (pause.until - max(begin, pause.since)).days))
    return end
