"""Milestones: on time (8), on the original date (9), schedule drift (10), adjustments and their mix (11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import structs

from domain.values import Code
from projections.kpi.due import due_within
from projections.kpi.facts import Facts, Milestone
from projections.kpi.period import Asked
from projections.kpi.person import of_moment, of_period
from projections.kpi.value import Group, Kpi, Share, rate, ratio


def due(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Milestone]]:
    """Milestones of activated plans that are due in the period, up to today, and were not withdrawn before their date."""
    for people, f in of_period(facts, asked):
        for milestone in f.milestones.values() if f.activated_at is not None else ():
            on = due_within(milestone.dues, milestone.withdrawn_at, asked)
            if on is not None and not f.over_by(on):
                yield people, milestone


def reached_by(milestone: Milestone, on: date) -> bool:
    return milestone.reached_on is not None and milestone.reached_on <= on


def on_time(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Reached on or before the current due date, of those due in the period."""
    return rate(8, "on_time_milestones", asked.position, ((who, reached_by(m, m.current)) for who, m in due(facts, asked)))


def on_original_date(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Reached on or before the first due date, of those due in the period."""
    return rate(9, "on_original_date", asked.position, ((who, reached_by(m, m.original)) for who, m in due(facts, asked)))


def standing(facts: Sequence[Facts], asked: Asked) -> list[tuple[Group, Milestone]]:
    """Milestones of activated plans that are not withdrawn, on the last day that counts."""
    plans = [(people, f) for people, f in of_moment(facts, asked) if asked.had(f.activated_at)]
    return [(who, m) for who, f in plans for m in f.milestones.values() if asked.had(m.dues[0].since) and not asked.had(m.withdrawn_at)]


def drift(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Days between the original due date and the day it was reached, or its current due date, per milestone."""
    rows = standing(facts, asked)
    total = sum(days_of_drift(milestone, asked) for _, milestone in rows)
    return ratio(10, "schedule_drift", "days", asked.position, total=Decimal(total), over=[people for people, _ in rows])


def days_of_drift(milestone: Milestone, asked: Asked) -> int:
    if milestone.reached_on is not None and milestone.reached_on <= asked.until:
        return (milestone.reached_on - milestone.original).days
    current = [due.on for due in milestone.dues if asked.had(due.since)][-1]
    return (current - milestone.original).days


def adjustments(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Changes of a due date in the period per milestone that stands, with the reasons and initiators of the changes."""
    moves = [move for _, f in of_moment(facts, asked) for move in f.adjustments if asked.holds(move.at)]
    rows = standing(facts, asked)
    value = ratio(11, "adjustment_rate", "ratio", asked.position, total=Decimal(len(moves)), over=[people for people, _ in rows])
    mix = {"reason_code": shares(m.reason_code for m in moves), "initiator": shares(m.initiator for m in moves)}
    return structs.replace(value, mix=mix)


def shares(codes: Iterable[Code]) -> tuple[Share, ...]:
    """Most frequent first, then by name."""
    return tuple(Share(code, count) for code, count in sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0])))
