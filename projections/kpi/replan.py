"""How often an agreed plan is thought over again (12): hardly ever while it falls behind is rigid, all the time is thrash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import structs

from projections.kpi.clock import active_days, lasted
from projections.kpi.facts import Facts
from projections.kpi.objective import active, pace
from projections.kpi.period import Asked
from projections.kpi.person import of_period
from projections.kpi.value import Group, Kpi, Share, per_30_days

RIGID_DAYS: Final = 60
THRASH_DAYS: Final = 30
MOST_CHANGES: Final = 4
ON_PACE: Final = Decimal(1)


def replan_ratio(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Refinements of objectives and revisions of strategies, in plans that are in force, in 30 active days.

    Beside it how many engagements are rigid and how many thrash: their common ratio lies in the middle and shows neither.
    """
    flags = (
        Share("rigid", sum(rigid_days(f, asked) is not None for _, f in of_period(facts, asked))),
        Share("thrash", sum(thrash_changes(f, asked) is not None for _, f in of_period(facts, asked))),
    )
    return structs.replace(per_30_days(12, "replan_ratio", asked.position, changes(facts, asked)), mix={"flag": flags})


def changes(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, int, int]]:
    """Each engagement's people, how often its plan was changed in the period, and its active days in it."""
    for people, f in of_period(facts, asked):
        if asked.had(f.activated_at):
            yield people, sum(c.replans and asked.holds(c.at) for c in f.changes), active_days(f, asked)


def replanned_on(facts: Facts, asked: Asked) -> list[date]:
    """The days of the changes made up to the last day that counts, whatever the period begins with."""
    return [asked.day(change.at) for change in facts.changes if change.replans and asked.had(change.at)]


def rigid_days(facts: Facts, asked: Asked) -> int | None:
    """For how many days a plan that is behind has not been changed, when that is more than 60; else None.

    It is behind when the mean pace of its active objectives is below 1: one slow objective is what the others may make good.
    """
    if facts.activated_at is None or not asked.had(facts.activated_at):
        return None
    days = lasted(facts, max(replanned_on(facts, asked), default=asked.day(facts.activated_at)), asked.until)
    if days <= RIGID_DAYS:
        return None
    paces = [p for _, objective in active(facts, asked) if (p := pace(facts, objective, asked)) is not None]
    return days if paces and sum(paces) < ON_PACE * len(paces) else None


def thrash_changes(facts: Facts, asked: Asked) -> int | None:
    """How many changes were made in the last 30 days, when that is more than four; else None.

    Counted and not extrapolated: two changes in a plan's first three days are no twenty in a month.
    """
    many = sum(lasted(facts, day, asked.until) < THRASH_DAYS for day in replanned_on(facts, asked))
    return many if many > MOST_CHANGES else None
