"""Objectives, their measures, baselines and conclusions."""

from __future__ import annotations

from uuid import UUID

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from domain.plan.smart.verdict import Lint
from domain.plan.terms import Baseline, Measure
from projections.kpi.facts import Conclusion, Facts, Objective, with_objective
from projections.kpi.follow.table import Applied, changed, follow


def judged(facts: Facts, objective_id: UUID, lint: Lint, recorded: Applied) -> Facts:
    """An objective passes once, with the first lint that blocks nothing; an overridden code still blocks."""
    if lint.blocking or facts.objectives[objective_id].passed_at is not None:
        return facts
    return with_objective(facts, objective_id, passed_at=recorded.occurred_at)


@follow.on(plan.ObjectiveDefined)
def objective_defined(facts: Facts, recorded: Recorded[plan.ObjectiveDefined]) -> Facts:
    event, terms, at = recorded.event, recorded.event.terms, recorded.occurred_at
    passed = not event.lint.blocking
    objective = Objective(
        defined_at=at,
        smart_at_first=passed,
        passed_at=at if passed else None,
        target=terms.target,
        due_on=terms.due_on,
        weight=terms.weight,
    )
    objective = structs.replace(objective, **measure_facts(terms.measure), **baseline_facts(terms.baseline, recorded))
    return changed(structs.replace(facts, objectives={**facts.objectives, event.objective_id: objective}), recorded)


@follow.on(plan.ObjectiveRefined)
def objective_refined(facts: Facts, recorded: Recorded[plan.ObjectiveRefined]) -> Facts:
    event = recorded.event
    facts = with_objective(facts, event.objective_id, **refined(event.refinement, recorded))
    return changed(judged(facts, event.objective_id, event.lint, recorded), recorded)


def refined(refinement: plan.Refinement, recorded: Applied) -> dict[str, object]:
    """Which of the facts a refinement replaces; words are none of them."""
    match refinement:
        case plan.TargetRefined(to=target):
            return {"target": target}
        case plan.DueRefined(to=due_on):
            return {"due_on": due_on}
        case plan.MeasureRefined(to=measure):
            return measure_facts(measure)
        case plan.MeasureReplaced(to=measure, version=version, target=target, baseline=baseline):
            return {"measure": version, "target": target, **measure_facts(measure), **baseline_facts(baseline, recorded)}
        case _:
            return {}


def measure_facts(measure: Measure | None) -> dict[str, object]:
    band = measure.band if measure is not None else None
    return {
        "direction": measure.direction if measure is not None else None,
        "low": band.low if band is not None else None,
        "high": band.high if band is not None else None,
    }


def baseline_facts(baseline: Baseline | None, recorded: Applied) -> dict[str, object]:
    if baseline is None:
        return {"baseline": None, "baseline_version": None, "baseline_at": None}
    return {"baseline": baseline.value, "baseline_version": recorded.version, "baseline_at": recorded.occurred_at}


@follow.on(plan.BaselineRecorded)
def baseline_recorded(facts: Facts, recorded: Recorded[plan.BaselineRecorded]) -> Facts:
    fields = baseline_facts(recorded.event.baseline, recorded)
    return changed(with_objective(facts, recorded.event.objective_id, **fields), recorded)


@follow.on(plan.AttainmentScaleDefined)
def attainment_scale_defined(facts: Facts, recorded: Recorded[plan.AttainmentScaleDefined]) -> Facts:
    """Importance times difficulty is the weight, until it gets another."""
    event, agreed = recorded.event, recorded.event.terms
    fields = {"weight": agreed.importance * agreed.difficulty, "baseline_level": agreed.baseline_level}
    return changed(with_objective(facts, event.objective_id, **fields), recorded)


@follow.on(plan.ObjectiveReprioritized)
def objective_reprioritized(facts: Facts, recorded: Recorded[plan.ObjectiveReprioritized]) -> Facts:
    return changed(with_objective(facts, recorded.event.objective_id, weight=recorded.event.to), recorded)


@follow.on(plan.ObjectiveConcluded)
def objective_concluded(facts: Facts, recorded: Recorded[plan.ObjectiveConcluded]) -> Facts:
    """In an active plan it does not hold while only the coach has judged."""
    event = recorded.event
    holds = event.client_agrees is not None or facts.activated_at is None
    conclusion = Conclusion(recorded.version, recorded.occurred_at, holds, event.outcome, event.level)
    return with_objective(facts, event.objective_id, conclusions=(*facts.objectives[event.objective_id].conclusions, conclusion))
