"""How a plan is drafted, proposed, approved and activated."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.smart.verdict import Lint, SmartCode
from domain.values import Digest, OfAuthor, StoredCode


@stored("plan.plan_drafted")
class PlanDrafted(Event, frozen=True, kw_only=True):
    """An engagement's plan was begun. `plan_id` is its own stream, where the chain of its digest starts."""

    plan_id: UUID
    engagement_id: UUID
    client_id: UUID
    template: StoredCode | None
    language: StoredCode


class ObjectiveLint(Struct, frozen=True, kw_only=True):
    """The lint's verdict on one objective of the plan."""

    objective_id: UUID
    lint: Lint


class Override(Struct, frozen=True, kw_only=True):
    """A blocking code that the coach lets pass, and why."""

    objective_id: UUID
    code: SmartCode
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """The due date of a milestone on the day the plan became active: from then on its original one."""

    milestone_id: UUID
    objective_id: UUID
    due_on: date


@stored("plan.plan_proposed")
class PlanProposed(Event, frozen=True, kw_only=True):
    """The plan was laid before its parties, as this version with this content."""

    plan_version: int
    digest: Digest
    lints: tuple[ObjectiveLint, ...]
    proposed_by: Party


@stored("plan.plan_approved")
class PlanApproved(Event, frozen=True, kw_only=True):
    """A party agreed to exactly this version with this content."""

    party: Party
    plan_version: int
    digest: Digest


@stored("plan.plan_activated")
class PlanActivated(Event, frozen=True, kw_only=True):
    """The plan came into force, judged by its lint and what was overridden."""

    plan_version: int
    digest: Digest
    activated_on: date
    timeline: tuple[TimelineEntry, ...]
    lints: tuple[ObjectiveLint, ...]
    overrides: tuple[Override, ...]
    smart_gate: bool


@stored("plan.due_dates_shifted", schema_v=2)
class DueDatesShifted(Event, frozen=True, kw_only=True):
    """A pause of the engagement moved what was open and due on its first day (`paused_on`) or later, by the `days` that it lasted.

    That is no adjustment: the original dates of milestones move with their due dates.
    """

    paused_on: date
    days: int
    objectives: tuple[UUID, ...]
    actions: tuple[UUID, ...]
    milestones: tuple[UUID, ...]
    exercises: tuple[UUID, ...]
