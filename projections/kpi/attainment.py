"""How far what was agreed was attained, by goal attainment scaling (Kiresuk & Sherman 1968): where plans ended (3), and how far that is (4).

One plan's index is its own. Of several it is a mean, which tells too much of each where few stand behind it (`board.shown`). 50 says
that what was expected came about; that is no norm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from domain.plan.attainment import t_score
from projections.kpi.facts import Facts, Objective
from projections.kpi.period import Asked
from projections.kpi.person import of_moment
from projections.kpi.value import Group, Kpi, ratio


class Goal(NamedTuple):
    """An objective that is judged on its scale."""

    weight: int
    baseline: int
    level: int


class Index(NamedTuple):
    """The index of one plan."""

    people: Group
    goals: int
    score: Decimal
    baseline: Decimal


def score(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of the plans' T, over the objectives that are concluded by the last day that counts; `n` counts these."""
    found = list(indexes(facts, asked))
    return mean(3, "attainment_score", asked, found, [one.score for one in found])


def change(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of how much higher the plans' T is than that of the levels where the clients began."""
    found = list(indexes(facts, asked))
    return mean(4, "attainment_change", asked, found, [one.score - one.baseline for one in found])


def mean(kpi: int, name: str, asked: Asked, found: Sequence[Index], values: Sequence[Decimal]) -> Kpi:
    made = ratio(kpi, name, "points", asked.position, total=sum(values, Decimal(0)), over=[one.people for one in found])
    return structs.replace(made, n=sum(one.goals for one in found))


def indexes(facts: Sequence[Facts], asked: Asked) -> Iterator[Index]:
    """Of every plan with an objective that is judged on a scale."""
    for people, f in of_moment(facts, asked):
        goals = list(judged(f, asked))
        reached, began = t_score((one.weight, one.level) for one in goals), t_score((one.weight, one.baseline) for one in goals)
        if reached is not None and began is not None:
            yield Index(people, len(goals), reached, began)


def judged(facts: Facts, asked: Asked) -> Iterator[Goal]:
    """What was given up is left out, and so is what was agreed without a scale."""
    if asked.had(facts.activated_at):
        for objective in facts.objectives.values():
            if asked.had(objective.concluded_at) and (goal := goal_of(objective)) is not None:
                yield goal


def goal_of(objective: Objective) -> Goal | None:
    last = objective.conclusions[-1]
    if last.outcome == "abandoned" or last.level is None or objective.baseline_level is None:
        return None
    return Goal(objective.weight, objective.baseline_level, last.level)
