"""How far a coach has come towards each level of a body's rules (KPI 29): numerator, denominator, share, and how many were counted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.credential import CredentialRules, DevelopmentKind, Level, Requirement, Threshold
from domain.person.credential import Development
from domain.values import Code
from projections.credential.line import Line
from projections.kpi.value import HUNDRED, PLACES

FEEDBACK_MONTHS: Final = 12
DEVELOPMENT_MONTHS: Final = 12
IN_MINUTES: Final[frozenset[Requirement]] = frozenset({"hours", "paid_hours", "recent_hours", "development_hours", "supervision_hours"})
OF_DEVELOPMENT: Final[Mapping[Requirement, DevelopmentKind]] = {"development_hours": "training", "supervision_hours": "supervision"}
"""What counts the coach's own development of a year: no client stands in it, so that all of it can be shown."""


class Progress(Struct, frozen=True, kw_only=True):
    """One requirement of a level: so much (`numerator`) of what it asks for (`denominator`), both in `unit`; `share` in percent.

    `listed` is how much of the numerator the log can show by name: of clients who consent to it. `n` is how many things were counted.
    Not `verified`: ask the body for the figure first.
    """

    requirement: Requirement
    unit: Code
    numerator: int
    denominator: int
    share: Decimal
    listed: int
    n: int
    verified: bool

    @property
    def reached(self) -> bool:
        return self.numerator >= self.denominator


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


def progress(
    rules: CredentialRules, lines: Sequence[Line], development: Sequence[Development], through: date, listed: Collection[UUID]
) -> tuple[LevelProgress, ...]:
    """`listed` are the clients who consent to be named; a group can be shown when one of its members does."""
    counting = [one for one in lines if one.reason is None]
    shown = [one for one in counting if not one.clients.isdisjoint(listed)]
    own = developed(development, through)
    all_, named = (Counted(counted(rules, some, through).amounts | own) for some in (counting, shown))
    return tuple(LevelProgress(level.code, tuple(of(level, all_, named))) for level in rules.levels)


def of(level: Level, counted: Counted, named: Counted) -> list[Progress]:
    return [one_of(threshold, counted, named) for threshold in level.thresholds]


def one_of(threshold: Threshold, counted: Counted, named: Counted) -> Progress:
    wanted = threshold.requirement
    in_minutes = wanted in IN_MINUTES
    denominator = threshold.least * 60 if in_minutes else threshold.least
    numerator = counted.amount(wanted)
    return Progress(
        requirement=wanted,
        unit="minutes" if in_minutes else "years" if wanted == "years" else "count",
        numerator=numerator,
        denominator=denominator,
        share=(HUNDRED * numerator / denominator).quantize(PLACES),
        listed=named.amount(wanted),
        n=counted.n(wanted),
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


def developed(development: Sequence[Development], through: date) -> dict[Requirement, tuple[int, int]]:
    """Minutes of each kind in the year up to that day."""
    since = months_before(through, DEVELOPMENT_MONTHS)
    recent = [one for one in development if since <= one.held_on <= through]
    found: dict[Requirement, tuple[int, int]] = {}
    for requirement, kind in OF_DEVELOPMENT.items():
        some = [one.minutes for one in recent if one.kind == kind]
        found[requirement] = (sum(some), len(some))
    return found


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
