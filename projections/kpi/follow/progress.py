"""What is measured, reviewed and corrected while a plan is in force."""

from __future__ import annotations

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from projections.kpi.facts import Facts, Measured, Review, with_action, with_milestone, with_objective
from projections.kpi.follow.table import follow


@follow.on(plan.ProgressMeasured)
def progress_measured(facts: Facts, recorded: Recorded[plan.ProgressMeasured]) -> Facts:
    event = recorded.event
    value = Measured(recorded.version, event.measure_version, event.on, event.value)
    return with_objective(facts, event.objective_id, measured=(*facts.objectives[event.objective_id].measured, value))


@follow.on(plan.MeasurementCorrected)
def measurement_corrected(facts: Facts, recorded: Recorded[plan.MeasurementCorrected]) -> Facts:
    event = recorded.event
    objective = facts.objectives[event.objective_id]
    if objective.baseline_version == event.corrects_version:
        return with_objective(facts, event.objective_id, baseline=event.to)
    values = tuple(structs.replace(m, value=event.to) if m.version == event.corrects_version else m for m in objective.measured)
    return with_objective(facts, event.objective_id, measured=values)


@follow.on(plan.PlanReviewed)
def plan_reviewed(facts: Facts, recorded: Recorded[plan.PlanReviewed]) -> Facts:
    event = recorded.event
    review = Review(recorded.version, event.reviewed_on, event.next_review_on, recorded.meta.policy_version)
    return structs.replace(facts, reviews=(*facts.reviews, review))


@follow.on(plan.EntryWithdrawn)
def entry_withdrawn(facts: Facts, recorded: Recorded[plan.EntryWithdrawn]) -> Facts:
    event = recorded.event
    if event.entry == "action_completed":
        return with_action(facts, event.item_id, completed_on=None)
    if event.entry == "milestone_reached":
        return with_milestone(facts, event.item_id, reached_on=None)
    if event.entry == "objective_concluded":
        left = tuple(c for c in facts.objectives[event.item_id].conclusions if c.version != event.corrects_version)
        return with_objective(facts, event.item_id, conclusions=left)
    return facts
