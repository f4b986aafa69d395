"""How far what was agreed was attained, by goal attainment scaling (Kiresuk & Sherman 1968): where plans ended (3), and how far that is (4).

One plan's index is its own. Of several it is a mean, which tells too much of each where few stand behind it: it is shown of five
clients or more, to whomever. 50 says that what was expected came about; that is no norm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import structs

from domain.plan.attainment import t_score
from projections.kpi.facts import Facts, Objective
from projections.kpi.period import Asked
from projections.kpi.value import Kpi, guarded, ratio

FLOOR: Final = 5
"""Clients behind a mean, in whoever's board."""


class Goal(NamedTuple):
    """An objective that is judged on its scale."""

    weight: int
    baseline: int
    level: int


class Index(NamedTuple):
    """The index of one plan."""

    client: UUID
    goals: int
    score: Decimal
    baseline: Decimal


def score(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of the plans' T, over the objectives that are concluded by the last day that counts; `n` counts these."""
    found = list(indexes(facts, asked))
    return shown(3, "attainment_score", asked, facts, found, [one.score for one in found])


def change(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of how much higher the plans' T is than that of the levels where the clients began."""
    found = list(indexes(facts, asked))
    return shown(4, "attainment_change", asked, facts, found, [one.score - one.baseline for one in found])


def shown(kpi: int, name: str, asked: Asked, facts: Sequence[Facts], found: Sequence[Index], values: Sequence[Decimal]) -> Kpi:
    """One engagement that was asked for by itself is no mean. Of many, a single plan with data is one of few."""
    made = ratio(kpi, name, "points", asked.position, total=sum(values, Decimal(0)), over=[one.client for one in found])
    made = structs.replace(made, n=sum(one.goals for one in found))
    return guarded(made, FLOOR) if found and len(facts) > 1 else made


def indexes(facts: Sequence[Facts], asked: Asked) -> Iterator[Index]:
    """Of every plan with an objective that is judged on a scale."""
    for f in facts:
        goals = list(judged(f, asked))
        reached, began = t_score((one.weight, one.level) for one in goals), t_score((one.weight, one.baseline) for one in goals)
        if reached is not None and began is not None:
            yield Index(f.client, len(goals), reached, began)


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
