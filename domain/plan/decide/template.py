"""What a plan begins with that is drafted from a template: copies, which go their own way from then on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.event import Event
from domain.plan.context import PlanContext
from domain.plan.decide.gate import lint_of
from domain.plan.events import MilestoneSet, ObjectiveDefined, PlanDrafted, StrategyAdopted
from domain.plan.smart.text import features_of
from domain.plan.state import PlanState
from domain.plan.terms import Links, Measure, ObjectiveTerms, Realism, StrategyTerms
from domain.skeleton import PlanTemplate, SkeletonMeasure, SkeletonMilestone, SkeletonObjective, SkeletonStrategy
from domain.values import OfClient, label_of_client


def from_template(template: PlanTemplate, plan: PlanDrafted, context: PlanContext) -> Iterator[Event]:
    """Each item takes the next of the command's ids; days count from today."""
    ids = iter(context.ids[1:])
    state = PlanState(id=plan.plan_id, language=plan.language)
    objectives = [next(ids) for _ in template.objectives]
    for id, objective in zip(objectives, template.objectives, strict=True):
        yield objective_defined(state, id, terms_of(objective, template, context), context)
    for strategy in template.strategies:
        yield strategy_adopted(strategy, next(ids), objectives, context)
    for milestone in template.milestones:
        yield milestone_set(milestone, next(ids), objectives, context)


def objective_defined(state: PlanState, id: UUID, terms: ObjectiveTerms, context: PlanContext) -> ObjectiveDefined:
    """What it lacks, such as a baseline and a target, the SMART gate names as of any other."""
    lint = lint_of(state, id, terms, features_of(terms.title.plain(), terms.language, context.rulesets.smart), context)
    return ObjectiveDefined(objective_id=id, terms=terms, defined_by=context.party, lint=lint, change_id=None)


def terms_of(one: SkeletonObjective, template: PlanTemplate, context: PlanContext) -> ObjectiveTerms:
    return ObjectiveTerms(
        title=OfClient(one.title),
        why=None,
        language=template.language,
        outcome_area=one.outcome_area,
        measure=None if one.measure is None else measure_of(one.measure),
        baseline=None,
        baseline_by=None,
        target=None,
        due_on=None if one.due_after_days is None else after(one.due_after_days, context),
        weight=1,
        confidence=None,
        confidence_comment=None,
        links=Links(),
    )


def measure_of(one: SkeletonMeasure) -> Measure:
    name = OfClient(one.name)
    return Measure(name=name, kind=one.kind, unit=label_of_client(one.unit), direction=one.direction, scope=None, band=None, source=None)


def strategy_adopted(one: SkeletonStrategy, id: UUID, objectives: Sequence[UUID], context: PlanContext) -> StrategyAdopted:
    terms = StrategyTerms(
        title=OfClient(one.title),
        kind=one.kind,
        objective_ids=tuple(objectives[place] for place in one.objectives),
        realism=Realism(hours_per_week=None, obstacles=None),
        client_fit=None,
    )
    return StrategyAdopted(strategy_id=id, terms=terms, evidence=(), adopted_by=context.party, change_id=None)


def milestone_set(one: SkeletonMilestone, id: UUID, objectives: Sequence[UUID], context: PlanContext) -> MilestoneSet:
    return MilestoneSet(
        milestone_id=id,
        objective_id=objectives[one.objective],
        title=OfClient(one.title),
        due_on=after(one.due_after_days, context),
        benchmark=None,
        evidence=None,
        set_by=context.party,
        initiated_by=context.party,
    )


def after(days: int, context: PlanContext) -> date:
    return context.today + timedelta(days=days)
