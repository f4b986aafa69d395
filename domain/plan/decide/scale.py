"""Deciding about attainment scales."""

from __future__ import annotations

from domain.errors.plan import ScaleInvalid
from domain.plan.commands import DefineAttainmentScale
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_seen
from domain.plan.decide.content import content
from domain.plan.decide.lookup import open_objective
from domain.plan.events import AttainmentScaleDefined
from domain.plan.state import PlanState
from domain.plan.terms import ScaleLevel, ScaleTerms
from domain.values import OfClient


@content(DefineAttainmentScale)
def attainment_scale_defined(state: PlanState, command: DefineAttainmentScale, context: PlanContext) -> AttainmentScaleDefined:
    """Each definition is the objective's next version; a score names the version that it was given on."""
    objective = open_objective(state, command.objective_id)
    if objective.scale is not None:
        require_seen(objective.touch("scale"), command.seen)
    require_five_texts(command)
    terms = ScaleTerms(
        levels=tuple(ScaleLevel(level=one.level, text=OfClient(one.text), anchor=one.anchor) for one in command.levels),
        importance=command.importance,
        difficulty=command.difficulty,
        baseline_level=command.baseline_level,
    )
    return AttainmentScaleDefined(
        objective_id=objective.id,
        version=1 if objective.scale is None else objective.scale.version + 1,
        terms=terms,
        defined_by=context.party,
        change_id=None,
    )


def require_five_texts(command: DefineAttainmentScale) -> None:
    """Each level once, each with words that no other level has."""
    if sorted(one.level for one in command.levels) != [-2, -1, 0, 1, 2]:
        raise ScaleInvalid("A scale describes each of the levels -2, -1, 0, 1 and 2 once.", pointer="/levels")
    texts = {" ".join(one.text.casefold().split()) for one in command.levels}
    if len(texts - {""}) < len(command.levels):
        raise ScaleInvalid("Each level needs a text of its own.", pointer="/levels")
