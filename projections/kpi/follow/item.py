"""Strategies, actions and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from projections.kpi.facts import Action, Adjustment, Due, Facts, Milestone, with_action, with_milestone, with_objective
from projections.kpi.follow.table import changed, follow

for kind in (plan.StrategyAdopted, plan.StrategyRevised, plan.StrategyDropped):
    follow.on(kind)(changed)


@follow.on(plan.ActionCommitted)
def action_committed(facts: Facts, recorded: Recorded[plan.ActionCommitted]) -> Facts:
    event = recorded.event
    action = Action(dues=(Due(recorded.occurred_at, event.due_on),))
    return changed(structs.replace(facts, actions={**facts.actions, event.action_id: action}), recorded)


@follow.on(plan.ActionRescheduled)
def action_rescheduled(facts: Facts, recorded: Recorded[plan.ActionRescheduled]) -> Facts:
    event = recorded.event
    dues = (*facts.actions[event.action_id].dues, Due(recorded.occurred_at, event.to))
    return changed(with_action(facts, event.action_id, dues=dues), recorded)


@follow.on(plan.ActionCompleted)
def action_completed(facts: Facts, recorded: Recorded[plan.ActionCompleted]) -> Facts:
    """Keeping a promise does not change the plan."""
    return with_action(facts, recorded.event.action_id, completed_on=recorded.event.completed_on)


@follow.on(plan.ActionDropped)
def action_dropped(facts: Facts, recorded: Recorded[plan.ActionDropped]) -> Facts:
    return changed(with_action(facts, recorded.event.action_id, dropped_at=recorded.occurred_at), recorded)


@follow.on(plan.MilestoneSet)
def milestone_set(facts: Facts, recorded: Recorded[plan.MilestoneSet]) -> Facts:
    event = recorded.event
    milestone = Milestone(objective_id=event.objective_id, dues=(Due(recorded.occurred_at, event.due_on),))
    return changed(structs.replace(facts, milestones={**facts.milestones, event.milestone_id: milestone}), recorded)


@follow.on(plan.MilestoneAdjusted)
def milestone_adjusted(facts: Facts, recorded: Recorded[plan.MilestoneAdjusted]) -> Facts:
    """A move while the plan is a draft is none: it only changes what the original date will be."""
    event, at = recorded.event, recorded.occurred_at
    if facts.activated_at is None:
        facts = with_milestone(facts, event.milestone_id, dues=(Due(at, event.to),))
    else:
        dues = (*facts.milestones[event.milestone_id].dues, Due(at, event.to))
        facts = with_milestone(facts, event.milestone_id, dues=dues)
        move = Adjustment(at, event.milestone_id, event.shift_days, event.reason_code or "none", event.initiated_by)
        facts = structs.replace(facts, adjustments=(*facts.adjustments, move))
    return changed(facts, recorded)


@follow.on(plan.MilestoneReached)
def milestone_reached(facts: Facts, recorded: Recorded[plan.MilestoneReached]) -> Facts:
    return with_milestone(facts, recorded.event.milestone_id, reached_on=recorded.event.on)


@follow.on(plan.MilestoneWithdrawn)
def milestone_withdrawn(facts: Facts, recorded: Recorded[plan.MilestoneWithdrawn]) -> Facts:
    return changed(with_milestone(facts, recorded.event.milestone_id, withdrawn_at=recorded.occurred_at), recorded)


@follow.on(plan.DueDatesShifted)
def due_dates_shifted(facts: Facts, recorded: Recorded[plan.DueDatesShifted]) -> Facts:
    """No move of anybody's: the dates that these had before move, too, and nothing is adjusted."""
    event, by = recorded.event, timedelta(days=recorded.event.days)
    for id in event.objectives:
        due_on = facts.objectives[id].due_on
        assert due_on is not None  # only what is due moves
        facts = with_objective(facts, id, due_on=due_on + by)
    for id in event.actions:
        facts = with_action(facts, id, dues=later(facts.actions[id].dues, by))
    for id in event.milestones:
        facts = with_milestone(facts, id, dues=later(facts.milestones[id].dues, by))
    return facts


def later(dues: Sequence[Due], by: timedelta) -> tuple[Due, ...]:
    return tuple(structs.replace(due, on=due.on + by) for due in dues)
