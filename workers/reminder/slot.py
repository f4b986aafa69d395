"""When a reminder goes out: at a full hour where its recipient is, outside of the quiet hours.

A time that the clocks skip in spring is the first one after it; one that they repeat in autumn is the first of the two.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

MORNING: Final = 8  # o'clock
HOUR: Final = timedelta(hours=1)
STALE: Final = timedelta(hours=48)  # after its time, a reminder is left out


class Quiet(NamedTuple):
    """Full hours of the recipient's day in which nothing is sent: from the first one up to the second, over midnight or not."""

    from_hour: int
    until_hour: int

    def holds(self, hour: int) -> bool:
        if self.from_hour <= self.until_hour:
            return self.from_hour <= hour < self.until_hour
        return hour >= self.from_hour or hour < self.until_hour


def dated(day: date, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Eight in the morning of a day, or when the quiet hours end after that."""
    return awake(at(day, MORNING, zone), zone, quiet)


def prompt(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """The first full hour after something happened, or when the quiet hours end after that."""
    local = moment.astimezone(zone)
    into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return awake(moment.astimezone(UTC) - into + HOUR, zone, quiet)


def awake(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """The moment itself, or else when the quiet hours that it lies in end."""
    local = moment.astimezone(zone)
    if not quiet.holds(local.hour):
        return moment
    end = at(local.date(), quiet.until_hour, zone)
    return end if end > moment else at(local.date() + timedelta(days=1), quiet.until_hour, zone)


def at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def is_stale(slot: datetime, now: datetime) -> bool:
    return now - slot > STALE


def same_hour(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    """Whether both lie in one hour of the recipient's clock; the hour that autumn repeats is two."""
    local, with_it = one.astimezone(zone), other.astimezone(zone)
    return (local.date(), local.hour, local.utcoffset()) == (with_it.date(), with_it.hour, with_it.utcoffset())
