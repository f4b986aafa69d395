"""Deciding how objectives end, and which reports are taken back."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NotPermitted
from domain.errors.plan import (
    AlreadyWithdrawn,
    ChangeMustBeProposed,
    LevelMissing,
    NotItsEntry,
    NotLastVerdict,
    PlanNotActive,
    ScaleInvalid,
    TooManyActiveObjectives,
)
from domain.event import Event
from domain.plan.commands import ConcludeObjective, WithdrawEntry
from domain.plan.context import PlanContext
from domain.plan.decide.lookup import measure_of, open_objective, require_in_unit
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, require_known_code
from domain.plan.events import EntryWithdrawn, ObjectiveConcluded
from domain.plan.state import Objective, PlanState
from domain.rules import require_reason


@decide.on(ConcludeObjective)
def conclude_objective(state: PlanState, command: ConcludeObjective, context: PlanContext) -> Sequence[Event]:
    """The client's judgement holds. The coach's waits for it; only what is not agreed yet can be abandoned at once."""
    rater = context.party
    if rater == "sponsor":
        raise NotPermitted("An objective is judged by the client and the coach.")
    require_judgement(state, command, context)
    objective = open_objective(state, command.objective_id)
    require_level(objective, command)
    if command.measured_value is not None:
        require_in_unit(measure_of(objective), command.measured_value, "/measured_value")
    said = objective.pending
    same = said is not None and (said.outcome, said.level) == (command.outcome, command.level)
    if rater == "coach" and same:
        return []
    return [
        ObjectiveConcluded(
            objective_id=objective.id,
            outcome=command.outcome,
            level=command.level,
            scale_version=None if command.level is None or objective.scale is None else objective.scale.version,
            measured_value=command.measured_value,
            rated_by=rater,
            client_agrees=None if rater == "coach" else said is None or same,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def require_judgement(state: PlanState, command: ConcludeObjective, context: PlanContext) -> None:
    """Before activation an objective can only be abandoned; abandoning needs a reason."""
    require_known_code(command.reason_code, context)
    if command.outcome == "abandoned":
        require_reason(command.reason_code, command.reason, context.policy)
    elif state.status != "active":
        raise PlanNotActive()


def require_level(objective: Objective, command: ConcludeObjective) -> None:
    if objective.scale is None and command.level is not None:
        raise ScaleInvalid("The objective has no attainment scale to be judged on.", pointer="/level")
    if objective.scale is not None and command.level is None and command.outcome != "abandoned":
        raise LevelMissing(pointer="/level")


@decide.on(WithdrawEntry)
def withdraw_entry(state: PlanState, command: WithdrawEntry, context: PlanContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    entry = state.entries.get(command.corrects_version)
    if entry is None:
        raise NotItsEntry(pointer="/corrects_version")
    if entry.withdrawn:
        raise AlreadyWithdrawn()
    if entry.agreed:
        raise ChangeMustBeProposed("The objective was left out of the plan that was agreed: propose it anew.")
    if entry.kind == "objective_concluded":
        require_reopenable(state, state.objectives[entry.item_id], command.corrects_version, context)
    if entry.kind in ("milestone_reached", "milestone_missed"):
        require_last(state.milestones[entry.item_id].last_verdict, command.corrects_version)
    return [
        EntryWithdrawn(
            corrects_version=command.corrects_version,
            entry=entry.kind,
            item_id=entry.item_id,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def require_reopenable(state: PlanState, objective: Objective, version: int, context: PlanContext) -> None:
    """Only the last judgement can be taken back, and an objective becomes active again only where there is room."""
    require_last(objective.conclusions[-1].version, version)
    limit = context.policy.max_active_objectives
    if state.status == "active" and objective.outcome is not None and len(state.open_objectives) >= limit:
        raise TooManyActiveObjectives(limit=limit, objective_ids=[objective.id])


def require_last(last: int | None, version: int) -> None:
    if last != version:
        raise NotLastVerdict(last=last)
