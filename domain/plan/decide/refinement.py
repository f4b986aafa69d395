"""From what a command wants refined to the refinement that is recorded, with the features of the title that it leaves."""

from __future__ import annotations

from typing import Any

from domain.plan.commands.refinement import (
    FieldRefinement,
    RefineConfidence,
    RefineDue,
    RefineLinks,
    RefineMeasure,
    RefineOutcomeArea,
    RefineTarget,
    RefineTitle,
    RefineWhy,
    ReplaceMeasure,
)
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_current, require_seen
from domain.plan.decide.lookup import links_from, links_of, measure_of, pointing_into, require_in_unit
from domain.plan.decide.measure import baseline_of, measure_from, require_measured
from domain.plan.decide.words import of_client
from domain.plan.events import (
    ConfidenceRefined,
    DueRefined,
    LinksRefined,
    MeasureRefined,
    MeasureReplaced,
    OutcomeAreaRefined,
    Refinement,
    TargetRefined,
    TitleRefined,
    WhyRefined,
)
from domain.plan.smart.text import features_of
from domain.plan.smart.verdict import Features
from domain.plan.state import Objective, Touch
from domain.values import OfClient


def made_of(wanted: FieldRefinement, objective: Objective, context: PlanContext) -> tuple[Refinement, Features] | None:
    """None when the field is as wanted already. Raises `VersionConflict` when it is not what the sender read."""
    if isinstance(wanted, RefineTitle):
        require_seen(objective.touch("title"), wanted.seen, "/refinement/seen")
        title = TitleRefined(to=OfClient(wanted.to), replaces=objective.touch("title").version)
        return title, features_of(wanted.to, objective.terms.language, context.rulesets.smart)
    made = (
        of_text(wanted, objective, context)
        if isinstance(wanted, RefineWhy | RefineMeasure | ReplaceMeasure)
        else of_value(wanted, objective, context)
    )
    return None if made is None else (made, objective.lint.features)


def of_text(wanted: RefineWhy | RefineMeasure | ReplaceMeasure, objective: Objective, context: PlanContext) -> Refinement:
    """What holds words cannot be compared, as they are sealed: the sender says up to which version they read."""
    touch = objective.touch("why" if isinstance(wanted, RefineWhy) else "measure")
    require_seen(touch, wanted.seen, "/refinement/seen")
    match wanted:
        case RefineWhy():
            return WhyRefined(to=of_client(wanted.to), replaces=touch.version)
        case RefineMeasure():
            measure_of(objective)
            measure = measure_from(wanted.to, "/refinement/to")
            with pointing_into(None):
                require_measured(measure, objective.terms.baseline, objective.terms.target)
            return MeasureRefined(to=measure, replaces=touch.version)
        case ReplaceMeasure():
            for field in ("baseline", "target"):
                require_seen(objective.touch(field), wanted.seen, "/refinement/seen")
            with pointing_into("/refinement"):
                measure, baseline = measure_from(wanted.to, "/to"), baseline_of(wanted.baseline, context)
                require_measured(measure, baseline, wanted.target)
            return MeasureReplaced(
                to=measure,
                version=objective.measure_version + 1,
                baseline=baseline,
                baseline_by=wanted.baseline_by,
                target=wanted.target,
                replaces=touch.version,
            )


Valued = RefineOutcomeArea | RefineLinks | RefineTarget | RefineDue | RefineConfidence


def of_value(wanted: Valued, objective: Objective, context: PlanContext) -> Refinement | None:
    terms = objective.terms
    match wanted:
        case RefineOutcomeArea(from_=read, to=to):
            return OutcomeAreaRefined(from_=read, to=to) if differs(terms.outcome_area, read, to, objective.touch("outcome_area")) else None
        case RefineLinks():
            old, new = links_of(wanted.from_), links_from(wanted.to, context, "/refinement/to")
            return LinksRefined(from_=old, to=new) if differs(terms.links, old, new, objective.touch("links")) else None
        case RefineTarget(from_=read, to=to):
            require_in_unit(measure_of(objective), to, "/refinement/to")
            return TargetRefined(from_=read, to=to) if differs(terms.target, read, to, objective.touch("target")) else None
        case RefineDue(from_=read, to=to):
            return DueRefined(from_=read, to=to) if differs(terms.due_on, read, to, objective.touch("due_on")) else None
        case RefineConfidence(from_=read, to=to):
            comment = of_client(wanted.comment)
            if comment is None and to == terms.confidence:
                return None
            require_current(terms.confidence, read, objective.touch("confidence"), "/refinement/from")
            return ConfidenceRefined(from_=read, to=to, comment=comment)


def differs(current: Any, read: Any, to: Any, touch: Touch) -> bool:
    """Whether anything is to be done: no when the field is so already, and a refusal when it is not what was read."""
    if to == current:
        return False
    require_current(current, read, touch, "/refinement/from")
    return True
