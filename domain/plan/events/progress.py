"""What is measured, reviewed and corrected while a plan is active."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct, field

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.events.reason import ReasonedEvent
from domain.plan.terms import Evidence
from domain.values import Instant, OfAuthor, OfClient, StoredCode

EntryKind: TypeAlias = Literal["action_completed", "milestone_reached", "objective_concluded", "milestone_missed"]
"""The reports that can be withdrawn."""


@stored("plan.progress_measured")
class ProgressMeasured(Event, frozen=True, kw_only=True):
    """A value of an objective's measure was taken: when, on which business day, and who or what says so."""

    objective_id: UUID
    measure_version: int
    value: Decimal
    at: Instant
    on: date
    source: StoredCode
    comment: OfAuthor[str] | None


@stored("plan.measurement_corrected")
class MeasurementCorrected(ReasonedEvent, frozen=True, kw_only=True):
    """A measured value or a baseline was wrong. `corrects_version` is the stream version that holds it; both values stay known."""

    objective_id: UUID
    corrects_version: int
    from_: Decimal = field(name="from")
    to: Decimal


class ReviewDecision(Struct, frozen=True, kw_only=True):
    """What a review decided about an objective, or (without one) about the plan, and what that rests on."""

    decision: Literal["keep", "refine", "add", "drop"]
    objective_id: UUID | None
    note: OfAuthor[str] | None
    evidence: tuple[Evidence, ...]


@stored("plan.plan_reviewed")
class PlanReviewed(ReasonedEvent, frozen=True, kw_only=True):
    """The plan was looked at together. The reason says why the next review lies further off than the cadence, if it does."""

    review_no: int
    reviewed_on: date
    decisions: tuple[ReviewDecision, ...]
    next_review_on: date
    participants: tuple[UUID, ...]


@stored("plan.entry_withdrawn")
class EntryWithdrawn(ReasonedEvent, frozen=True, kw_only=True):
    """A report was wrong: the action is not done, the milestone not reached (or not missed), the objective not concluded after all."""

    corrects_version: int
    entry: EntryKind
    item_id: UUID


@stored("plan.win_acknowledged")
class WinAcknowledged(Event, frozen=True, kw_only=True):
    """A small victory was seen and named, with the action or the milestone that it came from, if it came from one."""

    win_id: UUID
    what: OfClient[str]
    on: date
    action_id: UUID | None
    milestone_id: UUID | None
    acknowledged_by: Party
