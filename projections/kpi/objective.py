"""Objectives: passing the SMART gate at once (1), baselines (2), progress (5) and pace (6, for what needs help)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from projections.kpi.clock import lasted
from projections.kpi.facts import Facts, Measured, Objective
from projections.kpi.period import Asked
from projections.kpi.person import of_moment, of_period
from projections.kpi.value import HUNDRED, Kpi, middle, rate, ratio

MOST_PROGRESS: Final = Decimal("1.5")
FIRST_VERDICT_DAYS: Final = 7


def smart_rate(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Objectives that passed the gate at their first definition, of those defined in the period."""
    seen = ((people, o.smart_at_first) for people, f in of_period(facts, asked) for o in f.objectives.values() if asked.holds(o.defined_at))
    return rate(1, "smart_rate", asked.position, seen)


def days_to_smart(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Median days from definition to passing, of the objectives defined in the period that have passed."""
    seen = [
        (people, Decimal(lasted(f, asked.day(o.defined_at), asked.day(o.passed_at))))
        for people, f in of_period(facts, asked)
        for o in f.objectives.values()
        if asked.holds(o.defined_at) and asked.had(o.passed_at)
    ]
    return middle(1, "days_to_smart", "days", asked.position, seen)


def active(facts: Facts, asked: Asked) -> Iterator[tuple[UUID, Objective]]:
    """The objectives that are in an activated plan and not concluded, on the last day that counts, while the engagement goes on."""
    if asked.had(facts.activated_at) and not facts.over_by(asked.until):
        for objective_id, objective in facts.objectives.items():
            if asked.had(objective.defined_at) and not asked.had(objective.concluded_at):
                yield objective_id, objective


def baseline_coverage(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Active objectives that have a baseline."""
    seen = (
        (people, o.baseline is not None and asked.had(o.baseline_at)) for people, f in of_moment(facts, asked) for _, o in active(f, asked)
    )
    return rate(2, "baseline_coverage", asked.position, seen)


def measured(objective: Objective, until: date) -> list[Measured]:
    """The measurements of its present measure."""
    return [m for m in objective.measured if m.on <= until and m.measure == objective.measure]


def latest(objective: Objective, until: date) -> Measured | None:
    """The measurement of the greatest date, and of two on one day the one recorded later."""
    return max(measured(objective, until), key=lambda m: (m.on, m.version), default=None)


def progress(objective: Objective, until: date) -> Decimal | None:
    """How far it has come, from 0 to 1.5; to maintain, the share of measurements inside the band. None without data."""
    if objective.direction == "maintain":
        low = objective.low if objective.low is not None else objective.target
        high = objective.high if objective.high is not None else objective.target
        values = [m.value for m in measured(objective, until)]
        if low is None or high is None or not values:
            return None
        return Decimal(sum(low <= value <= high for value in values)) / len(values)
    last = latest(objective, until)
    if last is None or objective.baseline is None or objective.target is None or objective.target == objective.baseline:
        return None
    return min(MOST_PROGRESS, max(Decimal(0), (last.value - objective.baseline) / (objective.target - objective.baseline)))


def pace(facts: Facts, objective: Objective, asked: Asked) -> Decimal | None:
    """Progress over the elapsed share of the time from activation to the due date; none in the first seven days."""
    if facts.activated_at is None or objective.due_on is None:
        return None
    begin = asked.day(max(facts.activated_at, objective.defined_at))
    due_on, until = (begin + timedelta(days=lasted(facts, begin, day)) for day in (objective.due_on, asked.until))
    return paced(progress(objective, asked.until), begin, due_on, until)


def paced(done: Decimal | None, begin: date, due_on: date, until: date) -> Decimal | None:
    """The pace of what has come so far as `done` between its first day and `until`."""
    elapsed, whole = (until - begin).days, (due_on - begin).days
    if done is None or elapsed <= FIRST_VERDICT_DAYS or whole <= 0:
        return None
    return done * whole / min(elapsed, whole)


def objective_progress(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Mean progress of the active objectives that can be measured, each counted alike."""
    seen = [
        (people, done)
        for people, f in of_moment(facts, asked)
        for _, o in active(f, asked)
        if (done := progress(o, asked.until)) is not None
    ]
    total = sum((HUNDRED * done for _, done in seen), Decimal(0))
    return ratio(5, "objective_progress", "percent", asked.position, total=total, over=[people for people, _ in seen])
