"""Commands about milestones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import field

from domain.command import Command, Report
from domain.glossary import Party
from domain.plan.commands.part import Cited, Reasoned
from domain.values import Code, Line, Prose


class SetMilestone(Command, frozen=True, kw_only=True):
    """Set a benchmark for progress on a day: a value of the objective's measure, or in words what will show it.

    `initiated_by` is whose wish it is, if not that of who sends this.
    """

    objective_id: UUID
    title: Line
    due_on: date
    benchmark: Decimal | None = None
    evidence: Prose | None = None
    initiated_by: Party | None = None


class AdjustMilestone(Reasoned, frozen=True, kw_only=True):
    """Move a milestone. `from` is the due date as you read it; `initiated_by` is whose wish it is, if not your own."""

    milestone_id: UUID
    from_: date = field(name="from")
    to: date
    initiated_by: Party | None = None
    evidence: Cited = ()


class ReachMilestone(Report, frozen=True, kw_only=True):
    """Report a milestone as reached. A benchmark needs the measured value that meets it, or the reason why it counts anyway."""

    milestone_id: UUID
    measured_value: Decimal | None = None
    evidence: Prose | None = None
    reason_code: Code | None = None
    reason: Prose | None = None


class MissMilestone(Command, frozen=True, kw_only=True):
    """Note that the day on which a milestone was due has passed without it. `due_on` is the day that was seen to pass.

    Nothing follows when the milestone was reached, moved or withdrawn meanwhile, or when it was noted before.
    """

    milestone_id: UUID
    due_on: date


class WithdrawMilestone(Reasoned, frozen=True, kw_only=True):
    """Take a milestone out of the plan. `initiated_by` is whose wish it is, if not your own."""

    milestone_id: UUID
    initiated_by: Party | None = None
