"""Whether a change of what is agreed can happen to the plan as it stands: asked when it is made and when it is accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from domain.errors.plan import MeasureHasData, MilestoneAfterObjective, ScaleInvalid, StrategyWithoutObjective
from domain.plan.context import PlanContext
from domain.plan.decide.lookup import live_strategy, open_objective
from domain.plan.events import (
    AttainmentScaleDefined,
    Change,
    DueRefined,
    MeasureRefined,
    ObjectiveDefined,
    ObjectiveRefined,
    ObjectiveReprioritized,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
)
from domain.plan.state import Objective, PlanState
from domain.plan.terms import Measure, StrategyTerms


def require_applicable(state: PlanState, change: Change, context: PlanContext) -> None:
    APPLICABLE[type(change)](state, change, context)


def require_definable(state: PlanState, change: ObjectiveDefined, context: PlanContext) -> None:
    """An objective can be new at any time: its words are judged by the lint."""


def require_refinable(state: PlanState, change: ObjectiveRefined, context: PlanContext) -> None:
    objective = open_objective(state, change.objective_id)
    match change.refinement:
        case DueRefined(to=due) if due is not None:
            waiting = [one for one in state.timeline if one.objective_id == objective.id and one.is_open]
            late = [one.id for one in waiting if one.due_on > due]
            if late:
                raise MilestoneAfterObjective(
                    "Milestones of the objective are due after that date: move them first.", pointer="/refinement/to", milestone_ids=late
                )
        case MeasureRefined(to=measure):
            require_same_numbers(objective, measure, context)


def require_weighable(state: PlanState, change: ObjectiveReprioritized, context: PlanContext) -> None:
    open_objective(state, change.objective_id)


def require_scalable(state: PlanState, change: AttainmentScaleDefined, context: PlanContext) -> None:
    objective = open_objective(state, change.objective_id)
    require_monotone([level.anchor for level in sorted(change.terms.levels, key=lambda one: one.level)], objective.terms.measure)


def require_adoptable(state: PlanState, change: StrategyAdopted, context: PlanContext) -> None:
    require_objectives(state, change.terms)


def require_revisable(state: PlanState, change: StrategyRevised, context: PlanContext) -> None:
    live_strategy(state, change.strategy_id)
    require_objectives(state, change.terms)


def require_droppable(state: PlanState, change: StrategyDropped, context: PlanContext) -> None:
    live_strategy(state, change.strategy_id)


def require_same_numbers(objective: Objective, measure: Measure, context: PlanContext) -> None:
    """Once something is measured, a better description must not change what the numbers mean."""
    old = objective.terms.measure
    if old is None or not objective.measured:
        return
    same = (old.kind, old.direction, old.scope) == (measure.kind, measure.direction, measure.scope)
    if not same or not context.is_same(old.unit, measure.unit):
        raise MeasureHasData(pointer="/refinement/to")


def require_objectives(state: PlanState, terms: StrategyTerms) -> None:
    if not terms.objective_ids:
        raise StrategyWithoutObjective(pointer="/objective_ids")
    for index, objective_id in enumerate(terms.objective_ids):
        open_objective(state, objective_id, f"/objective_ids/{index}")


def require_monotone(anchors: Sequence[Decimal | None], measure: Measure | None) -> None:
    """Anchors, from the lowest level to the highest, go strictly the way that the measure goes (without one: either way)."""
    given = [anchor for anchor in anchors if anchor is not None]
    rises = all(low < high for low, high in pairwise(given))
    falls = all(low > high for low, high in pairwise(given))
    wanted = {"increase": rises, "decrease": falls}.get(measure.direction, rises or falls) if measure else rises or falls
    if not wanted:
        raise ScaleInvalid(pointer="/levels")


APPLICABLE: Final[dict[type[Change], Callable[[PlanState, Any, PlanContext], None]]] = {
    ObjectiveDefined: require_definable,
    ObjectiveRefined: require_refinable,
    ObjectiveReprioritized: require_weighable,
    AttainmentScaleDefined: require_scalable,
    StrategyAdopted: require_adoptable,
    StrategyRevised: require_revisable,
    StrategyDropped: require_droppable,
}
"""A change -> what makes it impossible; a table, so that each command's refusals can be told from those of the others."""
