"""What may be asked of an evaluation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct, field

from domain.command import Command, Report
from domain.evaluation.correction import (
    BenefitCorrected,
    EffectivenessCorrected,
    LevelCorrected,
    PlanVersionCorrected,
    RatingCorrected,
    Worth,
)
from domain.evaluation.judgement import Benefit, LevelRating
from domain.glossary import EvaluationKind, Party
from domain.values import Code, Prose

StreamVersion: TypeAlias = Annotated[int, Meta(ge=1)]
OneToFive: TypeAlias = Annotated[int, Meta(ge=1, le=5)]
Currency: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{3}$(?!\n)")]


def require_amount(value: Decimal) -> None:
    """Raises `ValueError`, which a reader of a body makes a fault of the field."""
    if not value.is_finite() or abs(value) >= 10**12 or value != round(value, 2):
        raise ValueError("the value is an amount below 10^12 with at most two places")


class ObjectiveRatingBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far an objective was furthered, 1 not at all to 5 fully."""

    objective_id: UUID
    rating: OneToFive
    comment: Prose | None = None


class LevelRatingBody(LevelRating, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of Kirkpatrick's levels (1 reaction, 2 learning, 3 behaviour, 4 results), rated 1 to 5."""

    level: Annotated[int, Meta(ge=1, le=4)]
    rating: OneToFive


class BenefitBody(Benefit, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an objective's change was worth, in a currency (ISO 4217, lower case), with the evaluator's own estimates, 0 to 100 per cent."""

    currency: Currency
    attribution: int
    confidence: int

    def __post_init__(self) -> None:
        require_amount(self.value)


class ScheduleEvaluation(Command, frozen=True, kw_only=True):
    """Plans that the evaluators judge the plan by a day. `point` is one of the program's points, or a name of your own."""

    engagement_id: UUID
    kind: EvaluationKind
    point: Code
    due_on: date
    evaluators: Annotated[tuple[Party, ...], Meta(min_length=1, max_length=3)] = ("client", "coach")


class RecordEvaluation(Report, frozen=True, kw_only=True):
    """Records the judgement of one evaluator, who is the one that sends it, about one version of the plan."""

    plan_version: StreamVersion
    effectiveness: OneToFive
    ratings: Annotated[tuple[ObjectiveRatingBody, ...], Meta(max_length=50)] = ()
    levels: Annotated[tuple[LevelRatingBody, ...], Meta(max_length=4)] = ()
    benefits: Annotated[tuple[BenefitBody, ...], Meta(max_length=50)] = ()
    summary: Prose | None = None


class CorrectPlanVersion(PlanVersionCorrected, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="plan_version"):
    """Say that it was another version of the plan."""

    to: StreamVersion


class CorrectEffectiveness(EffectivenessCorrected, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="effectiveness"):
    """Say that it was more or less effective."""

    to: OneToFive


class CorrectRating(RatingCorrected, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rating"):
    """Rate an objective otherwise: from null where it was not rated, to null where it should not have been."""

    to: OneToFive | None


class CorrectLevel(LevelCorrected, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="level"):
    """Rate one of Kirkpatrick's levels otherwise, from null where it was not rated, to null where it should not have been."""

    level: Annotated[int, Meta(ge=1, le=4)]
    to: OneToFive | None


class WorthBody(Worth, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an objective's change was worth, in a currency (ISO 4217, lower case), with the evaluator's own estimates, 0 to 100 per cent."""

    currency: Currency
    attribution: int
    confidence: int

    def __post_init__(self) -> None:
        require_amount(self.value)


class CorrectBenefit(BenefitCorrected, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="benefit"):
    """Value an objective's change otherwise: from null to add a benefit, to null to take one back."""

    from_: WorthBody | None = field(name="from")
    to: WorthBody | None


class CorrectSummary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="summary"):
    """Say it in other words. `seen` is the version of the evaluation that you read."""

    to: Prose | None
    seen: StreamVersion


CorrectionBody: TypeAlias = CorrectPlanVersion | CorrectEffectiveness | CorrectRating | CorrectLevel | CorrectBenefit | CorrectSummary


class CorrectEvaluation(Command, frozen=True, kw_only=True):
    """Corrects one thing in a judgement of one's own. `corrects_version` is the stream version that holds it, the `version` of the judgement.

    `from` is the value that you read. Why is said by a code of the organization's list, by at least ten characters of reason, or both.
    """

    corrects_version: StreamVersion
    correction: CorrectionBody
    reason_code: Code | None = None
    reason: Prose | None = None


class AcknowledgeEvaluation(Command, frozen=True, kw_only=True):
    """Takes note of what was judged, as the client, at any time. `seen` is the version of the evaluation that you read."""

    seen: StreamVersion


class ScheduleProgramPoint(Command, frozen=True, kw_only=True):
    """Plans an evaluation that the rules of the program ask for. It follows from beginning or ending an engagement."""

    evaluation_id: UUID
    engagement_id: UUID
    kind: EvaluationKind
    point: Code
    due_on: date
    evaluators: tuple[Party, ...]


class ShiftDueDate(Command, frozen=True, kw_only=True):
    """Moves an evaluation that is open and due on the first day of a pause or later by the days that it lasted. It follows from resuming."""

    paused_on: date
    days: Annotated[int, Meta(ge=1)]
