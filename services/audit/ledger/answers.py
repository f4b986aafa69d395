"""Changes of what was agreed, as the API tells them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, field

from domain.values import Code
from projections.kpi.value import Kpi
from projections.ledger.line import Flag, Kind
from services.audit.answers import EvidenceAnswer
from services.reading.view import Named, Text


class LineAnswer(Struct, frozen=True, kw_only=True):
    """One change: what of what, from what to what, by whom, on whose wish, why, and what stands out about it.

    `days` is how far a date was moved, later if positive. `detail` is the field that was changed, the party that agreed, or the
    report that was withdrawn. `waiting_since` is when the change was proposed, or made that is approved here. `pace` is that of
    the objective when its target was lowered: progress over the elapsed share of its time, 1 being on pace. `coach_id` is who
    coached then.
    """

    kind: Kind
    occurred_at: datetime
    recorded_at: datetime
    actor: UUID
    role: Code
    on_behalf_of: UUID | None
    channel: Code
    initiator: Code | None
    client_id: UUID | None
    coach_id: UUID | None
    program_id: UUID | None
    engagement_id: UUID
    plan_id: UUID | None
    objective_id: UUID | None
    milestone_id: UUID | None
    item_id: UUID | None
    change_id: UUID | None
    detail: Code | None
    from_: str | None = field(name="from")
    to: str | None
    days: int | None
    reason_code: Code | None
    reason: Text | None
    flags: tuple[Flag, ...]
    waiting_since: datetime | None
    pace: Decimal | None
    evidence: EvidenceAnswer


class LedgerAnswer(Struct, frozen=True, kw_only=True):
    """A page of changes, the newest first."""

    items: tuple[LineAnswer, ...]
    people: tuple[Named, ...]
    next_cursor: str | UnsetType = UNSET


class MovesAnswer(Struct, frozen=True, kw_only=True):
    """A milestone's due date when the plan was agreed (or when it was set, if later) against the one in force.

    `drift_days` is from the original date to the day on which it was reached, or to the date in force.
    """

    milestone_id: UUID
    objective_id: UUID
    original: date
    current: date
    moves: int
    drift_days: int
    reached_on: date | None
    withdrawn: bool


class PlanLedgerAnswer(Struct, frozen=True, kw_only=True):
    """A page of a plan's changes, the newest first, with what they come to for its milestones as of today.

    `rigid_days`: for how many days the plan was not thought over although it is behind, if more than 60. `thrash_changes`: how
    often it was in the last 30 days, if more than four times.
    """

    plan_id: UUID
    engagement_id: UUID
    milestones: tuple[MovesAnswer, ...]
    indicators: tuple[Kpi, ...]
    rigid_days: int | None
    thrash_changes: int | None
    items: tuple[LineAnswer, ...]
    people: tuple[Named, ...]
    next_cursor: str | UnsetType = UNSET
