"""What happens to a milestone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import field

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.events.reason import ReasonedEvent
from domain.plan.terms import Benchmark, Evidence
from domain.values import OfClient


@stored("plan.milestone_set")
class MilestoneSet(Event, frozen=True, kw_only=True):
    """A benchmark for progress got a day: a value to measure, or what will show it (`evidence`)."""

    milestone_id: UUID
    objective_id: UUID
    title: OfClient[str]
    due_on: date
    benchmark: Benchmark | None
    evidence: OfClient[str] | None
    set_by: Party
    initiated_by: Party


@stored("plan.milestone_adjusted")
class MilestoneAdjusted(ReasonedEvent, frozen=True, kw_only=True):
    """A milestone's due date was moved by `shift_days`, later if positive. `initiated_by` is whose wish it was."""

    milestone_id: UUID
    from_: date = field(name="from")
    to: date
    shift_days: int
    adjusted_by: Party
    initiated_by: Party
    evidence: tuple[Evidence, ...]


@stored("plan.milestone_reached")
class MilestoneReached(ReasonedEvent, frozen=True, kw_only=True):
    """A milestone was reached. `benchmark_met` is null where it has none; when false, the reason says why it counts."""

    milestone_id: UUID
    on: date
    measured_value: Decimal | None
    benchmark_met: bool | None
    evidence: OfClient[str] | None


@stored("plan.milestone_missed")
class MilestoneMissed(Event, frozen=True, kw_only=True):
    """The day on which a milestone was due passed without it, which is noted once a due date. It can still be reached, or moved."""

    milestone_id: UUID
    due_on: date


@stored("plan.milestone_withdrawn")
class MilestoneWithdrawn(ReasonedEvent, frozen=True, kw_only=True):
    """A milestone was taken out of the plan. `due_on` is the day for which it stood in it."""

    milestone_id: UUID
    due_on: date
    withdrawn_by: Party
    initiated_by: Party
