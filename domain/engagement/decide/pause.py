"""Deciding when coaching rests, and when it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.engagement.commands import PauseEngagement, ResumeEngagement
from domain.engagement.context import EngagementContext
from domain.engagement.decide.table import decide
from domain.engagement.events import EngagementPaused, EngagementResumed
from domain.engagement.state import EngagementState
from domain.errors.engagement import EngagementNotActive, EngagementNotPaused
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.rules import require_reason
from domain.values import of_author


@decide.on(PauseEngagement)
def pause(state: EngagementState, command: PauseEngagement, context: EngagementContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    if state.stage != "active":
        raise EngagementNotActive(state=state.stage)
    if command.until is not None and command.until <= context.today:
        raise DatesInverted("The end that is foreseen for a pause must lie after today.", pointer="/until")
    return (
        EngagementPaused(
            paused_on=context.today,
            until=command.until,
            shifts_due_dates=command.shifts_due_dates,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(ResumeEngagement)
def resume(state: EngagementState, command: ResumeEngagement, context: EngagementContext) -> Sequence[Event]:
    """A pause that ends on the day on which it began cost no day, and moves nothing."""
    require_reason(command.reason_code, command.reason, context.policy)
    if state.pause is None or state.stage != "paused":
        raise EngagementNotPaused(state=state.stage)
    assert state.planned_end is not None  # activation set it, and only what is active is paused
    resumed_on = max(context.today, state.pause.paused_on)  # the zone of the organization may have moved west meanwhile
    shifted = (resumed_on - state.pause.paused_on).days if state.pause.shifts_due_dates else 0
    moves = state.planned_end >= state.pause.paused_on
    return (
        EngagementResumed(
            paused_on=state.pause.paused_on,
            resumed_on=resumed_on,
            shifted_days=shifted,
            planned_end=state.planned_end + timedelta(days=shifted) if moves else state.planned_end,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )
