"""Deciding about measurements, their corrections, and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.errors.plan import (
    DueInPast,
    DuplicateMeasurement,
    MeasuredBeforeBaseline,
    NotItsEntry,
    PlanNotActive,
    ReviewGapTooLong,
    WrongUnit,
)
from domain.event import Event
from domain.plan.commands import AcknowledgeWin, CorrectMeasurement, MeasureProgress, ReviewPlan
from domain.plan.commands.progress import DecisionBody
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_current
from domain.plan.decide.lookup import (
    evidence_from,
    known_action,
    known_milestone,
    known_objective,
    measure_of,
    open_objective,
    pointing_into,
    require_active,
    require_in_unit,
)
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, require_known_code
from domain.plan.events import MeasurementCorrected, PlanReviewed, ProgressMeasured, ReviewDecision, WinAcknowledged
from domain.plan.state import Objective, PlanState, Touch
from domain.rules import require_occurred_since, require_reason
from domain.values import OfClient, label_of_client


@decide.on(MeasureProgress)
def measure_progress(state: PlanState, command: MeasureProgress, context: PlanContext) -> Sequence[Event]:
    require_active(state)
    objective = open_objective(state, command.objective_id)
    measure = measure_of(objective)
    unit = measure.unit
    if command.unit is not None and not context.is_same(label_of_client(command.unit), unit):
        raise WrongUnit(pointer="/unit", unit=None if unit is None else context.said(unit))
    require_in_unit(measure, command.value)
    require_measurable(objective, command, context)
    return [
        ProgressMeasured(
            objective_id=objective.id,
            measure_version=objective.measure_version,
            value=command.value,
            at=context.occurred_at,
            on=context.today,
            source=command.source,
            comment=of_author(command.comment),
        )
    ]


def require_measurable(objective: Objective, command: MeasureProgress, context: PlanContext) -> None:
    """Not before the objective was defined or its baseline taken, and once a source and moment."""
    require_occurred_since(objective.made_at, context)
    baseline = objective.terms.baseline
    if baseline is not None and context.today < baseline.at:
        raise MeasuredBeforeBaseline(pointer="/occurred_at", baseline_at=baseline.at)
    for one in objective.measured:
        if (one.source, one.at) == (command.source, context.occurred_at):
            raise DuplicateMeasurement(version=one.version, value=one.value)


@decide.on(CorrectMeasurement)
def correct_measurement(state: PlanState, command: CorrectMeasurement, context: PlanContext) -> Sequence[Event]:
    """Also on a concluded objective: a wrong number stays wrong."""
    require_reason(command.reason_code, command.reason, context.policy)
    objective = known_objective(state, command.objective_id)
    value, touch = entry_of(objective, command.corrects_version)
    if command.to == value:
        return []
    require_current(value, command.from_, touch)
    assert objective.terms.measure is not None  # it has a value to be corrected
    require_in_unit(objective.terms.measure, command.to, "/to")
    return [
        MeasurementCorrected(
            objective_id=objective.id,
            corrects_version=command.corrects_version,
            from_=command.from_,
            to=command.to,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def entry_of(objective: Objective, version: int) -> tuple[Decimal, Touch]:
    """The value that stands at a stream version: a measurement of the measure in force, or its baseline."""
    if version == objective.baseline_version and objective.terms.baseline is not None:
        return objective.terms.baseline.value, objective.touch("baseline")
    for one in objective.measured:
        if one.version == version:
            return one.value, one.touch
    raise NotItsEntry(pointer="/corrects_version")


@decide.on(ReviewPlan)
def review_plan(state: PlanState, command: ReviewPlan, context: PlanContext) -> Sequence[Event]:
    if state.activated_at is None:
        raise PlanNotActive()
    require_occurred_since(state.activated_at, context)
    require_known_code(command.reason_code, context)
    require_cadence(command, context)
    return [
        PlanReviewed(
            review_no=state.reviews + 1,
            reviewed_on=context.today,
            decisions=decisions_of(state, command.decisions),
            next_review_on=command.next_review_on,
            participants=command.participants or (context.actor,),
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def require_cadence(command: ReviewPlan, context: PlanContext) -> None:
    """The next review is ahead, and no further than the organization's cadence unless a reason says why."""
    gap = days_between(context.today, command.next_review_on)
    if gap <= 0:
        raise DueInPast("The next review is on a day after this one.", pointer="/next_review_on")
    if gap > context.policy.review_cadence_days:
        if command.reason_code is None and command.reason is None:
            raise ReviewGapTooLong(pointer="/next_review_on", cadence_days=context.policy.review_cadence_days)
        require_reason(command.reason_code, command.reason, context.policy)


def days_between(start: date, end: date) -> int:
    return (end - start).days


def decisions_of(state: PlanState, given: Sequence[DecisionBody]) -> tuple[ReviewDecision, ...]:
    made = []
    for place, one in enumerate(given):
        with pointing_into(f"/decisions/{place}"):
            made.append(decision_of(state, one))
    return tuple(made)


def decision_of(state: PlanState, given: DecisionBody) -> ReviewDecision:
    if given.objective_id is not None:
        known_objective(state, given.objective_id)
    evidence = evidence_from(state, given.evidence)
    return ReviewDecision(decision=given.decision, objective_id=given.objective_id, note=of_author(given.note), evidence=evidence)


@decide.on(AcknowledgeWin)
def acknowledge_win(state: PlanState, command: AcknowledgeWin, context: PlanContext) -> Sequence[Event]:
    """In any state of the plan; not before what it came from was promised or set, nor before the plan was begun."""
    assert state.drafted_at is not None  # it was drafted, or it would not exist
    made = [state.drafted_at]
    if command.action_id is not None:
        made.append(known_action(state, command.action_id).made_at)
    if command.milestone_id is not None:
        made.append(known_milestone(state, command.milestone_id).made_at)
    require_occurred_since(max(made), context)
    return [
        WinAcknowledged(
            win_id=context.ids[0],
            what=OfClient(command.what),
            on=context.today,
            action_id=command.action_id,
            milestone_id=command.milestone_id,
            acknowledged_by=context.party,
        )
    ]
