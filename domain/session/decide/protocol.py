"""Deciding about the steps of a session's protocol: what it is about, what came to light, what became of commitments."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import ItemUnknown, VersionConflict
from domain.errors.session import SessionClosed
from domain.event import Event
from domain.rules import require_occurred_since
from domain.session.commands import CaptureInsight, MakeSessionAgreement, ReviewCommitment
from domain.session.context import SessionContext
from domain.session.decide.table import decide
from domain.session.decide.writing import require_visibility
from domain.session.events import CommitmentReviewed, InsightCaptured, SessionAgreementMade
from domain.session.state import SessionState
from domain.values import OfClient


@decide.on(MakeSessionAgreement)
def agree(state: SessionState, command: MakeSessionAgreement, context: SessionContext) -> Sequence[Event]:
    if state.stage != "scheduled":
        raise SessionClosed(stage=state.stage)
    if command.seen != state.agreed_at:
        raise VersionConflict(pointer="/seen", changed_at=state.agreed_at)
    for number, objective_id in enumerate(command.objective_ids):
        if objective_id not in context.plan.objective_ids:
            raise ItemUnknown("The plan has no such objective.", pointer=f"/objective_ids/{number}")
    return (
        SessionAgreementMade(
            focus=OfClient(command.focus),
            wanted_outcome=OfClient(command.wanted_outcome),
            success_sign=_of_client(command.success_sign),
            why=_of_client(command.why),
            objective_ids=tuple(dict.fromkeys(command.objective_ids)),
            replaces=state.agreed_at,
        ),
    )


@decide.on(CaptureInsight)
def capture(state: SessionState, command: CaptureInsight, context: SessionContext) -> Sequence[Event]:
    _require_meeting(state)
    visibility = require_visibility(command.visibility, context)
    return (InsightCaptured(insight_id=context.ids[0], visibility=visibility, text=OfClient(command.text)),)


@decide.on(ReviewCommitment)
def review(state: SessionState, command: ReviewCommitment, context: SessionContext) -> Sequence[Event]:
    _require_meeting(state)
    if command.action_id not in context.plan.action_ids:
        raise ItemUnknown("The plan has no such action.", pointer="/action_id")
    assert state.scheduled_at is not None  # it was scheduled, or it would not exist
    require_occurred_since(state.scheduled_at, context)
    return (CommitmentReviewed(action_id=command.action_id, outcome=command.outcome, learning=_of_client(command.learning)),)


def _require_meeting(state: SessionState) -> None:
    """The session is to take place, or did: what it brought is often written down after it."""
    if state.stage not in ("scheduled", "completed"):
        raise SessionClosed(stage=state.stage)


def _of_client(text: str | None) -> OfClient[str] | None:
    return OfClient(text) if text is not None and text.strip() else None
