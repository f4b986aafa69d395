"""How far a coach has come towards each level of a body's rules (KPI 29): numerator, denominator, share, and how many were counted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.credential import CredentialRules, Level, Requirement, Threshold
from domain.values import Code
from projections.credential.line import Line
from projections.kpi.value import HUNDRED, PLACES

FEEDBACK_MONTHS: Final = 12
IN_MINUTES: Final[frozenset[Requirement]] = frozenset({"hours", "paid_hours", "recent_hours", "development_hours", "supervision_hours"})
UNKNOWN_HERE: Final[frozenset[Requirement]] = frozenset({"development_hours", "supervision_hours"})
"""What this product keeps no record of."""


class Progress(Struct, frozen=True, kw_only=True):
    """One requirement of a level: so much (`numerator`) of what it asks for (`denominator`), both in `unit`; `share` in percent.

    `listed` is how much of the numerator the log can show by name: of clients who consent to it. `n` is how many things were counted.
    Where nothing is kept of it, numerator, share, listed and n are null. Not `verified`: ask the body for the figure first.
    """

    requirement: Requirement
    unit: Code
    numerator: int | None
    denominator: int
    share: Decimal | None
    listed: int | None
    n: int | None
    verified: bool

    @property
    def reached(self) -> bool:
        return self.numerator is not None and self.numerator >= self.denominator


class LevelProgress(Struct, frozen=True):
    """A level with each of its requirements."""

    level: Code
    requirements: tuple[Progress, ...]


class Counted(NamedTuple):
    """What the lines that count amount to; minutes, people, whole years, ratings. `n` are the things behind each number."""

    amounts: dict[Requirement, tuple[int, int]]

    def amount(self, requirement: Requirement) -> int:
        return self.amounts[requirement][0]

    def n(self, requirement: Requirement) -> int:
        return self.amounts[requirement][1]


def progress(rules: CredentialRules, lines: Sequence[Line], through: date, listed: Collection[UUID]) -> tuple[LevelProgress, ...]:
    """`listed` are the clients who consent to be named; a group can be shown when one of its members does."""
    counting = [one for one in lines if one.reason is None]
    shown = [one for one in counting if not one.clients.isdisjoint(listed)]
    all_, named = counted(rules, counting, through), counted(rules, shown, through)
    return tuple(LevelProgress(level.code, tuple(of(level, all_, named))) for level in rules.levels)


def of(level: Level, counted: Counted, named: Counted) -> list[Progress]:
    return [one_of(threshold, counted, named) for threshold in level.thresholds]


def one_of(threshold: Threshold, counted: Counted, named: Counted) -> Progress:
    wanted = threshold.requirement
    in_minutes, known = wanted in IN_MINUTES, wanted not in UNKNOWN_HERE
    denominator = threshold.least * 60 if in_minutes else threshold.least
    numerator = counted.amount(wanted) if known else None
    return Progress(
        requirement=wanted,
        unit="minutes" if in_minutes else "years" if wanted == "years" else "count",
        numerator=numerator,
        denominator=denominator,
        share=None if numerator is None else (HUNDRED * numerator / denominator).quantize(PLACES),
        listed=named.amount(wanted) if known else None,
        n=counted.n(wanted) if known else None,
        verified=threshold.verified,
    )


def counted(rules: CredentialRules, lines: Sequence[Line], through: date) -> Counted:
    """`recent_hours` are those from the same day so many months ago on, which counts, up to today."""
    paid = [one for one in lines if not one.pro_bono]
    since = months_before(through, rules.recent_months)
    recent = [one for one in lines if since <= one.on]
    ratings = [on for one in lines for on in one.rated if months_before(through, FEEDBACK_MONTHS) <= on]
    people = clients(lines)
    return Counted(
        {
            "hours": (sum(one.total for one in lines), len(lines)),
            "paid_hours": (sum(one.total for one in paid), len(paid)),
            "recent_hours": (sum(one.total for one in recent), len(recent)),
            "clients": (people, people),
            "feedback_items": (len(ratings), len(ratings)),
            "years": (years(min((one.on for one in lines), default=through), through), len(lines)),
        }
    )


def clients(lines: Sequence[Line]) -> int:
    """Everybody who was coached, once; beside those who are known here, as many as a group had at most that nobody registered."""
    known = {client for one in lines for client in one.clients}
    unknown: dict[UUID, int] = {}
    for one in lines:
        unknown[one.engagement_id] = max(unknown.get(one.engagement_id, 0), one.head_count - len(one.clients))
    return len(known) + sum(unknown.values())


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; where that month has no such day, its last."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years(first: date, last: date) -> int:
    """Whole years between two days."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
