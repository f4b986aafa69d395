"""Deciding about actions: promised, moved, done, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.errors import ItemUnknown, NotPermitted
from domain.errors.plan import ActionClosed, ActionDueAfterEngagement, AlreadyCompleted, DueInPast, OwnerNotAParty
from domain.event import Event
from domain.plan.commands import CommitAction, CompleteAction, DropAction, RescheduleAction
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_current
from domain.plan.decide.lookup import known_action, live_strategy, open_objective
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, of_client
from domain.plan.events import ActionCommitted, ActionCompleted, ActionDropped, ActionRescheduled
from domain.plan.state import Action, PlanState
from domain.rules import require_occurred_since, require_reason
from domain.values import OfClient


@decide.on(CommitAction)
def commit_action(state: PlanState, command: CommitAction, context: PlanContext) -> Sequence[Event]:
    if command.strategy_id is not None:
        live_strategy(state, command.strategy_id)
    if command.objective_id is not None:
        open_objective(state, command.objective_id)
    for person, pointer in ((command.owner, "/owner"), (command.accountable_to, "/accountable_to")):
        if person is not None and person not in context.engagement.parties and person not in context.engagement.members:
            raise OwnerNotAParty(pointer=pointer)
    if context.actor in context.engagement.members and command.owner != context.actor:
        raise NotPermitted("As a member of a group you promise what you do yourself: name yourself as its owner.", pointer="/owner")
    require_due_in_engagement(command.due_on, context, "/due_on")
    if command.session_id is not None and context.sessions is not None and command.session_id not in context.sessions:
        raise ItemUnknown("The engagement has no session with that id.", pointer="/session_id")
    return [
        ActionCommitted(
            action_id=context.ids[0],
            strategy_id=command.strategy_id,
            objective_id=command.objective_id,
            text=OfClient(command.text),
            owner=command.owner,
            due_on=command.due_on,
            first_step=of_client(command.first_step),
            accountable_to=command.accountable_to,
            session_id=command.session_id,
            committed_by=context.side,
        )
    ]


def require_due_in_engagement(due_on: date, context: PlanContext, pointer: str) -> None:
    """Today at the earliest, and not after the engagement."""
    end = context.engagement.planned_end
    if due_on < context.today:
        raise DueInPast(pointer=pointer)
    if end is not None and due_on > end:
        raise ActionDueAfterEngagement(pointer=pointer, planned_end=end)


@decide.on(RescheduleAction)
def reschedule_action(state: PlanState, command: RescheduleAction, context: PlanContext) -> Sequence[Event]:
    """Takes effect at once; the second of two movers learns who moved it meanwhile, and to which day."""
    require_reason(command.reason_code, command.reason, context.policy)
    action = open_action(state, command.action_id)
    if command.to == action.due_on:
        return []
    require_current(action.due_on, command.from_, action.touch)
    require_due_in_engagement(command.to, context, "/to")
    return [
        ActionRescheduled(
            action_id=action.id,
            from_=command.from_,
            to=command.to,
            times_moved=action.times_moved + 1,
            rescheduled_by=context.party,
            initiated_by=command.initiated_by or context.party,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def open_action(state: PlanState, action_id: UUID) -> Action:
    action = known_action(state, action_id)
    if action.dropped or action.completed is not None:
        raise ActionClosed()
    return action


@decide.on(CompleteAction)
def complete_action(state: PlanState, command: CompleteAction, context: PlanContext) -> Sequence[Event]:
    if known_action(state, command.action_id).completed is not None:
        raise AlreadyCompleted()
    require_own(known_action(state, command.action_id).owner, context)
    action = open_action(state, command.action_id)
    require_occurred_since(action.made_at, context)
    return [
        ActionCompleted(
            action_id=action.id,
            completed_on=context.today,
            evidence=of_client(command.evidence),
            effort_minutes=command.effort_minutes,
        )
    ]


def require_own(owner: UUID, context: PlanContext) -> None:
    """In a group nobody says for another that a promise is kept: a member only of their own, the first client of no member's."""
    group = context.engagement
    if context.actor in group.coached and owner != context.actor and not {owner, context.actor}.isdisjoint(group.members):
        raise NotPermitted("In a group each completes what they promised themselves.", pointer="/action_id")


@decide.on(DropAction)
def drop_action(state: PlanState, command: DropAction, context: PlanContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    action = open_action(state, command.action_id)
    return [
        ActionDropped(
            action_id=action.id,
            due_on=action.due_on,
            dropped_by=context.party,
            initiated_by=command.initiated_by or context.party,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]
