"""Objectives, their measures, baselines and conclusions."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from domain.plan.smart.verdict import Lint
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


@follow.on(plan.ObjectiveConcluded)
def objective_concluded(facts: Facts, recorded: Recorded[plan.ObjectiveConcluded]) -> Facts:
    """In an active plan it does not hold while only the coach has judged."""
    event = recorded.event
    holds = event.client_agrees is not None or facts.activated_at is None
    conclusion = Conclusion(recorded.version, recorded.occurred_at, holds)
    return with_objective(facts, event.objective_id, conclusions=(*facts.objectives[event.objective_id].conclusions, conclusion))
