"""Deciding about milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors.plan import BenchmarkNotMet, DueInPast, MilestoneAfterObjective, MilestoneClosed
from domain.event import Event
from domain.plan.commands import AdjustMilestone, MissMilestone, ReachMilestone, SetMilestone, WithdrawMilestone
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_current
from domain.plan.decide.lookup import (
    evidence_from,
    known_milestone,
    known_objective,
    measure_of,
    open_objective,
    require_active,
    require_in_unit,
)
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, of_client, require_known_code
from domain.plan.events import MilestoneAdjusted, MilestoneMissed, MilestoneReached, MilestoneSet, MilestoneWithdrawn
from domain.plan.state import Milestone, Objective, PlanState
from domain.plan.terms import Benchmark
from domain.rules import require_occurred_since, require_reason
from domain.values import OfClient


@decide.on(SetMilestone)
def set_milestone(state: PlanState, command: SetMilestone, context: PlanContext) -> Sequence[Event]:
    objective = open_objective(state, command.objective_id)
    require_due_between(command.due_on, objective, context, "/due_on")
    return [
        MilestoneSet(
            milestone_id=context.ids[0],
            objective_id=objective.id,
            title=OfClient(command.title),
            due_on=command.due_on,
            benchmark=benchmark_of(command.benchmark, objective),
            evidence=of_client(command.evidence),
            set_by=context.party,
            initiated_by=command.initiated_by or context.party,
        )
    ]


def benchmark_of(value: Decimal | None, objective: Objective) -> Benchmark | None:
    if value is None:
        return None
    require_in_unit(measure_of(objective), value, "/benchmark")
    return Benchmark(value=value, measure_version=objective.measure_version)


def require_due_between(due_on: date, objective: Objective, context: PlanContext, pointer: str) -> None:
    """Today at the earliest, and not after the objective."""
    if due_on < context.today:
        raise DueInPast(pointer=pointer)
    if objective.terms.due_on is not None and due_on > objective.terms.due_on:
        raise MilestoneAfterObjective(pointer=pointer, objective_due_on=objective.terms.due_on)


@decide.on(AdjustMilestone)
def adjust_milestone(state: PlanState, command: AdjustMilestone, context: PlanContext) -> Sequence[Event]:
    """Takes effect at once; the second of two movers learns who moved it meanwhile, and to which day."""
    require_reason(command.reason_code, command.reason, context.policy)
    evidence = evidence_from(state, command.evidence)
    milestone = open_milestone(state, command.milestone_id)
    if command.to == milestone.due_on:
        return []
    require_current(milestone.due_on, command.from_, milestone.touch)
    require_due_between(command.to, known_objective(state, milestone.objective_id), context, "/to")
    return [
        MilestoneAdjusted(
            milestone_id=milestone.id,
            from_=command.from_,
            to=command.to,
            shift_days=(command.to - command.from_).days,
            adjusted_by=context.party,
            initiated_by=command.initiated_by or context.party,
            evidence=evidence,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def open_milestone(state: PlanState, milestone_id: UUID) -> Milestone:
    milestone = known_milestone(state, milestone_id)
    if not milestone.is_open:
        raise MilestoneClosed()
    return milestone


@decide.on(ReachMilestone)
def reach_milestone(state: PlanState, command: ReachMilestone, context: PlanContext) -> Sequence[Event]:
    require_active(state)
    require_known_code(command.reason_code, context)
    milestone = open_milestone(state, command.milestone_id)
    require_occurred_since(milestone.made_at, context)
    objective = known_objective(state, milestone.objective_id)
    if command.measured_value is not None:
        require_in_unit(measure_of(objective), command.measured_value, "/measured_value")
    met = None if milestone.benchmark is None else meets(command.measured_value, milestone.benchmark, objective)
    if met is False:
        require_counted(command, milestone.benchmark, context)
    return [
        MilestoneReached(
            milestone_id=milestone.id,
            on=context.today,
            measured_value=command.measured_value,
            benchmark_met=met,
            evidence=of_client(command.evidence),
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def meets(value: Decimal | None, benchmark: Benchmark, objective: Objective) -> bool:
    """A benchmark on a measure that was replaced since cannot be met by a number any more."""
    measure = objective.terms.measure
    if value is None or measure is None or benchmark.measure_version != objective.measure_version:
        return False
    if measure.direction == "maintain":
        return measure.band.holds(value) if measure.band else value == benchmark.value
    return value >= benchmark.value if measure.direction == "increase" else value <= benchmark.value


def require_counted(command: ReachMilestone, benchmark: Benchmark | None, context: PlanContext) -> None:
    """A benchmark that is not met needs the reason why the milestone counts as reached."""
    if command.reason_code is None and command.reason is None:
        raise BenchmarkNotMet(pointer="/measured_value", benchmark=benchmark and benchmark.value)
    require_reason(command.reason_code, command.reason, context.policy)


@decide.on(MissMilestone)
def miss_milestone(state: PlanState, command: MissMilestone, context: PlanContext) -> Sequence[Event]:
    """Only what is late now, in a plan and an engagement that run; whoever was faster, or moved it, is right without more ado."""
    milestone = known_milestone(state, command.milestone_id)
    runs = state.status == "active" and context.engagement.state == "active"
    late = milestone.is_open and milestone.due_on == command.due_on and command.due_on < context.today
    if not (runs and late) or any(miss.due_on == command.due_on for miss in milestone.misses):
        return []
    return [MilestoneMissed(milestone_id=milestone.id, due_on=command.due_on)]


@decide.on(WithdrawMilestone)
def withdraw_milestone(state: PlanState, command: WithdrawMilestone, context: PlanContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    milestone = open_milestone(state, command.milestone_id)
    return [
        MilestoneWithdrawn(
            milestone_id=milestone.id,
            due_on=milestone.due_on,
            withdrawn_by=context.party,
            initiated_by=command.initiated_by or context.party,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]
