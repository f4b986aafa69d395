"""A plan as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.event import STORED
from domain.glossary import Party
from domain.plan.smart.verdict import Lint
from domain.plan.state import Action, Milestone, PlanState, PlanStatus, ProposedChange, Strategy, Win
from domain.plan.terms import Benchmark, StrategyKind
from domain.values import Code, Digest
from projections.current import Current
from services.plan.objective import ObjectiveAnswer, objective_answer
from services.view import WITHHELD, Hidden, Named, Sight, Text


class ApprovalAnswer(Struct, frozen=True, kw_only=True):
    """What a party approved last; `current` while that is what the plan says now."""

    party: Party
    by: UUID
    at: datetime
    plan_version: int
    digest: Digest
    current: bool


class StrategyAnswer(Struct, frozen=True, kw_only=True):
    """A chosen way; `version` is the one that last set its words."""

    id: UUID
    title: Text | None
    kind: StrategyKind
    objective_ids: tuple[UUID, ...]
    hours_per_week: Decimal | None
    obstacles: Text | None
    client_fit: int | None
    dropped: bool
    version: int


class ActionAnswer(Struct, frozen=True, kw_only=True):
    """A promise, with whose it is; `completed` is the version of the report that it is done, `completed_on` the day.

    `times_moved` counts how often its due date was moved.
    """

    id: UUID
    text: Text | None
    owner: UUID
    due_on: date
    times_moved: int
    dropped: bool
    completed: int | None
    completed_on: date | None


class AdjustmentAnswer(Struct, frozen=True, kw_only=True):
    """One move: from which date to which, by whom, on whose wish, and why."""

    version: int
    from_on: date
    to_on: date
    shift_days: int
    actor: UUID
    initiated_by: Party
    reason_code: Code | None
    reason: Text | None


class MilestoneAnswer(Struct, frozen=True, kw_only=True):
    """A dated benchmark with its original and its current date.

    `reached` is the version of the report that it was reached, `reached_on` the day. `missed` while its current date has
    passed and was noted as missed; `withdrawn` when it is no part of the plan any more.
    """

    id: UUID
    objective_id: UUID
    title: Text | None
    due_on: date
    original_due: date
    benchmark: Benchmark | None
    adjustments: tuple[AdjustmentAnswer, ...]
    reached: int | None
    reached_on: date | None
    missed: bool = False
    withdrawn: bool = False


class WinAnswer(Struct, frozen=True, kw_only=True):
    """A small victory, with the action or the milestone that it came from, if it came from one."""

    id: UUID
    what: Text | None
    on: date
    action_id: UUID | None
    milestone_id: UUID | None
    acknowledged_by: Party


class ChangeAnswer(Struct, frozen=True, kw_only=True):
    """A change that waits for an answer: what kind of change, and who has agreed to it."""

    id: UUID
    kind: Code
    accepted_by: tuple[Party, ...]
    version: int | UnsetType = UNSET


class PlanAnswer(Struct, frozen=True, kw_only=True):
    """A plan as it stands. `version` is the stream's; `plan_version` and `digest` are what an approval names.

    A sponsor finds here only what the client's consent grants, of what was proposed or agreed, and no stream version. All
    else is withheld, also how the plan stands and since when: without consent to anything that it says they know that there
    is one, which the agreement tells them, and while it is a draft they know no more. An empty list says that there is nothing.
    """

    id: UUID
    engagement_id: UUID
    client_id: UUID
    status: PlanStatus | Hidden
    plan_version: int | Hidden
    digest: Digest | Hidden
    version: int | UnsetType = UNSET
    language: Code | Hidden
    activated_at: datetime | Hidden | None
    reviews: int | Hidden
    approvals: tuple[ApprovalAnswer, ...] | Hidden
    objectives: tuple[ObjectiveAnswer, ...] | Hidden
    strategies: tuple[StrategyAnswer, ...] | Hidden
    actions: tuple[ActionAnswer, ...] | Hidden
    milestones: tuple[MilestoneAnswer, ...] | Hidden
    wins: tuple[WinAnswer, ...] | Hidden
    changes: tuple[ChangeAnswer, ...] | Hidden
    people: tuple[Named, ...] = ()


NO_LINTS: Final[Mapping[UUID, Lint]] = {}


def plan_answer(
    current: Current[PlanState],
    progress: Mapping[UUID, Decimal | None],
    people: tuple[Named, ...],
    seen: Sight,
    *,
    counts: bool,
    lints: Mapping[UUID, Lint] = NO_LINTS,
) -> PlanAnswer:
    """`counts`: the reader may know the stream's versions; `lints` stand in for the verdicts that the plan holds."""
    plan = current.state
    agreed = seen.drafts or plan.status != "draft"
    readable = agreed and bool(seen.classes & {"objective_titles", "progress", "attainment"})
    approvable = agreed and "objective_titles" in seen.classes
    return PlanAnswer(
        id=plan.id,
        engagement_id=plan.engagement_id,
        client_id=plan.client_id,
        status=plan.status if readable else WITHHELD,
        plan_version=plan.plan_version if approvable else WITHHELD,
        digest=plan.digest if approvable else WITHHELD,
        version=current.version if counts else UNSET,
        language=plan.language if readable else WITHHELD,
        activated_at=plan.activated_at if readable else WITHHELD,
        reviews=plan.reviews if seen.drafts else WITHHELD,
        approvals=approvals(plan) if approvable else WITHHELD,
        objectives=tuple(objective_answer(one, progress.get(id), seen, lints.get(id, one.lint)) for id, one in plan.objectives.items())
        if readable
        else WITHHELD,
        strategies=tuple(strategy_answer(one, seen) for one in plan.strategies.values()) if seen.drafts else WITHHELD,
        actions=tuple(action_answer(one, seen) for one in plan.actions.values()) if seen.drafts else WITHHELD,
        milestones=tuple(milestone_answer(one, seen) for one in plan.milestones.values()) if seen.drafts else WITHHELD,
        wins=tuple(win_answer(one, seen) for one in plan.wins) if seen.drafts else WITHHELD,
        changes=tuple(change_answer(one, counts) for one in plan.changes.values() if not one.decided) if approvable else WITHHELD,
        people=people,
    )


def approvals(plan: PlanState) -> tuple[ApprovalAnswer, ...]:
    return tuple(
        ApprovalAnswer(
            party=party,
            by=one.by,
            at=one.at,
            plan_version=one.plan_version,
            digest=one.digest,
            current=(one.plan_version, one.digest) == (plan.plan_version, plan.digest),
        )
        for party, one in plan.approvals.items()
    )


def strategy_answer(one: Strategy, seen: Sight) -> StrategyAnswer:
    return StrategyAnswer(
        id=one.id,
        title=seen.text(one.terms.title),
        kind=one.terms.kind,
        objective_ids=one.terms.objective_ids,
        hours_per_week=one.terms.realism.hours_per_week,
        obstacles=seen.text(one.terms.realism.obstacles),
        client_fit=one.terms.client_fit,
        dropped=one.dropped,
        version=one.touch.version,
    )


def action_answer(one: Action, seen: Sight) -> ActionAnswer:
    return ActionAnswer(
        id=one.id,
        text=seen.text(one.text),
        owner=one.owner,
        due_on=one.due_on,
        times_moved=one.times_moved,
        dropped=one.dropped,
        completed=one.completed,
        completed_on=one.completed_on,
    )


def milestone_answer(one: Milestone, seen: Sight) -> MilestoneAnswer:
    moves = tuple(
        AdjustmentAnswer(
            version=move.version,
            from_on=move.from_on,
            to_on=move.to_on,
            shift_days=move.shift_days,
            actor=move.actor,
            initiated_by=move.initiated_by,
            reason_code=move.reason_code,
            reason=seen.text(move.reason),
        )
        for move in one.adjustments
    )
    return MilestoneAnswer(
        id=one.id,
        objective_id=one.objective_id,
        title=seen.text(one.title),
        due_on=one.due_on,
        original_due=one.original_due,
        benchmark=one.benchmark,
        adjustments=moves,
        reached=one.reached,
        reached_on=one.reached_on,
        missed=one.is_missed,
        withdrawn=one.withdrawn,
    )


def win_answer(one: Win, seen: Sight) -> WinAnswer:
    return WinAnswer(
        id=one.id,
        what=seen.text(one.what),
        on=one.on,
        action_id=one.action_id,
        milestone_id=one.milestone_id,
        acknowledged_by=one.acknowledged_by,
    )


def change_answer(one: ProposedChange, counts: bool) -> ChangeAnswer:
    kind = STORED[type(one.change)].name.rpartition(".")[2]
    return ChangeAnswer(id=one.id, kind=kind, accepted_by=one.accepted_by, version=one.version if counts else UNSET)


class PlansAnswer(Struct, frozen=True, kw_only=True):
    """A page of plans; `next_cursor` leads to the next one."""

    items: tuple[PlanAnswer, ...]
    next_cursor: str | UnsetType = UNSET
