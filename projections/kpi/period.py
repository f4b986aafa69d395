"""What a number is asked for: which period, up to which day, in whose time zone, at which position of the log."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Final, TypeGuard
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from domain.errors import PeriodAhead, Refusal
from domain.organization.state import OrganizationState
from domain.report.period import is_ahead

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
        return Period(label, date(year, first_month, 1), Period.month(date(year, last_month, 1)).last)

    @staticmethod
    def begun(label: str, today: date) -> Period:
        """One that has begun by that day: of one ahead there is nothing to tell. Raises `PeriodUnknown` and `PeriodAhead`."""
        period = Period.of(label)
        if is_ahead(label, today):
            raise PeriodAhead(pointer="/period")
        return period

    def overlaps(self, other: Period) -> bool:
        """Whether a day lies in both: to date has them all."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Period) -> bool:
        return other.first <= self.first and self.last <= other.last

    @staticmethod
    def month(first: date) -> Period:
        """The month that begins on that day, of any year: a label names those of this century only."""
        following = (first + timedelta(days=31)).replace(day=1)
        return Period(f"{first:%Y-%m}", first, following - timedelta(days=1))


class Asked(Struct, frozen=True, kw_only=True, dict=True):
    """One question: facts are those known at `position`, days are those of `zone`, nothing after `today` counts.

    `cadences` are the days that may lie between two reviews, by the version of the policy that said so. `only` is whose part of the
    number is asked for, None for that of everybody. The bounds of the
    period are made instants once, so that each fact is compared and not converted: a board asks about tens of thousands.
    """

    period: Period
    today: date
    zone: ZoneInfo
    position: int
    cadences: dict[int, int] = {}
    only: UUID | None = None

    @staticmethod
    def of(organization: OrganizationState, period: Period, today: date, position: int) -> Asked:
        zone = organization.zone
        return Asked(period=period, today=today, zone=zone, position=position, cadences=dict(organization.cadences))

    @cached_property
    def until(self) -> date:
        """The last day that counts: the end of the period, or today while it runs."""
        return min(self.period.last, self.today)

    @property
    def told(self) -> Period:
        """The period up to the last day that counts."""
        return structs.replace(self.period, last=self.until)

    @cached_property
    def begin(self) -> datetime:
        """The first instant of the period. To date, it is the earliest one there is."""
        return midnight(self.period.first, self.zone)

    @cached_property
    def end(self) -> datetime:
        """The first instant that does not count any more."""
        return midnight(self.until + timedelta(days=1), self.zone)

    def day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def holds(self, instant: datetime) -> bool:
        """True when it happened in the period, and not after today."""
        return self.begin <= instant < self.end

    def holds_day(self, day: date) -> bool:
        return self.period.first <= day <= self.until

    def had(self, instant: datetime | None) -> TypeGuard[datetime]:
        """True when it had happened by the last day that counts."""
        return instant is not None and instant < self.end

    def began_after(self, instant: datetime) -> bool:
        """True when the period's first instant is that one or later. To date began before everything."""
        return instant <= self.begin


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, in UTC: two instants of one zone compare several times faster than those of two."""
    if day == date.min:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time.min, zone).astimezone(UTC)
