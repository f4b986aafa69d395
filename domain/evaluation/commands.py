"""What may be asked of an evaluation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct

from domain.command import Command, Report
from domain.evaluation.events import Benefit, LevelRating
from domain.glossary import EvaluationKind, Party
from domain.values import Code, Prose

OneToFive: TypeAlias = Annotated[int, Meta(ge=1, le=5)]
PerCent: TypeAlias = Annotated[int, Meta(ge=0, le=100)]


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
    """What an objective's change was worth, in a currency (ISO 4217, lower case), with the evaluator's own estimates in per cent."""

    currency: Annotated[str, Meta(pattern=r"^[a-z]{3}$(?!\n)")]
    attribution: PerCent
    confidence: PerCent

    def __post_init__(self) -> None:
        if not self.value.is_finite() or abs(self.value) >= 10**12 or self.value != round(self.value, 2):
            raise ValueError("the value is an amount below 10^12 with at most two places")


class ScheduleEvaluation(Command, frozen=True, kw_only=True):
    """Plans that the evaluators judge the plan by a day. `point` is one of the program's points, or a name of your own."""

    engagement_id: UUID
    kind: EvaluationKind
    point: Code
    due_on: date
    evaluators: Annotated[tuple[Party, ...], Meta(min_length=1, max_length=3)] = ("client", "coach")


class RecordEvaluation(Report, frozen=True, kw_only=True):
    """Records the judgement of one evaluator, who is the one that sends it, about one version of the plan."""

    plan_version: Annotated[int, Meta(ge=1)]
    effectiveness: OneToFive
    ratings: Annotated[tuple[ObjectiveRatingBody, ...], Meta(max_length=50)] = ()
    levels: Annotated[tuple[LevelRatingBody, ...], Meta(max_length=4)] = ()
    benefits: Annotated[tuple[BenefitBody, ...], Meta(max_length=50)] = ()
    summary: Prose | None = None


class ShiftDueDate(Command, frozen=True, kw_only=True):
    """Moves an evaluation that is open and due on the first day of a pause or later by the days that it lasted. It follows from resuming."""

    paused_on: date
    days: Annotated[int, Meta(ge=1)]
