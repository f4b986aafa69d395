"""How objectives, baselines, scales and measurements change the state."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from msgspec.structs import replace

from domain.event import Recorded
from domain.plan.events import (
    AttainmentScaleDefined,
    BaselineRecorded,
    MeasurementCorrected,
    MeasureReplaced,
    ObjectiveConcluded,
    ObjectiveDefined,
    ObjectiveRefined,
    ObjectiveReprioritized,
    ProgressMeasured,
)
from domain.plan.evolve.table import evolve, put_entry, put_objective, touch
from domain.plan.refinement import fields_of, refined
from domain.plan.state import Conclusion, Entry, Measurement, Objective, PlanState, Scale


@evolve.on(ObjectiveDefined)
def objective_defined(state: PlanState, recorded: Recorded[ObjectiveDefined]) -> PlanState:
    event = recorded.event
    objective = Objective(
        id=event.objective_id,
        terms=event.terms,
        lint=event.lint,
        defined_by=event.defined_by,
        made=touch(recorded),
        made_at=recorded.occurred_at,
        measure_version=0 if event.terms.measure is None else 1,
        baseline_version=None if event.terms.baseline is None else recorded.version,
    )
    return put_objective(state, objective)


@evolve.on(ObjectiveRefined)
def objective_refined(state: PlanState, recorded: Recorded[ObjectiveRefined]) -> PlanState:
    event = recorded.event
    objective, refinement = state.objectives[event.objective_id], event.refinement
    touched = objective.touched | dict.fromkeys(fields_of(refinement), touch(recorded))
    objective = replace(objective, terms=refined(objective.terms, refinement), lint=event.lint, touched=touched)
    if isinstance(refinement, MeasureReplaced):
        baseline_version = None if refinement.baseline is None else recorded.version
        objective = replace(objective, measure_version=refinement.version, baseline_version=baseline_version)
    return put_objective(state, objective)


@evolve.on(BaselineRecorded)
def baseline_recorded(state: PlanState, recorded: Recorded[BaselineRecorded]) -> PlanState:
    objective = state.objectives[recorded.event.objective_id]
    terms = replace(objective.terms, baseline=recorded.event.baseline, baseline_by=None)
    touched = objective.touched | {"baseline": touch(recorded)}
    return put_objective(state, replace(objective, terms=terms, touched=touched, baseline_version=recorded.version))


@evolve.on(AttainmentScaleDefined)
def attainment_scale_defined(state: PlanState, recorded: Recorded[AttainmentScaleDefined]) -> PlanState:
    """Importance times difficulty is the objective's weight, until it gets another (Kiresuk & Sherman 1968)."""
    event = recorded.event
    objective = state.objectives[event.objective_id]
    weighed = replace(objective.terms, weight=event.terms.importance * event.terms.difficulty)
    touched = objective.touched | dict.fromkeys(("scale", "weight"), touch(recorded))
    scale = Scale(version=event.version, terms=event.terms)
    return put_objective(state, replace(objective, terms=weighed, scale=scale, touched=touched))


@evolve.on(ObjectiveReprioritized)
def objective_reprioritized(state: PlanState, recorded: Recorded[ObjectiveReprioritized]) -> PlanState:
    objective = state.objectives[recorded.event.objective_id]
    terms = replace(objective.terms, weight=recorded.event.to)
    return put_objective(state, replace(objective, terms=terms, touched=objective.touched | {"weight": touch(recorded)}))


@evolve.on(ProgressMeasured)
def progress_measured(state: PlanState, recorded: Recorded[ProgressMeasured]) -> PlanState:
    event = recorded.event
    objective = state.objectives[event.objective_id]
    measurement = Measurement(
        version=recorded.version,
        measure_version=event.measure_version,
        value=event.value,
        at=event.at,
        on=event.on,
        source=event.source,
        touch=touch(recorded),
    )
    measurements = objective.measurements + (measurement,)  # noqa: RUF005 - one copy of what may be thousands, not two
    return put_objective(state, replace(objective, measurements=measurements))


@evolve.on(MeasurementCorrected)
def measurement_corrected(state: PlanState, recorded: Recorded[MeasurementCorrected]) -> PlanState:
    event = recorded.event
    objective = state.objectives[event.objective_id]
    if event.corrects_version == objective.baseline_version and objective.terms.baseline is not None:
        terms = replace(objective.terms, baseline=replace(objective.terms.baseline, value=event.to))
        return put_objective(state, replace(objective, terms=terms, touched=objective.touched | {"baseline": touch(recorded)}))
    measurements = list(objective.measurements)
    place = bisect_left(measurements, event.corrects_version, key=attrgetter("version"))  # they came in the order of versions
    if place < len(measurements) and measurements[place].version == event.corrects_version:
        measurements[place] = replace(measurements[place], value=event.to, touch=touch(recorded))
    return put_objective(state, replace(objective, measurements=tuple(measurements)))


@evolve.on(ObjectiveConcluded)
def objective_concluded(state: PlanState, recorded: Recorded[ObjectiveConcluded]) -> PlanState:
    event = recorded.event
    objective = state.objectives[event.objective_id]
    conclusion = Conclusion(
        version=recorded.version,
        outcome=event.outcome,
        level=event.level,
        rated_by=event.rated_by,
        client_agrees=event.client_agrees,
        holds=event.client_agrees is not None or state.status != "active",
    )
    state = put_objective(state, replace(objective, conclusions=(*objective.conclusions, conclusion)))
    return put_entry(state, recorded.version, Entry(kind="objective_concluded", item_id=objective.id))
