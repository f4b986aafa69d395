"""The line of a plan's time: the moments at which something was agreed or moved, each a way to the plan as it stood then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from services.audit.answers import MomentAnswer
from services.audit.moment import DAY, Moment, read_moment
from services.errors import Fault, Unreadable
from services.pages.filter import Choice
from services.pages.words import day
from services.plan.timeline import TimelineAnswer, ToldAnswer

A_DAY: Final = timedelta(days=1)
KINDS: Final[Mapping[str, str]] = {
    "engagement.agreement_signed": "signed",
    "plan.plan_approved": "agreed",
    "plan.plan_activated": "agreed",
    "plan.change_accepted": "agreed",
    "plan.milestone_adjusted": "moved",
}
"""Events that stand on the line, by the mark that shows them."""
CLOCKS: Final = (
    Choice("recorded", "What was known then"),
    Choice("occurred", "What had happened by then"),
    Choice("both", "What was known then to have happened"),
)
WRITTEN: Final[Mapping[str, str]] = {
    "recorded": "recorded:{day}",
    "occurred": "occurred:{day}",
    "both": "recorded:{day},occurred:{day}",
}


class Stop(NamedTuple):
    """What was agreed or moved on one day: where it stands in percent, its mark, and the moment after the last of it."""

    at: float
    mark: str
    said: str
    moment: str
    is_here: bool


class Slider(NamedTuple):
    """The line, and the form beside it; `here` is where the page stands, None for today.

    `shown` is the day in the form, `moment` what the page shows as an address asks for it.
    """

    stops: Sequence[Stop]
    here: float | None
    first: date
    last: date
    shown: date
    clock: str
    moment: str
    approved: str


class Past(NamedTuple):
    """A moment that a page shows: how it was asked for, where it was found, its instant and its day in the organization's zone."""

    asked: Moment
    found: MomentAnswer | None
    at: datetime
    on: date

    @property
    def clock(self) -> str:
        """The clock of the form that comes nearest to what was asked for."""
        asked = self.asked
        if asked.occurred is None:
            return "recorded"
        is_known_then = any(value is not None for value in (asked.recorded, asked.position, asked.approval, asked.signature))
        return "both" if is_known_then else "occurred"


def asked_moment(given: str, clock: str, parameter: str) -> Moment | None:
    """A day is one of the clock that was chosen beside it; nothing given is today. Raises `Unreadable`."""
    if clock not in WRITTEN:
        raise Unreadable([Fault("/query/clock", "invalid", f"One of {', '.join(WRITTEN)}.")])
    if not given:
        return None
    return read_moment(WRITTEN[clock].format(day=given) if DAY.fullmatch(given) else given, parameter)


def required_moment(given: str, clock: str, parameter: str) -> Moment:
    """The same where there has to be one."""
    asked = asked_moment(given, clock, parameter)
    if asked is None:
        raise Unreadable([Fault(f"/query/{parameter}", "required", "A day, such as 2026-03-01.")])
    return asked


def past(asked: Moment, found: MomentAnswer | None, now: datetime, zone: ZoneInfo) -> Past:
    """`found` is None where nothing had begun by then. A day goes on until its end, today until now."""
    when = asked.occurred or asked.recorded or (found.recorded_at if found else now)
    if not isinstance(when, datetime):
        when = min(now, datetime.combine(when + timedelta(days=1), time.min, zone) - timedelta(microseconds=1))
    return Past(asked, found, when, when.astimezone(zone).date())


def slider(told: TimelineAnswer, shown: Past | None, now: datetime, zone: ZoneInfo, given: str) -> Slider:
    """`given` is how the address asked for the moment that is shown."""
    clock = shown.clock if shown else first_clock(told)
    times = [time_of(one, clock) for one in told.items]
    first = min(times, default=now)

    def at(when: datetime) -> float:
        length = (now - first).total_seconds()
        return round(100 * min(1.0, max(0.0, (when - first).total_seconds() / length)), 2) if length > 0 else 100.0

    return Slider(
        stops=[
            Stop(at(time_of(group[-1], clock)), mark_of(group), said(group, clock, zone), written(group[-1], clock, zone), is_here)
            for group in by_day(told.items, clock, zone)
            for is_here in [written(group[-1], clock, zone) == given]
        ],
        here=at(shown.at) if shown else None,
        first=first.astimezone(zone).date(),
        last=now.astimezone(zone).date(),
        shown=(shown.at if shown else now).astimezone(zone).date(),
        clock=clock,
        moment=given,
        approved=last_approval(told),
    )


def first_clock(told: TimelineAnswer) -> str:
    """What was all recorded within a day, long after it happened, tells nothing on the record clock: it was imported."""
    recorded = [one.recorded_at for one in told.items]
    occurred = [one.occurred_at for one in told.items]
    is_imported = bool(told.items) and max(recorded) - min(recorded) < A_DAY <= min(recorded) - min(occurred)
    return "occurred" if is_imported else "recorded"


def last_approval(told: TimelineAnswer) -> str:
    """The moment of the latest approval, as an address asks for it; empty without one."""
    approvals = [one.version for one in told.items if one.kind == "plan.plan_approved"]
    return f"approval:{approvals[-1]}" if approvals else ""


def time_of(one: ToldAnswer, clock: str) -> datetime:
    return one.recorded_at if clock == "recorded" else one.occurred_at


def by_day(items: Sequence[ToldAnswer], clock: str, zone: ZoneInfo) -> Iterator[list[ToldAnswer]]:
    """What stands on the line, together what is of one day."""
    standing = sorted((one for one in items if one.kind in KINDS), key=lambda one: (time_of(one, clock), one.position))
    for _, group in groupby(standing, key=lambda one: time_of(one, clock).astimezone(zone).date()):
        yield list(group)


def mark_of(group: Sequence[ToldAnswer]) -> str:
    """An agreement counts more than a move on the same day."""
    marks = {KINDS[one.kind] for one in group}
    return next(mark for mark in KINDS.values() if mark in marks)


def said(group: Sequence[ToldAnswer], clock: str, zone: ZoneInfo) -> str:
    told = list(dict.fromkeys(one.sentence for one in group))
    return f"{day(time_of(group[0], clock).astimezone(zone).date())}: {' '.join(told)}"


def written(one: ToldAnswer, clock: str, zone: ZoneInfo) -> str:
    """The moment after an event, as an address asks for it."""
    if clock == "recorded":
        return f"position:{one.position}"
    return WRITTEN[clock].format(day=one.occurred_at.astimezone(zone).date())
