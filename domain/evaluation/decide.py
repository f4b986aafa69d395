"""What an evaluation allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.decider import Decide
from domain.errors import ItemUnknown
from domain.errors.engagement import EngagementNotActive, NotAParty
from domain.errors.evaluation import AlreadyRecorded, PlanVersionUnknown
from domain.errors.plan import DueInPast, PlanNotActive
from domain.evaluation.commands import RecordEvaluation, ScheduleEvaluation, ShiftDueDate
from domain.evaluation.context import EvaluationContext, PlanFacts
from domain.evaluation.events import DueDateShifted, EvaluationRecorded, EvaluationScheduled, ObjectiveRating
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.rules import require_occurred_since
from domain.values import OfClient

decide: Final[Decide[EvaluationState, EvaluationContext]] = Decide()


@decide.on(ScheduleEvaluation)
def schedule(state: EvaluationState, command: ScheduleEvaluation, context: EvaluationContext) -> Sequence[Event]:
    engagement = context.engagement
    if engagement.state != "active":
        raise EngagementNotActive(state=engagement.state)
    if command.due_on < context.today:
        raise DueInPast(pointer="/due_on")
    if "sponsor" in command.evaluators and engagement.sponsor_id is None:
        raise NotAParty("The engagement has no sponsor.", pointer="/evaluators")
    return (
        EvaluationScheduled(
            evaluation_id=context.ids[0],
            engagement_id=engagement.id,
            client_id=engagement.client_id,
            kind=command.kind,
            point=command.point,
            due_on=command.due_on,
            evaluators=tuple(dict.fromkeys(command.evaluators)),
            from_program=context.program is not None and command.point in context.program.evaluation_points,
        ),
    )


@decide.on(RecordEvaluation)
def record(state: EvaluationState, command: RecordEvaluation, context: EvaluationContext) -> Sequence[Event]:
    evaluator = context.engagement.parties.get(context.actor)
    if evaluator is None or evaluator not in state.evaluators:
        raise NotAParty("Only those whom the evaluation names as evaluators can record it.")
    if evaluator in state.recorded:
        raise AlreadyRecorded
    plan = context.plan
    if plan is None or not plan.activated:
        raise PlanNotActive("There is nothing to judge before the plan was activated.")
    if command.plan_version not in plan.versions:
        raise PlanVersionUnknown(pointer="/plan_version", known=sorted(plan.versions))
    _require_objectives(command, plan)
    assert state.scheduled_at is not None  # it was scheduled, or it would not exist
    require_occurred_since(state.scheduled_at, context)
    return (
        EvaluationRecorded(
            evaluator=evaluator,
            plan_id=plan.id,
            plan_version=command.plan_version,
            effectiveness=command.effectiveness,
            ratings=tuple(
                ObjectiveRating(objective_id=given.objective_id, rating=given.rating, comment=_about_client(given.comment))
                for given in command.ratings
            ),
            levels=command.levels,
            benefits=command.benefits,
            summary=_about_client(command.summary),
        ),
    )


@decide.on(ShiftDueDate)
def shift_due_date(state: EvaluationState, command: ShiftDueDate, context: EvaluationContext) -> Sequence[Event]:
    if not state.is_open or state.due_on < command.paused_on:
        return ()
    return (DueDateShifted(days=command.days, due_on=state.due_on + timedelta(days=command.days)),)


def _require_objectives(command: RecordEvaluation, plan: PlanFacts) -> None:
    named = {f"/ratings/{number}/objective_id": rating.objective_id for number, rating in enumerate(command.ratings)}
    named |= {f"/benefits/{number}/objective_id": benefit.objective_id for number, benefit in enumerate(command.benefits)}
    for pointer, objective_id in named.items():
        if objective_id not in plan.objective_ids:
            raise ItemUnknown("The plan has no such objective.", pointer=pointer)


def _about_client(text: str | None) -> OfClient[str] | None:
    return None if text is None else OfClient(text)
