"""Commands by which progress is measured, reviewed and corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from domain.command import Report
from domain.plan.commands.part import Cited, Part, Reasoned
from domain.values import Code, Label, Prose

StreamVersion = Annotated[int, Meta(ge=1)]
"""The version at which an entry stands in the plan's stream."""


class MeasureProgress(Report, frozen=True, kw_only=True):
    """Record a value of an objective's measure, taken at `occurred_at`. `unit`, if given, has to be the measure's."""

    objective_id: UUID
    value: Decimal
    source: Code
    unit: Label | None = None
    comment: Prose | None = None


class CorrectMeasurement(Reasoned, frozen=True, kw_only=True):
    """Correct a measured value or a baseline. `corrects_version` is the stream version that holds it; `from` what it says now."""

    objective_id: UUID
    corrects_version: StreamVersion
    from_: Decimal = field(name="from")
    to: Decimal


class DecisionBody(Part, frozen=True, kw_only=True):
    """What the review decided about an objective or, without one, about the plan, and what that rests on."""

    decision: Literal["keep", "refine", "add", "drop"]
    objective_id: UUID | None = None
    note: Prose | None = None
    evidence: Cited = ()


class ReviewPlan(Report, frozen=True, kw_only=True):
    """Record a review of the plan: who took part, what was decided on which evidence, and when the next one is.

    A next review further off than the organization's cadence needs a reason.
    """

    decisions: Annotated[tuple[DecisionBody, ...], Meta(max_length=50)]
    next_review_on: date
    participants: Annotated[tuple[UUID, ...], Meta(max_length=20)] = ()
    reason_code: Code | None = None
    reason: Prose | None = None


class WithdrawEntry(Reasoned, frozen=True, kw_only=True):
    """Take a report back: an action done, a milestone reached or missed, an objective concluded. `corrects_version` is where it stands."""

    corrects_version: StreamVersion


class AcknowledgeWin(Report, frozen=True, kw_only=True):
    """Acknowledge a small victory: what was won, and the action or the milestone that it came from, if it came from one."""

    what: Prose
    action_id: UUID | None = None
    milestone_id: UUID | None = None
