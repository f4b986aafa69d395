"""How strategies, actions, milestones and withdrawn reports change the state."""

from __future__ import annotations

from msgspec.structs import replace

from domain.event import Recorded
from domain.plan.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDropped,
    ActionRescheduled,
    EntryWithdrawn,
    MilestoneAdjusted,
    MilestoneMissed,
    MilestoneReached,
    MilestoneSet,
    MilestoneWithdrawn,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
    WinAcknowledged,
)
from domain.plan.evolve.table import evolve, put, put_entry, put_objective, touch
from domain.plan.state import Action, Adjustment, Entry, Milestone, Miss, PlanState, Strategy, Win


@evolve.on(StrategyAdopted)
def strategy_adopted(state: PlanState, recorded: Recorded[StrategyAdopted]) -> PlanState:
    event = recorded.event
    strategy = Strategy(id=event.strategy_id, terms=event.terms, adopted_by=event.adopted_by, touch=touch(recorded))
    return replace(state, strategies=put(state.strategies, strategy.id, strategy))


@evolve.on(StrategyRevised)
def strategy_revised(state: PlanState, recorded: Recorded[StrategyRevised]) -> PlanState:
    strategy = replace(state.strategies[recorded.event.strategy_id], terms=recorded.event.terms, touch=touch(recorded))
    return replace(state, strategies=put(state.strategies, strategy.id, strategy))


@evolve.on(StrategyDropped)
def strategy_dropped(state: PlanState, recorded: Recorded[StrategyDropped]) -> PlanState:
    strategy = replace(state.strategies[recorded.event.strategy_id], dropped=True, touch=touch(recorded))
    return replace(state, strategies=put(state.strategies, strategy.id, strategy))


@evolve.on(ActionCommitted)
def action_committed(state: PlanState, recorded: Recorded[ActionCommitted]) -> PlanState:
    event = recorded.event
    action = Action(
        id=event.action_id,
        text=event.text,
        owner=event.owner,
        due_on=event.due_on,
        made_at=recorded.occurred_at,
        touch=touch(recorded),
        strategy_id=event.strategy_id,
        objective_id=event.objective_id,
        session_id=event.session_id,
    )
    return replace(state, actions=put(state.actions, action.id, action))


@evolve.on(ActionRescheduled)
def action_rescheduled(state: PlanState, recorded: Recorded[ActionRescheduled]) -> PlanState:
    event = recorded.event
    action = replace(state.actions[event.action_id], due_on=event.to, times_moved=event.times_moved, touch=touch(recorded))
    return replace(state, actions=put(state.actions, action.id, action))


@evolve.on(ActionDropped)
def action_dropped(state: PlanState, recorded: Recorded[ActionDropped]) -> PlanState:
    action = replace(state.actions[recorded.event.action_id], dropped=True, touch=touch(recorded))
    return replace(state, actions=put(state.actions, action.id, action))


@evolve.on(ActionCompleted)
def action_completed(state: PlanState, recorded: Recorded[ActionCompleted]) -> PlanState:
    action = replace(state.actions[recorded.event.action_id], completed=recorded.version, completed_on=recorded.event.completed_on)
    state = replace(state, actions=put(state.actions, action.id, action))
    return put_entry(state, recorded.version, Entry(kind="action_completed", item_id=action.id))


@evolve.on(MilestoneSet)
def milestone_set(state: PlanState, recorded: Recorded[MilestoneSet]) -> PlanState:
    event = recorded.event
    milestone = Milestone(
        id=event.milestone_id,
        objective_id=event.objective_id,
        title=event.title,
        due_on=event.due_on,
        original_due=event.due_on,
        benchmark=event.benchmark,
        touch=touch(recorded),
        made_at=recorded.occurred_at,
    )
    return replace(state, milestones=put(state.milestones, milestone.id, milestone))


@evolve.on(MilestoneAdjusted)
def milestone_adjusted(state: PlanState, recorded: Recorded[MilestoneAdjusted]) -> PlanState:
    event = recorded.event
    milestone = state.milestones[event.milestone_id]
    adjustment = Adjustment(
        version=recorded.version,
        from_on=event.from_,
        to_on=event.to,
        shift_days=event.shift_days,
        actor=recorded.meta.actor,
        initiated_by=event.initiated_by,
        reason_code=event.reason_code,
        reason=event.reason,
        evidence=event.evidence,
    )
    milestone = replace(milestone, due_on=event.to, touch=touch(recorded), adjustments=(*milestone.adjustments, adjustment))
    return replace(state, milestones=put(state.milestones, milestone.id, milestone))


@evolve.on(MilestoneReached)
def milestone_reached(state: PlanState, recorded: Recorded[MilestoneReached]) -> PlanState:
    milestone = replace(state.milestones[recorded.event.milestone_id], reached=recorded.version, reached_on=recorded.event.on)
    state = replace(state, milestones=put(state.milestones, milestone.id, milestone))
    return put_entry(state, recorded.version, Entry(kind="milestone_reached", item_id=milestone.id))


@evolve.on(MilestoneMissed)
def milestone_missed(state: PlanState, recorded: Recorded[MilestoneMissed]) -> PlanState:
    milestone = state.milestones[recorded.event.milestone_id]
    miss = Miss(version=recorded.version, due_on=recorded.event.due_on)
    milestone = replace(milestone, misses=(*milestone.misses, miss))
    state = replace(state, milestones=put(state.milestones, milestone.id, milestone))
    return put_entry(state, recorded.version, Entry(kind="milestone_missed", item_id=milestone.id))


@evolve.on(MilestoneWithdrawn)
def milestone_withdrawn(state: PlanState, recorded: Recorded[MilestoneWithdrawn]) -> PlanState:
    milestone = replace(state.milestones[recorded.event.milestone_id], withdrawn=True, touch=touch(recorded))
    return replace(state, milestones=put(state.milestones, milestone.id, milestone))


@evolve.on(WinAcknowledged)
def win_acknowledged(state: PlanState, recorded: Recorded[WinAcknowledged]) -> PlanState:
    event = recorded.event
    win = Win(
        id=event.win_id,
        what=event.what,
        on=event.on,
        action_id=event.action_id,
        milestone_id=event.milestone_id,
        acknowledged_by=event.acknowledged_by,
    )
    return replace(state, wins=(*state.wins, win))


@evolve.on(EntryWithdrawn)
def entry_withdrawn(state: PlanState, recorded: Recorded[EntryWithdrawn]) -> PlanState:
    """The item is open again, or stands as the report before that left it."""
    event = recorded.event
    state = put_entry(state, event.corrects_version, replace(state.entries[event.corrects_version], withdrawn=True))
    match event.entry:
        case "action_completed":
            action = replace(state.actions[event.item_id], completed=None, completed_on=None)
            return replace(state, actions=put(state.actions, action.id, action))
        case "milestone_reached":
            milestone = replace(state.milestones[event.item_id], reached=None, reached_on=None)
            return replace(state, milestones=put(state.milestones, milestone.id, milestone))
        case "milestone_missed":
            milestone = state.milestones[event.item_id]
            misses = tuple(replace(one, withdrawn=one.withdrawn or one.version == event.corrects_version) for one in milestone.misses)
            return replace(state, milestones=put(state.milestones, milestone.id, replace(milestone, misses=misses)))
        case "objective_concluded":
            objective = state.objectives[event.item_id]
            kept = tuple(one for one in objective.conclusions if one.version != event.corrects_version)
            return put_objective(state, replace(objective, conclusions=kept))
