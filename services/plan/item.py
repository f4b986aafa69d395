"""What else a plan holds, as the API shows it: strategies, actions, milestones, wins, and changes that wait."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.event import STORED
from domain.glossary import Party
from domain.plan.state import Action, Milestone, ProposedChange, Strategy, Win
from domain.plan.terms import Benchmark, StrategyKind
from domain.values import Code
from services.reading.view import Sight, Text


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

    `times_moved` counts how often its due date was moved. `session_id` is the session in which it was promised, the other two
    what it is for.
    """

    id: UUID
    text: Text | None
    owner: UUID
    due_on: date
    times_moved: int
    dropped: bool
    completed: int | None
    completed_on: date | None
    strategy_id: UUID | None
    objective_id: UUID | None
    session_id: UUID | None


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
        strategy_id=one.strategy_id,
        objective_id=one.objective_id,
        session_id=one.session_id,
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
