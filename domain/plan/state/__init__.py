"""The plan as its decisions see it: folded from its events, personal values kept sealed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.glossary import Party
from domain.plan.state.item import Action, Adjustment, Entry, Milestone, Miss, PlanStatus, ProposedChange, Strategy, Win
from domain.plan.state.objective import Conclusion, Measurement, Objective, Scale, Touch
from domain.plan.state.voice import Answered, Comment, Exercise, Input
from domain.values import NIL, Digest, StoredCode

__all__ = [
    "Action",
    "Adjustment",
    "Answered",
    "Approval",
    "Comment",
    "Conclusion",
    "Entry",
    "Exercise",
    "Input",
    "Measurement",
    "Milestone",
    "Miss",
    "Objective",
    "PlanState",
    "PlanStatus",
    "ProposedChange",
    "Scale",
    "Strategy",
    "Touch",
    "Win",
]


class Approval(Struct, frozen=True, kw_only=True):
    """What a party approved last, and when."""

    plan_version: int
    digest: Digest
    by: UUID
    at: datetime


class PlanState(Struct, frozen=True, kw_only=True):
    """A plan. `plan_version` counts what was proposed and, later, accepted; `digest` is that of its content now.

    `entries` maps a stream version to the report that stands there.
    """

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    language: StoredCode = "en"
    drafted_at: datetime | None = None
    status: PlanStatus = "draft"
    digest: Digest = "0" * 64
    plan_version: int = 0
    approvals: dict[Party, Approval] = {}
    activated_at: datetime | None = None
    objectives: dict[UUID, Objective] = {}
    strategies: dict[UUID, Strategy] = {}
    actions: dict[UUID, Action] = {}
    milestones: dict[UUID, Milestone] = {}
    wins: tuple[Win, ...] = ()
    inputs: tuple[Input, ...] = ()
    comments: tuple[Comment, ...] = ()
    exercises: dict[UUID, Exercise] = {}
    changes: dict[UUID, ProposedChange] = {}
    entries: dict[int, Entry] = {}
    reviews: int = 0

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def open_objectives(self) -> list[Objective]:
        """Those that are not concluded, in order of definition."""
        return [objective for objective in self.objectives.values() if objective.outcome is None]

    @property
    def timeline(self) -> list[Milestone]:
        """The milestones that were not withdrawn, in the order in which they were set."""
        return [milestone for milestone in self.milestones.values() if not milestone.withdrawn]

    def has_checkpoint(self, objective_id: UUID, due_on: date | None) -> bool:
        """Whether a milestone of the objective lies before that day."""
        own = (one.due_on for one in self.timeline if one.objective_id == objective_id)
        return due_on is not None and any(due < due_on for due in own)
