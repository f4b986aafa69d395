"""What a refinement does to an objective's terms; deciding needs it for the lint, folding for the state."""

from __future__ import annotations

from msgspec.structs import replace

from domain.plan.events import (
    ConfidenceRefined,
    MeasureReplaced,
    Refinement,
)
from domain.plan.terms import ObjectiveTerms


def refined(terms: ObjectiveTerms, refinement: Refinement) -> ObjectiveTerms:
    """The terms with the refinement in them."""
    match refinement:
        case ConfidenceRefined():
            return replace(terms, confidence=refinement.to, confidence_comment=refinement.comment)
        case MeasureReplaced():
            return replace(
                terms,
                measure=refinement.to,
                baseline=refinement.baseline,
                baseline_by=refinement.baseline_by,
                target=refinement.target,
            )
        case _:
            (field,) = fields_of(refinement)
            return replace(terms, **{field: refinement.to})


def fields_of(refinement: Refinement) -> frozenset[str]:
    """The fields of the objective that it sets: two refinements of one field cannot both be meant."""
    if isinstance(refinement, MeasureReplaced):
        return frozenset({"measure", "baseline", "target"})
    return frozenset({str(refinement.__struct_config__.tag)})
