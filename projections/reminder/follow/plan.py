"""How a plan becomes facts of reminders: what is due, drifts, or is worth a word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from projections.reminder.facts import Action, Completion, Due, Facts, Milestone, Objective, with_objective
from projections.reminder.follow.table import follow, happened, since, without

POSTPONEMENTS: Final = 2  # since the last review, then an objective drifts
CONFIDENCE: Final = 4  # below that, too
STREAK: Final = 3  # actions in a row, each done in time, are a small win
D = TypeVar("D", Action, Milestone)


@follow.on(plan.PlanDrafted)
def plan_drafted(facts: Facts, recorded: Recorded[plan.PlanDrafted]) -> Facts:
    return structs.replace(facts, plan_id=recorded.event.plan_id)


@follow.on(plan.PlanActivated)
def plan_activated(facts: Facts, recorded: Recorded[plan.PlanActivated]) -> Facts:
    due = Due(recorded.event.activated_on, since(recorded))
    return structs.replace(facts, activated=recorded.occurred_at, activated_on=due)


@follow.on(plan.ObjectiveDefined)
def objective_defined(facts: Facts, recorded: Recorded[plan.ObjectiveDefined]) -> Facts:
    event = recorded.event
    measurable = event.terms.measure is not None
    baseless = since(recorded) if measurable and event.terms.baseline is None else None
    objective = Objective(measurable=measurable, defined=recorded.occurred_at, since=since(recorded), baseless=baseless)
    return structs.replace(facts, objectives={**facts.objectives, event.objective_id: objective})


@follow.on(plan.ObjectiveRefined)
def objective_refined(facts: Facts, recorded: Recorded[plan.ObjectiveRefined]) -> Facts:
    objective_id = recorded.event.objective_id
    match recorded.event.refinement:
        case plan.MeasureReplaced(baseline=baseline):
            return with_objective(facts, objective_id, measurable=True, baseless=since(recorded) if baseline is None else None)
        case plan.ConfidenceRefined(to=to) if to is not None and to < CONFIDENCE:
            return drifting(facts, objective_id, recorded)
    return facts


@follow.on(plan.BaselineRecorded)
def baseline_recorded(facts: Facts, recorded: Recorded[plan.BaselineRecorded]) -> Facts:
    return with_objective(facts, recorded.event.objective_id, baseless=None)


@follow.on(plan.ProgressMeasured)
def progress_measured(facts: Facts, recorded: Recorded[plan.ProgressMeasured]) -> Facts:
    """The latest day counts, in whichever order the values are reported. From the first on no baseline can be recorded any more."""
    facts = with_objective(facts, recorded.event.objective_id, baseless=None)
    event, before = recorded.event, facts.objectives[recorded.event.objective_id].measured
    if before is not None and before.on > event.on:
        return facts
    return with_objective(facts, event.objective_id, measured=Due(event.on, since(recorded)))


@follow.on(plan.ObjectiveConcluded)
def objective_concluded(facts: Facts, recorded: Recorded[plan.ObjectiveConcluded]) -> Facts:
    """In an active plan it does not hold while only the coach has judged."""
    event = recorded.event
    holds = event.client_agrees is not None or facts.activated is None
    judged = facts.objectives[event.objective_id].judged
    return with_objective(facts, event.objective_id, judged={**judged, recorded.version: holds})


@follow.on(plan.PlanReviewed)
def plan_reviewed(facts: Facts, recorded: Recorded[plan.PlanReviewed]) -> Facts:
    objectives = {id: structs.replace(one, postponed=0, drift=None) for id, one in facts.objectives.items()}
    return structs.replace(facts, review=Due(recorded.event.next_review_on, since(recorded)), objectives=objectives)


@follow.on(plan.ActionCommitted)
def action_committed(facts: Facts, recorded: Recorded[plan.ActionCommitted]) -> Facts:
    event = recorded.event
    action = Action(event.owner, event.objective_id, Due(event.due_on, since(recorded)))
    return structs.replace(facts, actions={**facts.actions, event.action_id: action})


@follow.on(plan.ActionRescheduled)
def action_rescheduled(facts: Facts, recorded: Recorded[plan.ActionRescheduled]) -> Facts:
    event = recorded.event
    action = structs.replace(facts.actions[event.action_id], due=Due(event.to, since(recorded)))
    facts = structs.replace(facts, actions={**facts.actions, event.action_id: action})
    if action.objective_id is None or event.to <= event.from_:
        return facts
    return postponed(facts, action.objective_id, recorded)


@follow.on(plan.ActionDropped)
def action_dropped(facts: Facts, recorded: Recorded[plan.ActionDropped]) -> Facts:
    return structs.replace(facts, actions=without(facts.actions, recorded.event.action_id))


@follow.on(plan.ActionCompleted)
def action_completed(facts: Facts, recorded: Recorded[plan.ActionCompleted]) -> Facts:
    """The third in a row that was done in time is a small win; then the row begins anew."""
    event, action = recorded.event, facts.actions[recorded.event.action_id]
    done = Completion(action, recorded.version, event.completed_on <= action.due.on)
    streak = (*facts.streak, event.action_id) if done.in_time else ()
    wins = facts.wins
    if len(streak) == STREAK:
        streak, wins = (), {**wins, event.action_id: happened(recorded)}
    actions = without(facts.actions, event.action_id)
    return structs.replace(facts, actions=actions, done={**facts.done, event.action_id: done}, streak=streak, wins=wins)


@follow.on(plan.MilestoneSet)
def milestone_set(facts: Facts, recorded: Recorded[plan.MilestoneSet]) -> Facts:
    event = recorded.event
    milestone = Milestone(event.objective_id, Due(event.due_on, since(recorded)))
    return structs.replace(facts, milestones={**facts.milestones, event.milestone_id: milestone})


@follow.on(plan.MilestoneAdjusted)
def milestone_adjusted(facts: Facts, recorded: Recorded[plan.MilestoneAdjusted]) -> Facts:
    event = recorded.event
    milestone = structs.replace(facts.milestones[event.milestone_id], due=Due(event.to, since(recorded)))
    facts = structs.replace(facts, milestones={**facts.milestones, event.milestone_id: milestone})
    return postponed(facts, milestone.objective_id, recorded) if event.shift_days > 0 else facts


@follow.on(plan.DueDatesShifted)
def due_dates_shifted(facts: Facts, recorded: Recorded[plan.DueDatesShifted]) -> Facts:
    """Nobody put anything off."""
    by, at = timedelta(days=recorded.event.days), since(recorded)
    actions = {id: later(facts.actions[id], by, at) for id in recorded.event.actions}
    milestones = {id: later(facts.milestones[id], by, at) for id in recorded.event.milestones}
    return structs.replace(facts, actions=facts.actions | actions, milestones=facts.milestones | milestones)


def later(item: D, by: timedelta, at: datetime | None) -> D:
    return structs.replace(item, due=Due(item.due.on + by, at))


@follow.on(plan.MilestoneReached)
def milestone_reached(facts: Facts, recorded: Recorded[plan.MilestoneReached]) -> Facts:
    key = recorded.event.milestone_id
    reached = {**facts.reached, key: facts.milestones[key]}
    wins = {**facts.wins, key: happened(recorded)}
    return structs.replace(facts, milestones=without(facts.milestones, key), reached=reached, wins=wins)


@follow.on(plan.MilestoneWithdrawn)
def milestone_withdrawn(facts: Facts, recorded: Recorded[plan.MilestoneWithdrawn]) -> Facts:
    return structs.replace(facts, milestones=without(facts.milestones, recorded.event.milestone_id))


@follow.on(plan.WinAcknowledged)
def win_acknowledged(facts: Facts, recorded: Recorded[plan.WinAcknowledged]) -> Facts:
    named = {recorded.event.action_id, recorded.event.milestone_id}
    return structs.replace(facts, wins={item: win for item, win in facts.wins.items() if item not in named})


@follow.on(plan.EntryWithdrawn)
def entry_withdrawn(facts: Facts, recorded: Recorded[plan.EntryWithdrawn]) -> Facts:
    """The item is open again, with the day that it had."""
    event, key = recorded.event, recorded.event.item_id
    match event.entry:
        case "action_completed":
            actions, streak = {**facts.actions, key: facts.done[key].action}, tuple(one for one in facts.streak if one != key)
            return structs.replace(facts, actions=actions, done=without(facts.done, key), streak=streak, wins=without(facts.wins, key))
        case "milestone_reached":
            milestones = {**facts.milestones, key: facts.reached[key]}
            return structs.replace(facts, milestones=milestones, reached=without(facts.reached, key), wins=without(facts.wins, key))
        case "objective_concluded":
            judged = {version: holds for version, holds in facts.objectives[key].judged.items() if version != event.corrects_version}
            return with_objective(facts, key, judged=judged)
        case "milestone_missed":
            return facts


def postponed(facts: Facts, objective_id: UUID, recorded: Recorded[Any]) -> Facts:
    """Counts what was put off in an active plan."""
    if facts.activated is None:
        return facts
    times = facts.objectives[objective_id].postponed + 1
    facts = with_objective(facts, objective_id, postponed=times)
    return drifting(facts, objective_id, recorded) if times >= POSTPONEMENTS else facts


def drifting(facts: Facts, objective_id: UUID, recorded: Recorded[Any]) -> Facts:
    """Once until the next review, however often it is put off again."""
    if facts.activated is None or facts.objectives[objective_id].drift is not None:
        return facts
    return with_objective(facts, objective_id, drift=happened(recorded))
