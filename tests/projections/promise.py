"""What is promised in an engagement, and what becomes of it, as events: actions, reviews, evaluations."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.evaluation.events import EvaluationRecorded, EvaluationScheduled
from domain.glossary import Party
from domain.plan.events import ActionCommitted, ActionCompleted, ActionDropped, ActionRescheduled, PlanReviewed
from domain.values import OfClient
from tests.projections.history import ACTION, CLIENT, ENGAGEMENT, EVALUATION, OBJECTIVE, PLAN


def committed(due_on: str, action: UUID = ACTION) -> ActionCommitted:
    return ActionCommitted(
        action_id=action,
        strategy_id=None,
        objective_id=OBJECTIVE,
        text=OfClient("Ask two people of the team what they would need"),
        owner=CLIENT,
        due_on=date.fromisoformat(due_on),
        first_step=None,
        accountable_to=None,
        session_id=None,
        committed_by="client",
    )


def completed(on: str, action: UUID = ACTION) -> ActionCompleted:
    return ActionCompleted(action_id=action, completed_on=date.fromisoformat(on), evidence=None, effort_minutes=None)


def rescheduled(due_on: str, to: str, action: UUID = ACTION, *, initiated_by: Party = "coach") -> ActionRescheduled:
    return ActionRescheduled(
        action_id=action,
        from_=date.fromisoformat(due_on),
        to=date.fromisoformat(to),
        times_moved=1,
        rescheduled_by="coach",
        initiated_by=initiated_by,
        reason_code="capacity",
        reason=None,
    )


def dropped(due_on: str, action: UUID = ACTION, *, initiated_by: Party = "coach") -> ActionDropped:
    return ActionDropped(
        action_id=action,
        due_on=date.fromisoformat(due_on),
        dropped_by="coach",
        initiated_by=initiated_by,
        reason_code="scope",
        reason=None,
    )


def reviewed(on: str, following: str = "2026-12-31") -> PlanReviewed:
    return PlanReviewed(
        review_no=1,
        reviewed_on=date.fromisoformat(on),
        decisions=(),
        next_review_on=date.fromisoformat(following),
        participants=(),
        reason_code=None,
        reason=None,
    )


def scheduled(due_on: str, evaluation: UUID = EVALUATION, *evaluators: Party) -> EvaluationScheduled:
    return EvaluationScheduled(
        evaluation_id=evaluation,
        engagement_id=ENGAGEMENT,
        client_id=CLIENT,
        kind="interim",
        point="mid",
        due_on=date.fromisoformat(due_on),
        evaluators=evaluators or ("client", "coach"),
        from_program=False,
    )


def judged(evaluator: Party) -> EvaluationRecorded:
    return EvaluationRecorded(
        evaluator=evaluator,
        plan_id=PLAN,
        plan_version=1,
        effectiveness=4,
        ratings=(),
        levels=(),
        benefits=(),
        summary=None,
    )
