"""Commands by which a plan is drafted, proposed, approved and activated, and by which an agreed plan changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.plan.commands.objective import DefineAttainmentScale, DefineObjective, RefineObjective, ReprioritizeObjective
from domain.plan.commands.part import Cited, OverrideBody, Reasoned
from domain.plan.commands.strategy import AdoptStrategy, DropStrategy, ReviseStrategy
from domain.values import Code, Digest

Overrides: TypeAlias = Annotated[tuple[OverrideBody, ...], Meta(max_length=100)]
ProposableChange: TypeAlias = (
    DefineObjective | RefineObjective | ReprioritizeObjective | DefineAttainmentScale | AdoptStrategy | ReviseStrategy | DropStrategy
)


class DraftPlan(Command, frozen=True, kw_only=True):
    """Begin the coaching plan of an engagement. `template` is the id of a template of the organization, to begin with copies of its items.

    `language` is that in which the plan's objectives are written, else the template's or the organization's.
    """

    engagement_id: UUID
    template: Code | None = None
    language: Code | None = None


class ProposePlan(Command, frozen=True, kw_only=True):
    """Lay the plan before its parties: it gets a version and a digest of its content, which they approve."""


class ApprovePlan(Command, frozen=True, kw_only=True):
    """Approve the plan as you read it: exactly this version, with exactly this digest."""

    plan_version: int
    digest: Digest


class ActivatePlan(Command, frozen=True, kw_only=True):
    """Bring the approved plan into force. Every objective has to be SMART; the coach may override a code with a reason."""

    overrides: Overrides = ()


class ProposeChange(Reasoned, frozen=True, kw_only=True):
    """Propose a change of what was agreed: `change` is the command that would make it, named in its field `command`.

    A reason given here also stands for that of the change. The coach may override codes of the SMART gate.
    """

    change: ProposableChange
    evidence: Cited = ()
    overrides: Overrides = ()


class AcceptChange(Command, frozen=True, kw_only=True):
    """Accept a proposed change. When the last party needed has accepted, it happens, and the plan has its next version."""

    change_id: UUID
    overrides: Overrides = ()


class DeclineChange(Reasoned, frozen=True, kw_only=True):
    """Decline a proposed change: it will not happen."""

    change_id: UUID


class ShiftDueDates(Command, frozen=True, kw_only=True):
    """Move what is open and due on the first day of a pause or later by the days that it lasted. It follows from resuming."""

    paused_on: date
    days: Annotated[int, Meta(ge=1)]
