"""What happens to an objective, its baseline and its scale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct, field

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.events.reason import ReasonedEvent
from domain.plan.smart.verdict import Lint
from domain.plan.terms import (
    AttainmentLevel,
    Baseline,
    Confidence,
    Evidence,
    InputSubject,
    Links,
    Measure,
    ObjectiveTerms,
    Outcome,
    ScaleTerms,
    Stance,
    Weight,
)
from domain.values import OfClient, StoredCode


@stored("plan.objective_defined", schema_v=2)
class ObjectiveDefined(Event, frozen=True, kw_only=True, tag_field="event", tag="objective_defined"):
    """An objective was put into the plan. `change_id` names the accepted change that brought it, once the plan is agreed."""

    objective_id: UUID
    terms: ObjectiveTerms
    defined_by: Party
    lint: Lint
    change_id: UUID | None


class TitleRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="title"):
    """Other words for the objective. `replaces` is the stream version that last set them."""

    to: OfClient[str]
    replaces: int


class WhyRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="why"):
    """Another reason of the client for the objective."""

    to: OfClient[str] | None
    replaces: int


class OutcomeAreaRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="outcome_area"):
    """Another area in which the outcome is to show."""

    from_: StoredCode | None = field(name="from")
    to: StoredCode | None


class LinksRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="links"):
    """Another need or sponsor's outcome that the objective serves."""

    from_: Links = field(name="from")
    to: Links


class TargetRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="target"):
    """Another value to reach."""

    from_: Decimal | None = field(name="from")
    to: Decimal | None


class DueRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="due_on"):
    """Another day until which the objective is to be reached."""

    from_: date | None = field(name="from")
    to: date | None


class ConfidenceRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="confidence"):
    """How sure the client is by now."""

    from_: Confidence | None = field(name="from")
    to: Confidence | None
    comment: OfClient[str] | None


class MeasureRefined(Struct, frozen=True, kw_only=True, tag_field="field", tag="measure"):
    """The same measure, described better; its numbers stay."""

    to: Measure
    replaces: int


class MeasureReplaced(Struct, frozen=True, kw_only=True, tag_field="field", tag="new_measure"):
    """Another measure with its own baseline and target: the next version of the objective's measure, from 1."""

    to: Measure
    version: int
    baseline: Baseline | None
    baseline_by: date | None
    target: Decimal | None
    replaces: int


Refinement: TypeAlias = (
    TitleRefined
    | WhyRefined
    | OutcomeAreaRefined
    | LinksRefined
    | TargetRefined
    | DueRefined
    | ConfidenceRefined
    | MeasureRefined
    | MeasureReplaced
)


@stored("plan.objective_refined", schema_v=2)
class ObjectiveRefined(ReasonedEvent, frozen=True, kw_only=True, tag_field="event", tag="objective_refined"):
    """One thing about an objective was changed."""

    objective_id: UUID
    refinement: Refinement
    evidence: tuple[Evidence, ...]
    refined_by: Party
    lint: Lint
    change_id: UUID | None


@stored("plan.objective_reprioritized")
class ObjectiveReprioritized(ReasonedEvent, frozen=True, kw_only=True, tag_field="event", tag="objective_reprioritized"):
    """An objective counts for more, or for less, among the others than it did."""

    objective_id: UUID
    from_: Weight = field(name="from")
    to: Weight
    reprioritized_by: Party
    change_id: UUID | None


@stored("plan.baseline_recorded", schema_v=2)
class BaselineRecorded(Event, frozen=True, kw_only=True):
    """Where an objective's measured value begins was found out. `from` is the value that it replaces."""

    objective_id: UUID
    measure_version: int
    from_: Decimal | None = field(name="from")
    baseline: Baseline


@stored("plan.attainment_scale_defined")
class AttainmentScaleDefined(Event, frozen=True, kw_only=True, tag_field="event", tag="attainment_scale_defined"):
    """Five levels of attainment were agreed for an objective. `version` counts the objective's scales from 1."""

    objective_id: UUID
    version: int
    terms: ScaleTerms
    defined_by: Party
    change_id: UUID | None


@stored("plan.client_input_recorded")
class ClientInputRecorded(Event, frozen=True, kw_only=True):
    """The client said what they think, or the coach quoted them (`quoted`)."""

    about: InputSubject
    about_id: UUID | None
    stance: Stance
    text: OfClient[str]
    quoted: bool


@stored("plan.objective_concluded")
class ObjectiveConcluded(ReasonedEvent, frozen=True, kw_only=True):
    """An objective was judged. `client_agrees` is null while only the coach has judged: until the client does, it is not concluded.

    `level` is on version `scale_version` of the attainment scale. False in `client_agrees` means that the client judged
    otherwise than the coach had; the client's judgement holds.
    """

    objective_id: UUID
    outcome: Outcome
    level: AttainmentLevel | None
    scale_version: int | None
    measured_value: Decimal | None
    rated_by: Literal["client", "coach"]
    client_agrees: bool | None
