"""Templates of plans: in words about no person, to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.errors import ItemUnknown
from domain.errors.plan import MilestoneAfterObjective, StrategyWithoutObjective
from domain.event import Event
from domain.organization.commands import DefinePlanTemplate, ObjectiveSkeleton, RetirePlanTemplate
from domain.organization.context import OrganizationContext
from domain.organization.decide.table import decide
from domain.organization.events import PlanTemplateDefined, PlanTemplateRetired
from domain.organization.state import OrganizationState
from domain.rules import require_place
from domain.skeleton import SkeletonMeasure, SkeletonMilestone, SkeletonObjective, SkeletonStrategy
from domain.values import spelled

MOST_TEMPLATES: Final = 20
"""Of an organization: they are read with its policy, for every command."""


@decide.on(DefinePlanTemplate)
def define_plan_template(state: OrganizationState, command: DefinePlanTemplate, context: OrganizationContext) -> Sequence[Event]:
    require_place(MOST_TEMPLATES - len(state.plan_templates), "plan_templates")
    for place, strategy in enumerate(command.strategies):
        if not strategy.objectives:
            raise StrategyWithoutObjective(pointer=f"/strategies/{place}/objectives")
        for index, objective in enumerate(strategy.objectives):
            objective_at(command, objective, f"/strategies/{place}/objectives/{index}")
    for place, milestone in enumerate(command.milestones):
        due = objective_at(command, milestone.objective, f"/milestones/{place}/objective").due_after_days
        if due is not None and milestone.due_after_days > due:
            raise MilestoneAfterObjective(pointer=f"/milestones/{place}/due_after_days")
    return [
        PlanTemplateDefined(
            template_id=context.ids[0],
            name=command.name,
            language=command.language or state.locale,
            objectives=tuple(objective_of(one) for one in command.objectives),
            strategies=tuple(SkeletonStrategy(title=one.title, kind=one.kind, objectives=one.objectives) for one in command.strategies),
            milestones=tuple(
                SkeletonMilestone(objective=one.objective, title=one.title, due_after_days=one.due_after_days) for one in command.milestones
            ),
        )
    ]


def objective_at(command: DefinePlanTemplate, place: int, pointer: str) -> ObjectiveSkeleton:
    if place >= len(command.objectives):
        raise ItemUnknown("The template has no objective at that place.", pointer=pointer)
    return command.objectives[place]


def objective_of(given: ObjectiveSkeleton) -> SkeletonObjective:
    one = given.measure
    measure = (
        None
        if one is None
        else SkeletonMeasure(name=one.name, kind=one.kind, unit=None if one.unit is None else spelled(one.unit), direction=one.direction)
    )
    return SkeletonObjective(title=given.title, outcome_area=given.outcome_area, measure=measure, due_after_days=given.due_after_days)


@decide.on(RetirePlanTemplate)
def retire_plan_template(state: OrganizationState, command: RetirePlanTemplate, context: OrganizationContext) -> Sequence[Event]:
    if command.template_id not in state.plan_templates:
        raise ItemUnknown(pointer="/template_id")
    return [PlanTemplateRetired(template_id=command.template_id)]
