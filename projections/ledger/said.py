"""What each event changed of what was agreed, by the event alone; whether a target became easier needs the objective, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from domain.engagement import events as engagement
from domain.evaluation.events import EvaluationRecorded
from domain.event import Event
from domain.plan import events as plan
from projections.kpi.facts import Objective
from projections.ledger.line import Kind, Said

CHANGES: Final[dict[type[Event], Callable[[Any], Said]]] = {
    plan.PlanProposed: lambda e: Said(kind="plan_proposed", to=str(e.plan_version)),
    plan.PlanApproved: lambda e: Said(kind="plan_approved", to=str(e.plan_version), detail=e.party),
    plan.PlanActivated: lambda e: Said(kind="plan_activated", to=str(e.plan_version)),
    plan.ChangeProposed: lambda e: Said(kind="change_proposed", objective_id=getattr(e.change, "objective_id", None)),
    plan.ChangeAccepted: lambda e: Said(kind="change_accepted", detail=e.party, to=written(e.plan_version)),
    plan.ChangeDeclined: lambda e: Said(kind="change_declined", detail=e.party),
    plan.MeasurementCorrected: lambda e: Said(
        kind="measurement_corrected", objective_id=e.objective_id, from_=written(e.from_), to=written(e.to)
    ),
    plan.EntryWithdrawn: lambda e: Said(kind="entry_withdrawn", item_id=e.item_id, detail=e.entry),
    engagement.AgreementTermsRevised: lambda e: Said(kind="terms_revised", to=str(e.agreement_version)),
    engagement.RecontractingOpened: lambda e: Said(kind="recontracting_opened", from_=str(e.agreement_version), detail=only(e.changes)),
    engagement.AgreementAmended: lambda e: Said(kind="agreement_amended", from_=str(e.supersedes), to=str(e.agreement_version)),
    engagement.CoachReassigned: lambda e: Said(
        kind="coach_reassigned", from_=str(e.from_coach_id), to=str(e.coach_id), detail=e.handover_scope
    ),
    engagement.ConflictOfInterestDeclared: lambda e: Said(kind="conflict_declared", item_id=e.coach_id, detail=e.kind),
    engagement.ConflictOfInterestResolved: lambda e: Said(kind="conflict_resolved", item_id=e.coach_id, detail=e.kind),
    engagement.MemberAdded: lambda e: Said(kind="member_added", item_id=e.client_id, to=str(e.head_count)),
    engagement.MemberRemoved: lambda e: Said(kind="member_removed", item_id=e.client_id, to=str(e.head_count)),
    engagement.EngagementPaused: lambda e: Said(kind="engagement_paused", from_=written(e.paused_on), to=written(e.until)),
    engagement.EngagementResumed: lambda e: Said(
        kind="engagement_resumed", from_=written(e.paused_on), to=written(e.resumed_on), days=e.shifted_days or None
    ),
    engagement.EngagementCompleted: lambda e: Said(kind="engagement_completed", to=written(e.closed_on)),
    engagement.EngagementEndedEarly: lambda e: Said(kind="engagement_ended_early", to=written(e.closed_on), detail=e.ended_by),
    engagement.EngagementCancelled: lambda e: Said(kind="engagement_cancelled", to=written(e.closed_on)),
}
"""What is a change whenever it happens."""

CONTENT: Final[dict[type[Event], Callable[[Any], Said]]] = {
    plan.ObjectiveDefined: lambda e: Said(kind="objective_added", objective_id=e.objective_id),
    plan.AttainmentScaleDefined: lambda e: Said(kind="scale_defined", objective_id=e.objective_id, to=written(e.version)),
    plan.ObjectiveReprioritized: lambda e: Said(
        kind="objective_refined", objective_id=e.objective_id, detail="weight", from_=written(e.from_), to=written(e.to)
    ),
    plan.BaselineRecorded: lambda e: Said(
        kind="baseline_recorded", objective_id=e.objective_id, from_=written(e.from_), to=written(e.baseline.value)
    ),
    plan.ObjectiveConcluded: lambda e: Said(kind="objective_concluded", objective_id=e.objective_id, to=e.outcome),
    plan.StrategyAdopted: lambda e: Said(kind="strategy_adopted", item_id=e.strategy_id, to=e.terms.kind),
    plan.StrategyRevised: lambda e: Said(kind="strategy_revised", item_id=e.strategy_id, to=e.terms.kind),
    plan.StrategyDropped: lambda e: Said(kind="strategy_dropped", item_id=e.strategy_id),
    plan.ActionCommitted: lambda e: Said(kind="action_committed", item_id=e.action_id, objective_id=e.objective_id, to=written(e.due_on)),
    plan.ActionRescheduled: lambda e: Said(
        kind="action_moved", item_id=e.action_id, from_=written(e.from_), to=written(e.to), days=(e.to - e.from_).days
    ),
    plan.ActionDropped: lambda e: Said(kind="action_dropped", item_id=e.action_id, from_=written(e.due_on)),
    plan.MilestoneSet: lambda e: Said(kind="milestone_set", milestone_id=e.milestone_id, objective_id=e.objective_id, to=written(e.due_on)),
    plan.MilestoneAdjusted: lambda e: Said(
        kind="milestone_moved", milestone_id=e.milestone_id, from_=written(e.from_), to=written(e.to), days=e.shift_days, due_on=e.from_
    ),
    plan.MilestoneWithdrawn: lambda e: Said(
        kind="milestone_withdrawn", milestone_id=e.milestone_id, from_=written(e.due_on), due_on=e.due_on
    ),
}
"""What is one once the plan is in force: a draft was agreed with nobody."""

REPORTS: Final[dict[type[Event], Callable[[Any], Said]]] = {
    plan.ProgressMeasured: lambda e: Said(kind="progress_measured", objective_id=e.objective_id, to=written(e.value)),
    plan.MilestoneReached: lambda e: Said(kind="milestone_reached", milestone_id=e.milestone_id, to=written(e.on)),
    plan.ActionCompleted: lambda e: Said(kind="action_completed", item_id=e.action_id, to=written(e.completed_on)),
    plan.PlanReviewed: lambda e: Said(kind="plan_reviewed", to=written(e.reviewed_on)),
    EvaluationRecorded: lambda e: Said(kind="evaluation_recorded", detail=e.evaluator),
    engagement.ChemistrySessionHeld: lambda e: Said(
        kind="chemistry_session_held", item_id=e.coach_id, to=written(e.held_on), detail=e.choice
    ),
    engagement.AlignmentMeetingHeld: lambda e: Said(kind="alignment_meeting_held", to=written(e.held_on), detail=e.kind),
}
"""What changes nothing that was agreed, and stands in the ledger only when it was dated back."""


def only(changes: tuple[str, ...]) -> str | None:
    """What is to be agreed anew, where it is one thing."""
    return changes[0] if len(changes) == 1 else None


def written(value: object) -> str | None:
    return None if value is None else str(value)


def of_refinement(event: plan.ObjectiveRefined, before: Objective, after: Objective) -> Said:
    """A change of an objective, with what it says of its target or due date before and after."""
    change, id = event.refinement, event.objective_id
    match change:
        case plan.DueRefined(from_=first, to=last):
            days = (last - first).days if first is not None and last is not None else None
            return Said(kind="due_moved", objective_id=id, detail="due_on", from_=written(first), to=written(last), days=days, due_on=first)
        case plan.MeasureReplaced():
            return Said(kind="measure_replaced", objective_id=id, detail="measure", from_=written(before.target), to=written(after.target))
        case plan.TargetRefined(from_=old, to=new):
            return Said(kind=direction(before, after), objective_id=id, detail="target", from_=written(old), to=written(new))
        case plan.MeasureRefined() if band(before) != band(after):
            return Said(kind=direction(before, after), objective_id=id, detail="band", from_=band(before), to=band(after))
        case plan.ConfidenceRefined(from_=was, to=now):
            return Said(kind="objective_refined", objective_id=id, detail="confidence", from_=written(was), to=written(now))
        case plan.OutcomeAreaRefined(from_=was, to=now):
            return Said(kind="objective_refined", objective_id=id, detail="outcome_area", from_=was, to=now)
    return Said(kind="objective_refined", objective_id=id, detail=str(change.__struct_config__.tag))


def band(objective: Objective) -> str | None:
    return None if objective.low is None and objective.high is None else f"{written(objective.low)}..{written(objective.high)}"


def direction(before: Objective, after: Objective) -> Kind:
    """Lowered is what became easier to reach: also a greater value of what is to decrease, a wider band, and no target at all."""
    if is_easier(before, after):
        return "target_lowered"
    return "target_raised" if is_easier(after, before) else "target_changed"


def is_easier(hard: Objective, easy: Objective) -> bool:
    """Whether everything that fulfils the first fulfils the second, and more."""
    if hard.direction == "maintain":
        narrow, wide = bounds(hard), bounds(easy)
        return narrow is not None and (wide is None or (wide != narrow and wide[0] <= narrow[0] and narrow[1] <= wide[1]))
    if hard.target is None or easy.target is None:
        return hard.target is not None and easy.target is None
    return easy.target > hard.target if hard.direction == "decrease" else easy.target < hard.target


def bounds(objective: Objective) -> tuple[Any, Any] | None:
    """The band in which a value is to stay; its target is one of a single value."""
    low = objective.low if objective.low is not None else objective.target
    high = objective.high if objective.high is not None else objective.target
    return None if low is None or high is None else (low, high)
