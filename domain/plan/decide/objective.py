"""Deciding about objectives: defining and refining them, their baseline, and what the client says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.errors import ItemUnknown, NotPermitted, OccurredAtOutOfRange
from domain.errors.plan import BaselineLocked, WeightOutOfRange
from domain.event import Event
from domain.plan.commands import DefineObjective, RecordBaseline, RecordClientInput, RefineObjective, ReprioritizeObjective
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_current
from domain.plan.decide.content import content
from domain.plan.decide.gate import lint_of
from domain.plan.decide.lookup import evidence_from, links_from, measure_of, open_objective, require_in_unit
from domain.plan.decide.measure import baseline_of, measure_from, require_measured
from domain.plan.decide.refinement import made_of
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, of_client, require_known_code
from domain.plan.events import BaselineRecorded, ClientInputRecorded, ObjectiveDefined, ObjectiveRefined, ObjectiveReprioritized
from domain.plan.refinement import refined
from domain.plan.smart.text import features_of
from domain.plan.state import Objective, PlanState
from domain.plan.terms import HEAVIEST, Baseline, ObjectiveTerms
from domain.rules import require_occurred_since, require_reason
from domain.values import LabelOfClient, OfClient, spelled


@content(DefineObjective)
def objective_defined(state: PlanState, command: DefineObjective, context: PlanContext) -> ObjectiveDefined:
    objective_id = context.ids[0]
    terms = terms_of(command, state, context)
    lint = lint_of(state, objective_id, terms, features_of(command.title, terms.language, context.rulesets.smart), context)
    return ObjectiveDefined(objective_id=objective_id, terms=terms, defined_by=context.party, lint=lint, change_id=None)


def terms_of(command: DefineObjective, state: PlanState, context: PlanContext) -> ObjectiveTerms:
    measure = None if command.measure is None else measure_from(command.measure)
    baseline = baseline_of(command.baseline, context)
    require_measured(measure, baseline, command.target)
    return ObjectiveTerms(
        title=OfClient(command.title),
        why=of_client(command.why),
        language=command.language or state.language,
        outcome_area=command.outcome_area,
        measure=measure,
        baseline=baseline,
        baseline_by=command.baseline_by,
        target=command.target,
        due_on=command.due_on,
        weight=command.weight,
        confidence=command.confidence,
        confidence_comment=of_client(command.confidence_comment),
        links=links_from(command.links, context),
    )


@content(RefineObjective)
def objective_refined(state: PlanState, command: RefineObjective, context: PlanContext) -> ObjectiveRefined | None:
    """After activation a reason is needed; before, the words are still being found."""
    if state.status == "active":
        require_reason(command.reason_code, command.reason, context.policy)
    require_known_code(command.reason_code, context)
    evidence = evidence_from(state, command.evidence)
    objective = open_objective(state, command.objective_id)
    made = made_of(command.refinement, objective, context)
    if made is None:
        return None
    refinement, features = made
    return ObjectiveRefined(
        objective_id=objective.id,
        refinement=refinement,
        evidence=evidence,
        refined_by=context.party,
        lint=lint_of(state, objective.id, refined(objective.terms, refinement), features, context),
        change_id=None,
        reason_code=command.reason_code,
        reason=of_author(command.reason),
    )


@content(ReprioritizeObjective)
def objective_reprioritized(state: PlanState, command: ReprioritizeObjective, context: PlanContext) -> ObjectiveReprioritized | None:
    """The weight decides how much an objective counts in what the plan attained: so it is part of what is agreed."""
    require_reason(command.reason_code, command.reason, context.policy)
    objective = open_objective(state, command.objective_id)
    if not 1 <= command.to <= HEAVIEST:
        raise WeightOutOfRange(pointer="/to")
    if command.to == objective.terms.weight:
        return None
    require_current(objective.terms.weight, command.from_, objective.touch("weight"))
    return ObjectiveReprioritized(
        objective_id=objective.id,
        from_=command.from_,
        to=command.to,
        reprioritized_by=context.party,
        change_id=None,
        reason_code=command.reason_code,
        reason=of_author(command.reason),
    )


@decide.on(RecordBaseline)
def record_baseline(state: PlanState, command: RecordBaseline, context: PlanContext) -> Sequence[Event]:
    """In an active plan only a baseline that was agreed to be found out later: any other was agreed as it is."""
    objective = open_objective(state, command.objective_id)
    require_occurred_since(objective.made_at, context)
    measure = measure_of(objective)
    require_in_unit(measure, command.value)
    baseline = Baseline(value=command.value, at=command.at or context.today, source=LabelOfClient(spelled(command.source)))
    if baseline.at > context.today:
        raise OccurredAtOutOfRange("A baseline cannot be taken on a day that lies ahead.", pointer="/at")
    current = objective.terms.baseline
    if baseline == current:
        return []
    require_unlocked(state, objective)
    require_current(None if current is None else current.value, command.from_, objective.touch("baseline"))
    return [BaselineRecorded(objective_id=objective.id, measure_version=objective.measure_version, from_=command.from_, baseline=baseline)]


def require_unlocked(state: PlanState, objective: Objective) -> None:
    if objective.measured:
        raise BaselineLocked()
    if state.status == "active" and objective.terms.baseline is not None:
        raise BaselineLocked("The baseline was agreed with the plan: correct it with a correction, which keeps both values.")


@decide.on(RecordClientInput)
def record_client_input(state: PlanState, command: RecordClientInput, context: PlanContext) -> Sequence[Event]:
    if context.side == "sponsor":
        raise NotPermitted("Only the client says what the client thinks, or the coach who quotes them.")
    subjects: dict[str, Mapping[UUID, Any]] = {
        "objective": state.objectives,
        "strategy": state.strategies,
        "timeline": state.milestones,
        "plan": {},
    }
    required = command.about in ("objective", "strategy")
    if (required or command.about_id is not None) and command.about_id not in subjects[command.about]:
        raise ItemUnknown(pointer="/about_id")
    return [
        ClientInputRecorded(
            about=command.about,
            about_id=command.about_id,
            stance=command.stance,
            text=OfClient(command.text),
            quoted=context.side == "coach",
        )
    ]
