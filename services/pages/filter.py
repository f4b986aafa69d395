"""The board's filters: what can be chosen, and what was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from services.board.query import Wanted
from services.errors import Fault, Unreadable
from services.pages.cast import Cast
from services.pages.words import period

MONTHS: Final = 6
"""How many past months can be chosen."""


class Choice(NamedTuple):
    """One option; without a value it means all."""

    value: str
    label: str


class Filter(NamedTuple):
    """One field of the form."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str


def filters(cast: Cast, wanted: Wanted, today: date) -> list[Filter]:
    return [
        of_ids("program", "Program", "All programs", cast.programs, wanted.program),
        of_ids("coach", "Coach", "All coaches", cast.coaches, wanted.coach),
        of_periods(today, wanted.period),
    ]


def chosen(name: str, value: str) -> UUID | None:
    """A form sends a field that was left open as an empty text. Raises `Unreadable`."""
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise Unreadable([Fault(f"/query/{name}", "invalid", "An id of the list.")]) from None


def chosen_day(name: str, value: str) -> date | None:
    """The same of a day. Raises `Unreadable`."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Unreadable([Fault(f"/query/{name}", "invalid", "A day, such as 2026-03-01.")]) from None


def chosen_code(name: str, value: str, codes: Sequence[str]) -> str | None:
    """The same of one of some codes. Raises `Unreadable`."""
    if value and value not in codes:
        raise Unreadable([Fault(f"/query/{name}", "invalid", f"One of {', '.join(codes)}.")])
    return value or None


def of_ids(name: str, label: str, every: str, names: Mapping[UUID, str], value: UUID | None) -> Filter:
    ordered = sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    choices = [Choice("", every), *(Choice(str(id), called) for id, called in ordered)]
    return Filter(name, label, choices, str(value) if value else "")


def of_periods(today: date, value: str) -> Filter:
    """To date, quarters and months, newest first; a period that was asked for by its address is among them."""
    choices = [Choice("to_date", period("to_date")), *periods(today)]
    if value not in {choice.value for choice in choices}:
        choices.append(Choice(value, period(value)))
    return Filter("period", "Period", choices, value)


def periods(today: date) -> Iterator[Choice]:
    month = today.replace(day=1)
    quarters: dict[str, None] = {}
    months: list[str] = []
    for _ in range(MONTHS):
        quarters[f"{month.year}-q{(month.month + 2) // 3}"] = None
        months.append(f"{month:%Y-%m}")
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    yield from (Choice(label, period(label)) for label in (*quarters, *months))
