"""A plan as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.glossary import Party
from domain.plan.smart.verdict import Lint
from domain.plan.state import PlanState, PlanStatus
from domain.values import Code, Digest
from projections.current import Current
from services.plan.attainment import AttainmentAnswer, attainment_answer
from services.plan.item import (
    ActionAnswer,
    ChangeAnswer,
    MilestoneAnswer,
    StrategyAnswer,
    WinAnswer,
    action_answer,
    change_answer,
    milestone_answer,
    strategy_answer,
    win_answer,
)
from services.plan.objective import ObjectiveAnswer, objective_answer
from services.plan.voice import CommentAnswer, ExerciseAnswer, InputAnswer, comment_answer, exercise_answer, input_answer
from services.reading.view import WITHHELD, Hidden, Named, Sight


class ApprovalAnswer(Struct, frozen=True, kw_only=True):
    """What a party approved last; `current` while that is what the plan says now."""

    party: Party
    by: UUID
    at: datetime
    plan_version: int
    digest: Digest
    current: bool


class PlanAnswer(Struct, frozen=True, kw_only=True):
    """A plan as it stands. `version` is the stream's; `plan_version` and `digest` are what an approval names.

    A sponsor finds here only what the client's consent grants, of what was proposed or agreed, and no stream version. All
    else is withheld, also how the plan stands and since when: without consent to anything that it says they know that there
    is one, which the agreement tells them, and while it is a draft they know no more. An empty list says that there is nothing.
    Of `comments` a sponsor finds their own.
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
    inputs: tuple[InputAnswer, ...] | Hidden
    exercises: tuple[ExerciseAnswer, ...] | Hidden
    comments: tuple[CommentAnswer, ...]
    attainment: AttainmentAnswer | UnsetType = UNSET
    people: tuple[Named, ...] = ()


NO_LINTS: Final[Mapping[UUID, Lint]] = {}


def plan_answer(
    current: Current[PlanState],
    progress: Mapping[UUID, Decimal | None],
    people: tuple[Named, ...],
    seen: Sight,
    *,
    reader: UUID | None,
    counts: bool,
    lints: Mapping[UUID, Lint] = NO_LINTS,
) -> PlanAnswer:
    """`reader` is the person who reads, None for several; `counts`: they may know the stream's versions; `lints` stand in for the verdicts that the plan holds."""
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
        inputs=tuple(input_answer(one, seen) for one in plan.inputs if one.by not in seen.others) if seen.drafts else WITHHELD,
        exercises=tuple(exercise_answer(one, seen, plan.client_id == reader) for one in plan.exercises.values())
        if seen.drafts
        else WITHHELD,
        comments=tuple(comment_answer(one, seen, reader) for one in plan.comments if seen.drafts or one.by == reader),
        attainment=attainment_answer(plan) if agreed and "attainment" in seen.classes else UNSET,
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


class PlansAnswer(Struct, frozen=True, kw_only=True):
    """A page of plans; `next_cursor` leads to the next one."""

    items: tuple[PlanAnswer, ...]
    next_cursor: str | UnsetType = UNSET
