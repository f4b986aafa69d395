"""A series of sessions: when each of them begins, by the clock on the wall of where the time was chosen.

Ten in the morning stays ten in the morning when the clocks change. A time that they skip is the first one after it, one that
they repeat is the first of the two.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.session.commands import Repeat
from domain.session.slot import Busy

DAYS: Final = {"week": 7, "two_weeks": 14}


def starts(first: datetime, repeat: Repeat, zone: str, cadence_days: int) -> list[datetime]:
    """When each begins, in UTC, the first included. `cadence_days` are those of the agreement."""
    local = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if repeat.every == "month":
        later = [month_later(local, months) for months in range(1, repeat.times)]
    else:
        step = timedelta(days=DAYS.get(repeat.every, cadence_days))
        later = [local + step * number for number in range(1, repeat.times)]
    return [first, *(at_clock(one, zone) for one in later)]


def moved(at: datetime, before: datetime, after: datetime, zone: str) -> datetime:
    """What begins at `at`, moved by as many days, and as much by the clock, as from `before` to `after`."""
    by = wall(after, zone) - wall(before, zone)
    return at_clock(wall(at, zone) + by, zone)


def later_id(first: UUID, number: int) -> UUID:
    """The id of one of the sessions that one command books; 0 is the first's.

    A UUIDv7 counted on in its last bits, as RFC 9562 (6.2, method 2) has it: in the order of the series, and the same each
    time that the command is tried.
    """
    return UUID(int=first.int + number)


def place_of(first: UUID, later: UUID) -> int:
    """How many sessions of the series come before it: what `later_id` was given."""
    return later.int - first.int


def month_later(local: datetime, months: int) -> datetime:
    """The same day of the month, or its last one where there is no such day."""
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    return local.replace(year=year, month=month + 1, day=min(local.day, calendar.monthrange(year, month + 1)[1]))


def wall(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def at_clock(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def clashing(wanted: Sequence[datetime], taken: Mapping[datetime, Busy]) -> list[dict[str, object]]:
    """Which of a series the coach has no time for, each by its place in it, from 1."""
    return [{"number": number, **clash(at, taken[at])} for number, at in enumerate(wanted, start=1) if at in taken]


def clash(at: datetime, part: Busy) -> dict[str, object]:
    """A time that the coach has not free, and which part of it."""
    return {"starts_at": at, "taken_from": part.since, "taken_until": part.until}
