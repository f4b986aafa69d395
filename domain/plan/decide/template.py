"""What a plan begins with that is drafted from a template: copies, which go their own way from then on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec.structs import replace

from domain.event import Event
from domain.plan.commands import AdoptStrategy, DefineObjective
from domain.plan.commands.part import MeasureBody
from domain.plan.context import PlanContext
from domain.plan.decide.objective import objective_defined
from domain.plan.decide.strategy import strategy_adopted
from domain.plan.events import Change, MilestoneSet, PlanDrafted
from domain.plan.state import PlanState
from domain.skeleton import PlanTemplate, SkeletonMilestone, SkeletonObjective
from domain.values import OfClient


def from_template(template: PlanTemplate, plan: PlanDrafted, context: PlanContext) -> Sequence[Event]:
    """Each item takes the next of the command's ids; days count from today."""
    ids = iter(context.ids[1:])
    state = PlanState(id=plan.plan_id, language=plan.language)
    objectives = [next(ids) for _ in template.objectives]
    return [
        *(
            new(objective_defined(state, define(one, template.language, context), replace(context, ids=(id,))))
            for id, one in zip(objectives, template.objectives, strict=True)
        ),
        *strategies(state, template, objectives, ids, context),
        *(milestone_set(one, next(ids), objectives[one.objective], context) for one in template.milestones),
    ]


def new(event: Change | None) -> Change:
    assert event is not None  # only what is there already can be as it is wanted
    return event


def define(one: SkeletonObjective, language: str, context: PlanContext) -> DefineObjective:
    measure = one.measure
    return DefineObjective(
        title=one.title,
        language=language,
        outcome_area=one.outcome_area,
        measure=None
        if measure is None
        else MeasureBody(name=measure.name, kind=measure.kind, unit=measure.unit, direction=measure.direction),
        due_on=None if one.due_after_days is None else after(one.due_after_days, context),
    )


def strategies(
    state: PlanState, template: PlanTemplate, objectives: Sequence[UUID], ids: Iterator[UUID], context: PlanContext
) -> Iterator[Event]:
    for one in template.strategies:
        served = tuple(objectives[place] for place in one.objectives)
        adopt = AdoptStrategy(title=one.title, kind=one.kind, objective_ids=served)
        yield new(strategy_adopted(state, adopt, replace(context, ids=(next(ids),))))


def milestone_set(one: SkeletonMilestone, id: UUID, objective_id: UUID, context: PlanContext) -> MilestoneSet:
    return MilestoneSet(
        milestone_id=id,
        objective_id=objective_id,
        title=OfClient(one.title),
        due_on=after(one.due_after_days, context),
        benchmark=None,
        evidence=None,
        set_by=context.party,
        initiated_by=context.party,
    )


def after(days: int, context: PlanContext) -> date:
    return context.today + timedelta(days=days)
