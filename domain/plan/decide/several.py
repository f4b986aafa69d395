"""Deciding about several items at once: each by the rule of its own command, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.errors.plan import NamedTwice
from domain.event import Event
from domain.plan.commands import AdjustMilestone, MoveDueDates, RescheduleAction
from domain.plan.commands.several import Move, MoveMilestone
from domain.plan.context import PlanContext
from domain.plan.decide.action import reschedule_action
from domain.plan.decide.lookup import pointing_into
from domain.plan.decide.milestone import adjust_milestone
from domain.plan.decide.table import decide
from domain.plan.state import PlanState
from domain.rules import require_reason


@decide.on(MoveDueDates)
def move_due_dates(state: PlanState, command: MoveDueDates, context: PlanContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    moved: set[UUID] = set()
    events: list[Event] = []
    for place, move in enumerate(command.moves):
        with pointing_into(f"/moves/{place}"):
            if item_of(move) in moved:
                raise NamedTwice()
            moved.add(item_of(move))
            events.extend(moved_by(state, move, command, context))
    return events


def item_of(move: Move) -> UUID:
    return move.milestone_id if isinstance(move, MoveMilestone) else move.action_id


def moved_by(state: PlanState, move: Move, command: MoveDueDates, context: PlanContext) -> Sequence[Event]:
    """What the move would be on its own, with the reason that all have in common."""
    if isinstance(move, MoveMilestone):
        adjusting = AdjustMilestone(
            milestone_id=move.milestone_id,
            from_=move.from_,
            to=move.to,
            initiated_by=command.initiated_by,
            reason_code=command.reason_code,
            reason=command.reason,
        )
        return adjust_milestone(state, adjusting, context)
    rescheduling = RescheduleAction(
        action_id=move.action_id,
        from_=move.from_,
        to=move.to,
        initiated_by=command.initiated_by,
        reason_code=command.reason_code,
        reason=command.reason,
    )
    return reschedule_action(state, rescheduling, context)
