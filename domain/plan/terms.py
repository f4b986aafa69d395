"""What a plan is made of, as its events and its state hold it: the words in sealed form, the numbers in the clear."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct

from domain.glossary import Direction as Direction
from domain.glossary import MeasureKind as MeasureKind
from domain.glossary import StrategyKind as StrategyKind
from domain.values import Code, LabelOfClient, OfClient

Stance: TypeAlias = Literal["proposes", "agrees", "objects"]
"""How the client stands to what their input is about."""
InputSubject: TypeAlias = Literal["objective", "strategy", "timeline", "plan"]
"""What a client's input is about."""
ExerciseKind: TypeAlias = Literal["worksheet", "reflection_tool"]
"""What a coach offers the client to work with."""
CommentSubject: TypeAlias = Literal["objective", "evaluation"]
"""What a sponsor can comment on."""
Outcome: TypeAlias = Literal["attained", "partly_attained", "not_attained", "abandoned"]
"""How an objective ended."""
EvidenceKind: TypeAlias = Literal["kpi", "measurement", "evaluation"]
"""Where cited evidence comes from."""
AttainmentLevel: TypeAlias = Annotated[int, Meta(ge=-2, le=2)]
"""Goal attainment: 0 is what was expected, -2 much less, 2 much more (Kiresuk & Sherman 1968)."""
Confidence: TypeAlias = Annotated[int, Meta(ge=0, le=10)]
"""How sure the client is, from 0 to 10."""
HEAVIEST: Final = 9
Weight: TypeAlias = Annotated[int, Meta(ge=1, le=HEAVIEST)]
"""What an objective counts for among the others: importance times difficulty."""
Grade: TypeAlias = Annotated[int, Meta(ge=1, le=3)]
"""Importance or difficulty, from 1 to 3."""


class Band(Struct, frozen=True, kw_only=True):
    """From the lowest to the highest value, both included."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


class Measure(Struct, frozen=True, kw_only=True):
    """How it is known whether an objective is reached.

    `unit` is a label such as percent or days. `scope` holds the two ends of a measure of kind scale. `band` is what a
    maintained value stays inside. `source` is who or what gives the number.
    """

    name: OfClient[str]
    kind: MeasureKind
    unit: LabelOfClient[str] | None
    direction: Direction
    scope: Band | None
    band: Band | None
    source: LabelOfClient[str] | None


class Baseline(Struct, frozen=True, kw_only=True):
    """Where the measured value began: on which day, and who or what says so."""

    value: Decimal
    at: date
    source: LabelOfClient[str] | None = None


class Links(Struct, frozen=True, kw_only=True):
    """Why an objective matters beside the client's own reason: a need that an assessment found, an outcome the sponsor wants."""

    need_id: UUID | None = None
    sponsor_outcome_id: UUID | None = None


class ObjectiveTerms(Struct, frozen=True, kw_only=True):
    """What is agreed about one objective.

    `baseline_by` is the day by which a baseline that is not known yet will be taken. `language` is that of the title.
    """

    title: OfClient[str]
    why: OfClient[str] | None
    language: Code
    outcome_area: Code | None
    measure: Measure | None
    baseline: Baseline | None
    baseline_by: date | None
    target: Decimal | None
    due_on: date | None
    weight: Weight
    confidence: Confidence | None
    confidence_comment: OfClient[str] | None
    links: Links


class ScaleLevel(Struct, frozen=True, kw_only=True):
    """One of the five levels of a scale: what it looks like, and from which measured value on, if that can be said."""

    level: AttainmentLevel
    text: OfClient[str]
    anchor: Decimal | None


class ScaleTerms(Struct, frozen=True, kw_only=True):
    """Five described levels of attainment, agreed before the work, from which level the client starts, and the weight."""

    levels: tuple[ScaleLevel, ...]
    importance: Grade
    difficulty: Grade
    baseline_level: Literal[-2, -1]


class Realism(Struct, frozen=True, kw_only=True):
    """Whether a strategy fits into a life: its hours a week, and what stands in its way."""

    hours_per_week: Decimal | None
    obstacles: OfClient[str] | None


class StrategyTerms(Struct, frozen=True, kw_only=True):
    """What is agreed about one strategy. `client_fit` is how well the client says that it suits them, from 0 to 10."""

    title: OfClient[str]
    kind: StrategyKind
    objective_ids: tuple[UUID, ...]
    realism: Realism
    client_fit: Confidence | None


class Benchmark(Struct, frozen=True, kw_only=True):
    """The measured value that makes a milestone reached, on which version of its objective's measure."""

    value: Decimal
    measure_version: int


class Evidence(Struct, frozen=True, kw_only=True):
    """What a change or a decision rests on: a value, as it was on a day.

    `ref` names it: an indicator's slug, a measurement's stream version in this plan, or an evaluation's id.
    """

    kind: EvidenceKind
    ref: Code
    value: Decimal | None = None
    as_of: date
