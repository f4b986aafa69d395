"""What a number is asked for: which period, up to which day, in whose time zone, at which position of the log."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.errors import Refusal

LABEL: Final = re.compile(r"^(?P<year>20\d\d)-(?:(?P<month>0[1-9]|1[0-2])|q(?P<quarter>[1-4]))$")


class PeriodUnknown(Refusal):
    """A period is a month such as 2026-05, a quarter such as 2026-q2, or to_date."""


class Period(Struct, frozen=True):
    """Days from `first` to `last`, both in it. To date, `first` is the earliest day there is."""

    label: str
    first: date
    last: date

    @staticmethod
    def of(label: str) -> Period:
        """Reads a label. Raises `PeriodUnknown`."""
        if label == "to_date":
            return Period(label, date.min, date.max)
        match = LABEL.match(label)
        if match is None:
            raise PeriodUnknown(pointer="/period")
        year = int(match["year"])
        first_month = int(match["month"]) if match["month"] else int(match["quarter"]) * 3 - 2
        last_month = first_month if match["month"] else first_month + 2
        following = date(year + last_month // 12, last_month % 12 + 1, 1)
        return Period(label, date(year, first_month, 1), following - timedelta(days=1))


class Asked(Struct, frozen=True, kw_only=True):
    """One question: facts are those known at `position`, days are those of `zone`, nothing after `today` counts."""

    period: Period
    today: date
    zone: ZoneInfo
    position: int

    @property
    def until(self) -> date:
        """The last day that counts: the end of the period, or today while it runs."""
        return min(self.period.last, self.today)

    def day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def holds(self, instant: datetime) -> bool:
        """True when it happened in the period, and not after today."""
        return self.period.first <= self.day(instant) <= self.until

    def had(self, instant: datetime | None) -> bool:
        """True when it had happened by the last day that counts."""
        return instant is not None and self.day(instant) <= self.until

    def began_after(self, instant: datetime) -> bool:
        """True when the period's first instant is that one or later. To date began before everything."""
        if self.period.first == date.min:
            return False
        return instant <= datetime.combine(self.period.first, time.min, self.zone)
