"""Deciding when an engagement is over, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from domain.engagement.commands import CancelEngagement, CompleteEngagement, EndForErasure
from domain.engagement.context import Course, EngagementContext
from domain.engagement.decide.table import decide
from domain.engagement.events import EngagementCancelled, EngagementCompleted, EngagementEndedEarly
from domain.engagement.state import EngagementState
from domain.errors.engagement import (
    EngagementActive,
    EngagementEnded,
    EngagementNotActive,
    FinalEvaluationMissing,
    FutureSessionsExist,
    ObjectivesOpen,
)
from domain.event import Event
from domain.glossary import CLIENT_ERASED, ENDED, EngagementStage
from domain.rules import require_reason
from domain.values import OfClient, of_author

BEFORE: Final[tuple[EngagementStage, ...]] = ("proposed", "contracted")


@decide.on(CompleteEngagement)
def complete(state: EngagementState, command: CompleteEngagement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.stage != "active":
        raise EngagementNotActive(state=state.stage)
    course = course_of(context)
    if course.future_sessions:
        raise FutureSessionsExist(sessions=course.future_sessions)
    if course.open_objectives:
        raise ObjectivesOpen(objectives=course.open_objectives)
    if course.final_evaluation_id is None:
        raise FinalEvaluationMissing
    return (
        EngagementCompleted(
            **given_back(state, context),
            sessions_held=course.sessions_held,
            final_evaluation_id=course.final_evaluation_id,
            sustainment_plan=None if command.sustainment_plan is None else OfClient(command.sustainment_plan),
        ),
    )


@decide.on(CancelEngagement)
def cancel(state: EngagementState, command: CancelEngagement, context: EngagementContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.stage not in BEFORE:
        raise EngagementActive
    if course_of(context).future_sessions:
        raise FutureSessionsExist(sessions=course_of(context).future_sessions)
    return (EngagementCancelled(**given_back(state, context), reason_code=command.reason_code, reason=of_author(command.reason)),)


@decide.on(EndForErasure)
def end_for_erasure(state: EngagementState, command: EndForErasure, context: EngagementContext) -> Sequence[Event]:
    """Whatever is booked or open: a right to be erased waits for nothing. Said of one that is over it is said already."""
    if state.stage in ENDED:
        return ()
    closing = given_back(state, context)
    if state.stage in BEFORE:
        return (EngagementCancelled(**closing, reason_code=CLIENT_ERASED, reason=None),)
    held = course_of(context).sessions_held
    return (EngagementEndedEarly(**closing, sessions_held=held, ended_by="client", reason_code=CLIENT_ERASED, reason=None),)


def require_not_ended(state: EngagementState) -> None:
    if state.stage in ENDED:
        raise EngagementEnded(state=state.stage)


def course_of(context: EngagementContext) -> Course:
    assert context.course is not None  # the handler of a command that ends an engagement looks it up
    return context.course


def given_back(state: EngagementState, context: EngagementContext) -> dict[str, Any]:
    return {
        "engagement_id": state.id,
        "client_id": state.client_id,
        "coach_id": state.coach_id,
        "program_id": state.program_id,
        "seat": state.seat,
        "closed_on": context.today,
        "next_session_no": course_of(context).next_session_no,
    }
