"""How far a plan's objectives were attained, all together: goal attainment scaling (Kiresuk & Sherman 1968).

T = 50 + 10 * sum(w * x) / sqrt((1 - rho) * sum(w^2) + rho * sum(w)^2), rho = 0.30

with x the level that an objective reached (-2 to 2) and w its weight (1 to 9). 50 says that what was expected came about. That
T has the mean 50 and the standard deviation 10 holds only where the model's assumptions do: it is an index, and no norm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, localcontext
from typing import Final, NamedTuple
from uuid import UUID

from domain.plan.state import Objective, PlanState

RHO: Final = Decimal("0.30")
"""How the attainments of one client's goals are held to be correlated."""
EXPECTED: Final = Decimal(50)
SPREAD: Final = Decimal(10)
EXACT: Final = Context(prec=28)
WORST: Final = -2


class Scored(NamedTuple):
    """An objective that is judged on a scale: its weight, the level where the client began, the level that was reached.

    `scale_version` is the version of the scale that was agreed before it was judged.
    """

    objective_id: UUID
    scale_version: int
    weight: int
    baseline: int
    level: int


class Attainment(NamedTuple):
    """Where the plan ended (`score`), where it began (`baseline`), and how far that is; None without an objective that is judged."""

    scored: tuple[Scored, ...]
    score: Decimal | None
    baseline: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.score is None or self.baseline is None else self.score - self.baseline


def t_score(goals: Iterable[tuple[int, int]]) -> Decimal | None:
    """T of weights and levels, to 28 digits; None without goals, which is no 50.

    Raises `ValueError` for a weight that is not positive: such a goal would count for nothing, or against what it says.
    """
    known = list(goals)
    if not known:
        return None
    weights = [weight for weight, _ in known]
    if any(weight < 1 for weight in weights):
        raise ValueError("a goal weighs 1 at least")
    attained, squares, total = sum(weight * level for weight, level in known), sum(weight * weight for weight in weights), sum(weights)
    with localcontext(EXACT):
        return EXPECTED + SPREAD * attained / ((1 - RHO) * squares + RHO * total * total).sqrt()


def attainment(state: PlanState) -> Attainment:
    """Of the objectives that have a scale and a judgement that holds; what was abandoned is left out."""
    return of(one for one in concluded(state) if one.outcome != "abandoned")


def intention(state: PlanState) -> Attainment:
    """The same with what was abandoned as if it had come out as badly as can be: whom giving up is to flatter nothing ("intent to treat")."""
    return of(concluded(state))


def abandoned(state: PlanState) -> tuple[UUID, ...]:
    """Which objectives were given up, with or without a scale."""
    return tuple(one.id for one in concluded(state) if one.outcome == "abandoned")


def concluded(state: PlanState) -> Sequence[Objective]:
    """Those of the plan that was agreed: what was given up before that was never set out to be reached."""
    return [one for one in state.objectives.values() if one.outcome is not None and not state.entries[one.conclusions[-1].version].agreed]


def of(objectives: Iterable[Objective]) -> Attainment:
    scored = tuple(one for each in objectives if (one := scored_of(each)) is not None)
    return Attainment(
        scored=scored,
        score=t_score((one.weight, one.level) for one in scored),
        baseline=t_score((one.weight, one.baseline) for one in scored),
    )


def scored_of(objective: Objective) -> Scored | None:
    """None without a scale, or where the judgement names no level on it."""
    level = WORST if objective.outcome == "abandoned" else objective.conclusions[-1].level
    if objective.scale is None or level is None:
        return None
    return Scored(objective.id, objective.scale.version, objective.terms.weight, objective.scale.terms.baseline_level, level)
