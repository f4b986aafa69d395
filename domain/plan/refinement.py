"""What a refinement does to an objective's terms; deciding needs it for the lint, folding for the state."""

from __future__ import annotations

from msgspec.structs import replace

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
from domain.plan.terms import ObjectiveTerms


def refined(terms: ObjectiveTerms, refinement: Refinement) -> ObjectiveTerms:
    """The terms with the refinement in them."""
    match refinement:
        case TitleRefined():
            return replace(terms, title=refinement.to)
        case WhyRefined():
            return replace(terms, why=refinement.to)
        case OutcomeAreaRefined():
            return replace(terms, outcome_area=refinement.to)
        case LinksRefined():
            return replace(terms, links=refinement.to)
        case TargetRefined():
            return replace(terms, target=refinement.to)
        case DueRefined():
            return replace(terms, due_on=refinement.to)
        case ConfidenceRefined():
            return replace(terms, confidence=refinement.to, confidence_comment=refinement.comment)
        case MeasureRefined():
            return replace(terms, measure=refinement.to)
        case MeasureReplaced():
            return replace(
                terms,
                measure=refinement.to,
                baseline=refinement.baseline,
                baseline_by=refinement.baseline_by,
                target=refinement.target,
            )


def fields_of(refinement: Refinement) -> frozenset[str]:
    """The fields of the objective that it sets: two refinements of one field cannot both be meant."""
    if isinstance(refinement, MeasureReplaced):
        return frozenset({"measure", "baseline", "target"})
    return frozenset({str(refinement.__struct_config__.tag)})
