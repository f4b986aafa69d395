"""How events become dated facts: one function an event, the same facts whatever the size of the batches they came in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID

from msgspec import structs

from domain.decider import Evolve
from domain.engagement import events as engagement
from domain.evaluation import events as evaluation
from domain.event import Recorded
from domain.plan import events as plan
from domain.plan.digest import is_content
from domain.plan.smart.verdict import Lint
from infra.eventstore.feed import Fed
from projections.kpi.facts import (
    Adjustment,
    Change,
    Conclusion,
    Due,
    Evaluation,
    Facts,
    Measured,
    Milestone,
    Objective,
    Proposal,
    with_milestone,
    with_objective,
)

follow: Final[Evolve[Facts]] = Evolve()

Applied: TypeAlias = Recorded[Any]


def changed(facts: Facts, recorded: Applied) -> Facts:
    """Notes an event that changed the plan, with its author: the proposer of an accepted change, else who acted or initiated."""
    event = recorded.event
    change_id: UUID | None = getattr(event, "change_id", None)
    proposal = facts.proposals.get(change_id) if change_id is not None else None
    if proposal is not None:
        by_client, accepted = proposal.by_client, proposal.accepted_by_client
    else:
        by_client, accepted = recorded.meta.actor == facts.client_id or getattr(event, "initiated_by", None) == "client", False
    content = is_content(event, active=facts.activated_at is not None)
    change = Change(recorded.occurred_at, recorded.version, by_client, accepted, content)
    return structs.replace(facts, changes=(*facts.changes, change))


def judged(facts: Facts, objective_id: UUID, lint: Lint, recorded: Applied) -> Facts:
    """An objective passes once, with the first lint that blocks nothing; an overridden code still blocks."""
    if lint.blocking or facts.objectives[objective_id].passed_at is not None:
        return facts
    return with_objective(facts, objective_id, passed_at=recorded.occurred_at)


@follow.on(engagement.EngagementProposed)
def engagement_proposed(facts: Facts, recorded: Recorded[engagement.EngagementProposed]) -> Facts:
    event = recorded.event
    return structs.replace(facts, client_id=event.client_id, sponsor_id=event.sponsor_id, program_id=event.program_id)


@follow.on(engagement.CoachAssigned)
def coach_assigned(facts: Facts, recorded: Recorded[engagement.CoachAssigned]) -> Facts:
    return structs.replace(facts, coach_id=recorded.event.coach_id)


@follow.on(evaluation.EvaluationScheduled)
def evaluation_scheduled(facts: Facts, recorded: Recorded[evaluation.EvaluationScheduled]) -> Facts:
    event = recorded.event
    scheduled = Evaluation(event.due_on, event.evaluators)
    return structs.replace(facts, evaluations={**facts.evaluations, event.evaluation_id: scheduled})


@follow.on(evaluation.EvaluationRecorded)
def evaluation_recorded(facts: Facts, recorded: Recorded[evaluation.EvaluationRecorded]) -> Facts:
    """Which evaluation it was is said by its stream."""
    evaluator = recorded.event.evaluator
    assert isinstance(recorded, Fed)
    scheduled = facts.evaluations[recorded.stream]
    done = structs.replace(scheduled, recorded=(*scheduled.recorded, evaluator))
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: done})


@follow.on(plan.PlanDrafted)
def plan_drafted(facts: Facts, recorded: Recorded[plan.PlanDrafted]) -> Facts:
    return structs.replace(facts, plan_id=recorded.event.plan_id)


@follow.on(plan.ObjectiveDefined)
def objective_defined(facts: Facts, recorded: Recorded[plan.ObjectiveDefined]) -> Facts:
    event, terms, at = recorded.event, recorded.event.terms, recorded.occurred_at
    measure = terms.measure
    band = measure.band if measure is not None else None
    passed = not event.lint.blocking
    objective = Objective(
        defined_at=at,
        smart_at_first=passed,
        passed_at=at if passed else None,
        direction=measure.direction if measure is not None else None,
        target=terms.target,
        low=band.low if band is not None else None,
        high=band.high if band is not None else None,
        due_on=terms.due_on,
        baseline=terms.baseline.value if terms.baseline is not None else None,
        baseline_version=recorded.version if terms.baseline is not None else None,
        baseline_at=at if terms.baseline is not None else None,
    )
    return changed(structs.replace(facts, objectives={**facts.objectives, event.objective_id: objective}), recorded)


@follow.on(plan.ObjectiveRefined)
def objective_refined(facts: Facts, recorded: Recorded[plan.ObjectiveRefined]) -> Facts:
    event = recorded.event
    facts = judged(
        with_objective(facts, event.objective_id, **refined(event.refinement, recorded)), event.objective_id, event.lint, recorded
    )
    return changed(facts, recorded)


def refined(refinement: plan.Refinement, recorded: Applied) -> dict[str, object]:
    """Which of the facts a refinement replaces; words are none of them."""
    match refinement:
        case plan.TargetRefined(to=target):
            return {"target": target}
        case plan.DueRefined(to=due_on):
            return {"due_on": due_on}
        case plan.MeasureRefined(to=measure) | plan.MeasureReplaced(to=measure):
            band = measure.band
            fields: dict[str, object] = {
                "direction": measure.direction,
                "low": band.low if band is not None else None,
                "high": band.high if band is not None else None,
            }
            if isinstance(refinement, plan.MeasureReplaced):
                fields |= {"measure": refinement.version, "target": refinement.target}
                fields |= baseline_facts(refinement.baseline.value if refinement.baseline is not None else None, recorded)
            return fields
        case _:
            return {}


def baseline_facts(value: Decimal | None, recorded: Applied) -> dict[str, object]:
    known = value is not None
    return {
        "baseline": value,
        "baseline_version": recorded.version if known else None,
        "baseline_at": recorded.occurred_at if known else None,
    }


@follow.on(plan.BaselineRecorded)
def baseline_recorded(facts: Facts, recorded: Recorded[plan.BaselineRecorded]) -> Facts:
    fields = baseline_facts(recorded.event.baseline.value, recorded)
    return changed(with_objective(facts, recorded.event.objective_id, **fields), recorded)


for kind in (
    *(plan.AttainmentScaleDefined, plan.StrategyAdopted, plan.StrategyRevised, plan.StrategyDropped),
    *(plan.ActionCommitted, plan.ActionRescheduled, plan.ActionDropped),
):
    follow.on(kind)(changed)


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


@follow.on(plan.PlanProposed)
def plan_proposed(facts: Facts, recorded: Recorded[plan.PlanProposed]) -> Facts:
    return structs.replace(facts, proposed_at=recorded.occurred_at)


@follow.on(plan.PlanApproved)
def plan_approved(facts: Facts, recorded: Recorded[plan.PlanApproved]) -> Facts:
    if recorded.event.party != "client":
        return facts
    return structs.replace(facts, proposed_at=None, client_approvals=(*facts.client_approvals, recorded.version))


@follow.on(plan.PlanActivated)
def plan_activated(facts: Facts, recorded: Recorded[plan.PlanActivated]) -> Facts:
    """The due dates of that moment become the original ones."""
    at = recorded.occurred_at
    facts = structs.replace(facts, activated_at=at, proposed_at=None)
    for entry in recorded.event.timeline:
        facts = with_milestone(facts, entry.milestone_id, dues=(Due(at, entry.due_on),))
    for verdict in recorded.event.lints:
        facts = judged(facts, verdict.objective_id, verdict.lint, recorded)
    return facts


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
    return structs.replace(facts, reviewed_at=recorded.occurred_at, next_review_on=recorded.event.next_review_on)


@follow.on(plan.ObjectiveConcluded)
def objective_concluded(facts: Facts, recorded: Recorded[plan.ObjectiveConcluded]) -> Facts:
    """In an active plan it does not hold while only the coach has judged."""
    event = recorded.event
    holds = event.client_agrees is not None or facts.activated_at is None
    conclusion = Conclusion(recorded.version, recorded.occurred_at, holds)
    return with_objective(facts, event.objective_id, conclusions=(*facts.objectives[event.objective_id].conclusions, conclusion))


@follow.on(plan.EntryWithdrawn)
def entry_withdrawn(facts: Facts, recorded: Recorded[plan.EntryWithdrawn]) -> Facts:
    event = recorded.event
    if event.entry == "milestone_reached":
        return with_milestone(facts, event.item_id, reached_on=None)
    if event.entry == "objective_concluded":
        left = tuple(c for c in facts.objectives[event.item_id].conclusions if c.version != event.corrects_version)
        return with_objective(facts, event.item_id, conclusions=left)
    return facts


@follow.on(plan.ChangeProposed)
def change_proposed(facts: Facts, recorded: Recorded[plan.ChangeProposed]) -> Facts:
    event = recorded.event
    proposal = Proposal(recorded.occurred_at, event.proposed_by == "client")
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: proposal})


@follow.on(plan.ChangeAccepted)
def change_accepted(facts: Facts, recorded: Recorded[plan.ChangeAccepted]) -> Facts:
    event = recorded.event
    proposal = facts.proposals[event.change_id]
    by_client = proposal.accepted_by_client or event.party == "client"
    after = structs.replace(proposal, accepted_by_client=by_client, decided=event.plan_version is not None)
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: after})


@follow.on(plan.ChangeDeclined)
def change_declined(facts: Facts, recorded: Recorded[plan.ChangeDeclined]) -> Facts:
    event = recorded.event
    after = structs.replace(facts.proposals[event.change_id], decided=True)
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: after})
