"""The table that the rules of an evaluation stand in, and what several of them ask."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.errors import ItemUnknown
from domain.errors.evaluation import EstimateOutOfRange, PlanVersionUnknown
from domain.errors.plan import PlanNotActive
from domain.evaluation.context import EvaluationContext, PlanFacts
from domain.evaluation.correction import Worth
from domain.evaluation.judgement import Benefit
from domain.evaluation.state import EvaluationState

decide: Final[Decide[EvaluationState, EvaluationContext]] = Decide()


def judged_plan(context: EvaluationContext) -> PlanFacts:
    if context.plan is None or not context.plan.activated:
        raise PlanNotActive("There is nothing to judge before the plan was activated.")
    return context.plan


def require_version(version: int, plan: PlanFacts, *, at: str) -> None:
    if version not in plan.versions:
        raise PlanVersionUnknown(pointer=at, known=sorted(plan.versions))


def require_objective(objective_id: object, plan: PlanFacts, *, at: str) -> None:
    if objective_id not in plan.objective_ids:
        raise ItemUnknown("The plan has no such objective.", pointer=at)


def require_estimates(worth: Benefit | Worth, *, at: str) -> None:
    """Shares of a whole. `at` points to what holds them."""
    for name, estimate in (("attribution", worth.attribution), ("confidence", worth.confidence)):
        if not 0 <= estimate <= 100:
            raise EstimateOutOfRange(pointer=f"{at}/{name}")
