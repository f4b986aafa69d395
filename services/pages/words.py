"""Codes, numbers, dates and reasons in words of the page's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from domain.values import MACHINE_WORD
from projections.kpi.help import Reason
from projections.kpi.period import Period
from projections.sentence import SHIFTED
from services.wording.spoken import say, spoken

NOTHING: Final = "–"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def word(code: str) -> str:
    """`client_schedule` as `client schedule`, inside a sentence; a suffix such as `@1` stays."""
    return spoken().word(code.replace("_", " "))


def words(code: str) -> str:
    """The same where something begins: `Client schedule`."""
    plain = word(code)
    return plain[:1].upper() + plain[1:]


def kind(name: str) -> str:
    """`plan.milestone_adjusted` as `Milestone adjusted`."""
    return words(name.rpartition(".")[2])


def number(value: Decimal | int, places: int = 2) -> str:
    """Rounded, without zeros at the end, with a real minus sign: `12.5`, `−3`, `1 200`."""
    text = spoken().number(round(Decimal(value), places))
    return "0" if text == "−0" else text


def amount(value: Decimal | int, unit: str | None) -> str:
    """A number with its unit: `72.5 %`, `1 day`, `3.4 hours`."""
    shown = number(value)
    match unit:
        case "percent":
            return f"{number(value, 1)} %"
        case "days" if shown == "1":
            return f"1 {word('day')}"
        case "per_30_days":
            return f"{shown} {word('in 30 days')}"
        case None | "ratio" | "count":
            return shown
    return f"{shown} {word(unit.lower()) if MACHINE_WORD.fullmatch(unit) else unit}"


def day(value: date | None) -> str:
    return spoken().brief_day(value) if value is not None else NOTHING


def instant(value: datetime, zone: ZoneInfo) -> str:
    return spoken().brief_instant(value.astimezone(zone))


def month(label: str) -> str:
    """`2026-05` as `May 26`."""
    return spoken().brief_month(date.fromisoformat(label + "-01"))


def period(label: str) -> str:
    """`to_date` as `To date`, `2026-05` as `May 2026`, `2026-q3` as `Quarter 3, 2026`. Raises `PeriodUnknown`."""
    if label == "to_date":
        return words(label)
    year, _, quarter = label.partition("-q")
    return say("Quarter {quarter}, {year}", quarter=quarter, year=year) if quarter else spoken().month(Period.of(label).first)


def count(n: int | Decimal, one: str, many: str = "") -> str:
    """`1 milestone`, `3 milestones`."""
    return f"{number(n)} {word(one if n == 1 else many or one + 's')}"


def shifted(by: Decimal | int) -> str:
    """`9 days later`, `1 day earlier`, or `0 days later`."""
    size = abs(Decimal(by))
    return say(SHIFTED[by >= 0, size == 1], days=number(size))


def no_measurement(reason: Reason) -> str:
    what = count(len(reason.ids), "objective")
    return say(
        "{objectives} not measured for {days}; the limit is {limit}.", objectives=what, days=days(reason.number), limit=days(reason.limit)
    )


def milestone_overdue(reason: Reason) -> str:
    if len(reason.ids) == 1:
        return say("1 milestone is {days} overdue.", days=days(reason.number))
    return say("{number} milestones are overdue, the oldest by {days}.", number=len(reason.ids), days=days(reason.number))


def review_overdue(reason: Reason) -> str:
    return say("The review of the plan is {days} overdue.", days=days(reason.number))


def slow_pace(reason: Reason) -> str:
    pace = {"pace": percent(reason.number), "limit": percent(reason.limit)}
    if len(reason.ids) == 1:
        return say("1 objective moves at {pace} of the pace that the due date asks for; help is due below {limit}.", **pace)
    several = "{number} objectives move at {pace} of the pace that the due date asks for; help is due below {limit}."
    return say(several, number=len(reason.ids), **pace)


def rigid(reason: Reason) -> str:
    told = "The plan is behind and was not changed for {days}; the limit is {limit}."
    return say(told, days=days(reason.number), limit=days(reason.limit))


def thrash(reason: Reason) -> str:
    told = "The plan was changed {number} times in 30 days; the limit is {limit}."
    return say(told, number=number(reason.number), limit=number(reason.limit))


def approval_waiting(reason: Reason) -> str:
    due = {"days": days(reason.number), "limit": days(reason.limit)}
    if len(reason.ids) == 1:
        return say("An approval by the client has been due for {days}; the limit is {limit}.", **due)
    return say("{number} approvals by the client have been due for {days}; the limit is {limit}.", number=len(reason.ids), **due)


def evaluation_overdue(reason: Reason) -> str:
    if len(reason.ids) == 1:
        return say("An evaluation is {days} overdue.", days=days(reason.number))
    return say("{number} evaluations are overdue, the oldest by {days}.", number=len(reason.ids), days=days(reason.number))


def no_next_session(reason: Reason) -> str:
    told = "The last session was {days} ago, and no next one is booked; the limit is {limit}."
    return say(told, days=days(reason.number), limit=days(reason.limit))


def days(value: Decimal) -> str:
    """In a sentence: its number and its unit stay on one line."""
    return count(value, "day").replace(" ", NO_BREAK)


def percent(share: Decimal) -> str:
    return f"{number(share * 100, 0)} %"


def coach_gone(reason: Reason) -> str:
    return say("The coach does not hold the role any more: give the engagement over to another.")


SENTENCES: Final[dict[str, tuple[str, Callable[[Reason], str]]]] = {
    "no_measurement": ("Not measured", no_measurement),
    "milestone_overdue": ("Milestone overdue", milestone_overdue),
    "review_overdue": ("Review overdue", review_overdue),
    "slow_pace": ("Slow pace", slow_pace),
    "rigid": ("Rigid plan", rigid),
    "thrash": ("Restless plan", thrash),
    "approval_waiting": ("Waiting for the client", approval_waiting),
    "evaluation_overdue": ("Evaluation overdue", evaluation_overdue),
    "no_next_session": ("No next session", no_next_session),
    "coach_gone": ("Without a coach", coach_gone),
}
"""Each reason's heading, and its sentence with the numbers that anyone can check."""
