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
from domain.plan.decide.lookup import measure_of, pointing_into, require_in_unit, require_links
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
from domain.plan.state import Objective
from domain.values import OfClient


def made_of(wanted: FieldRefinement, objective: Objective, context: PlanContext) -> tuple[Refinement, Features] | None:
    """None when the field is as wanted already. Raises `VersionConflict` when it is not what the sender read."""
    if isinstance(wanted, RefineTitle):
        require_seen(objective.touch("title"), wanted.seen, "/refinement/seen")
        title = TitleRefined(to=OfClient(wanted.to), replaces=objective.touch("title").version)
        return title, features_of(wanted.to, objective.terms.language)
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
    match wanted:
        case RefineOutcomeArea():
            return OutcomeAreaRefined(from_=wanted.from_, to=wanted.to) if differs(wanted, objective, "outcome_area") else None
        case RefineLinks():
            require_links(wanted.to, context, "/refinement/to")
            return LinksRefined(from_=wanted.from_, to=wanted.to) if differs(wanted, objective, "links") else None
        case RefineTarget():
            require_in_unit(measure_of(objective), wanted.to, "/refinement/to")
            return TargetRefined(from_=wanted.from_, to=wanted.to) if differs(wanted, objective, "target") else None
        case RefineDue():
            return DueRefined(from_=wanted.from_, to=wanted.to) if differs(wanted, objective, "due_on") else None
        case RefineConfidence():
            comment = of_client(wanted.comment)
            if comment is None and wanted.to == objective.terms.confidence:
                return None
            require_current(objective.terms.confidence, wanted.from_, objective.touch("confidence"), "/refinement/from")
            return ConfidenceRefined(from_=wanted.from_, to=wanted.to, comment=comment)


def differs(wanted: Any, objective: Objective, field: str) -> bool:
    """Whether anything is to be done: no when the field is so already, and a refusal when it is not what was read."""
    current = getattr(objective.terms, field)
    if wanted.to == current:
        return False
    require_current(current, wanted.from_, objective.touch(field), "/refinement/from")
    return True
