"""When the plan is to be judged: as somebody decides, as the program's rules say, and later by as long as a pause lasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.errors.engagement import EngagementNotActive, NotAParty
from domain.errors.plan import DueInPast
from domain.evaluation.commands import ScheduleEvaluation, ScheduleProgramPoint, ShiftDueDate
from domain.evaluation.context import EvaluationContext
from domain.evaluation.decide.table import decide
from domain.evaluation.events import DueDateShifted, EvaluationScheduled
from domain.evaluation.state import EvaluationState
from domain.event import Event


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


@decide.on(ScheduleProgramPoint)
def schedule_program_point(state: EvaluationState, command: ScheduleProgramPoint, context: EvaluationContext) -> Sequence[Event]:
    """Whatever stands in the way of a rule must not stand in the way of beginning or ending: a point that has passed is left out."""
    if state.exists or command.due_on < context.today:
        return ()
    return (
        EvaluationScheduled(
            evaluation_id=command.evaluation_id,
            engagement_id=context.engagement.id,
            client_id=context.engagement.client_id,
            kind=command.kind,
            point=command.point,
            due_on=command.due_on,
            evaluators=command.evaluators,
            from_program=True,
        ),
    )


@decide.on(ShiftDueDate)
def shift_due_date(state: EvaluationState, command: ShiftDueDate, context: EvaluationContext) -> Sequence[Event]:
    if not state.is_open or state.due_on < command.paused_on:
        return ()
    return (DueDateShifted(days=command.days, due_on=state.due_on + timedelta(days=command.days)),)
