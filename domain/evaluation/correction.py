"""What can be corrected in a judgement, one thing at a time, and what that makes of it.

A number brings the value that it replaces, None where there was none; the summary brings the version that last set it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from domain.evaluation.judgement import Benefit, Judged, LevelRating, ObjectiveRating
from domain.values import OfClient, StoredCode


class Worth(Struct, frozen=True, kw_only=True):
    """What an objective's change was worth, with the evaluator's own estimates in per cent."""

    value: Decimal
    currency: StoredCode
    attribution: int
    confidence: int


class PlanVersionCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="plan_version"):
    """Another version of the plan was judged."""

    from_: int = field(name="from")
    to: int


class EffectivenessCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="effectiveness"):
    """Another effectiveness, 1 useless to 5 excellent."""

    from_: int = field(name="from")
    to: int


class RatingCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="rating"):
    """Another rating of an objective; what was said about it stays, unless the rating goes."""

    objective_id: UUID
    from_: int | None = field(name="from")
    to: int | None


class LevelCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="level"):
    """Another rating of one of Kirkpatrick's levels."""

    level: int
    from_: int | None = field(name="from")
    to: int | None


class BenefitCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="benefit"):
    """Another worth of an objective's change."""

    objective_id: UUID
    from_: Worth | None = field(name="from")
    to: Worth | None


class SummaryCorrected(Struct, frozen=True, kw_only=True, tag_field="field", tag="summary"):
    """Another summary. `replaces` is the stream version that last set it."""

    to: OfClient[str] | None
    replaces: int


Correction: TypeAlias = (
    PlanVersionCorrected | EffectivenessCorrected | RatingCorrected | LevelCorrected | BenefitCorrected | SummaryCorrected
)


def value_of(judged: Judged, correction: Correction) -> int | Worth | None:
    """What the judgement says now where the correction is about; of a summary, which is text, nothing.

    An objective may have several benefits: the one that is replaced, if there is such a one, else the first.
    """
    match correction:
        case PlanVersionCorrected():
            return judged.plan_version
        case EffectivenessCorrected():
            return judged.effectiveness
        case RatingCorrected(objective_id=objective):
            return next((one.rating for one in judged.ratings if one.objective_id == objective), None)
        case LevelCorrected(level=level):
            return next((one.rating for one in judged.levels if one.level == level), None)
        case BenefitCorrected(objective_id=objective, from_=before):
            found = [worth_of(one) for one in judged.benefits if one.objective_id == objective]
            return before if before is None or before in found else next(iter(found), None)
        case SummaryCorrected():
            return None


def corrected(judged: Judged, correction: Correction) -> Judged:
    """The judgement with the correction in it."""
    match correction:
        case PlanVersionCorrected(to=to):
            return replace(judged, plan_version=to)
        case EffectivenessCorrected(to=to):
            return replace(judged, effectiveness=to)
        case SummaryCorrected(to=text):
            return replace(judged, summary=text)
        case RatingCorrected():
            return replace(judged, ratings=_ratings(judged, correction))
        case LevelCorrected(level=level, to=to):
            kept = [one for one in judged.levels if one.level != level]
            made = [] if to is None else [LevelRating(level=level, rating=to)]
            return replace(judged, levels=tuple(sorted([*kept, *made], key=lambda one: one.level)))
        case BenefitCorrected():
            return replace(judged, benefits=benefits_after(judged.benefits, correction))


def _ratings(judged: Judged, correction: RatingCorrected) -> tuple[ObjectiveRating, ...]:
    of, to = correction.objective_id, correction.to
    if to is None:
        return tuple(one for one in judged.ratings if one.objective_id != of)
    if all(one.objective_id != of for one in judged.ratings):
        return (*judged.ratings, ObjectiveRating(objective_id=of, rating=to, comment=None))
    return tuple(replace(one, rating=to) if one.objective_id == of else one for one in judged.ratings)


def benefits_after(benefits: tuple[Benefit, ...], correction: BenefitCorrected) -> tuple[Benefit, ...]:
    """The benefits of a judgement with the one that is meant replaced, added or taken back."""
    of, before, to = correction.objective_id, correction.from_, correction.to
    made = [] if to is None else [benefit_of(of, to)]
    place = next((n for n, one in enumerate(benefits) if one.objective_id == of and worth_of(one) == before), None)
    if place is None:
        return (*benefits, *made)
    return (*benefits[:place], *made, *benefits[place + 1 :])


def worth_of(benefit: Benefit) -> Worth:
    return Worth(value=benefit.value, currency=benefit.currency, attribution=benefit.attribution, confidence=benefit.confidence)


def benefit_of(objective_id: UUID, worth: Worth) -> Benefit:
    return Benefit(
        objective_id=objective_id,
        value=worth.value,
        currency=worth.currency,
        attribution=worth.attribution,
        confidence=worth.confidence,
    )
