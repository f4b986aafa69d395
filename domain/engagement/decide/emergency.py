"""Deciding about emergencies: one person asks, another agrees, and whoever has a part in it may end it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.engagement.commands import ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from domain.engagement.context import EngagementContext
from domain.engagement.decide.table import decide
from domain.engagement.emergency import ANSWER_WITHIN, OPEN_FOR, Emergency
from domain.engagement.events import (
    EmergencyAccessApproved,
    EmergencyAccessDeclined,
    EmergencyAccessEnded,
    EmergencyAccessRequested,
)
from domain.engagement.state import EngagementState
from domain.errors import ItemUnknown, NotPermitted, ReasonRequired
from domain.errors.engagement import (
    EmergencyAccessAnswered,
    EmergencyAccessNotOpen,
    EmergencyAccessOpen,
    EmergencyAccessPending,
    EmergencyRequestExpired,
    OwnEmergencyRequest,
)
from domain.event import Event
from domain.rules import REASON_LENGTH
from domain.values import OfAuthor


@decide.on(RequestEmergencyAccess)
def request(state: EngagementState, command: RequestEmergencyAccess, context: EngagementContext) -> Sequence[Event]:
    """Also after the coaching has ended: what the law demands does not end with it."""
    _require_no_sponsor(state, context)
    if len(command.reason.strip()) < REASON_LENGTH:
        raise ReasonRequired("Say why, in at least ten characters.", pointer="/reason")
    last = state.emergencies[-1] if state.emergencies else None
    match last.standing(context.now) if last is not None else None:
        case "waiting":
            raise EmergencyAccessPending
        case "open":
            raise EmergencyAccessOpen
    return (
        EmergencyAccessRequested(
            emergency_id=context.ids[0],
            reason_code=command.reason_code,
            reason=OfAuthor(command.reason),
            answer_by=context.now + ANSWER_WITHIN,
        ),
    )


@decide.on(ApproveEmergencyAccess)
def approve(state: EngagementState, command: ApproveEmergencyAccess, context: EngagementContext) -> Sequence[Event]:
    """By another human than the asker, whichever of their roles and keys they come with."""
    _require_no_sponsor(state, context)
    emergency = _waiting(state, command.emergency_id, context)
    if context.actor == emergency.asker_id:
        raise OwnEmergencyRequest
    return (
        EmergencyAccessApproved(
            emergency_id=emergency.id,
            asker_id=emergency.asker_id,
            reason_code=emergency.reason_code,
            open_until=context.now + OPEN_FOR,
        ),
    )


@decide.on(DeclineEmergencyAccess)
def decline(state: EngagementState, command: DeclineEmergencyAccess, context: EngagementContext) -> Sequence[Event]:
    """The asker may, too: that takes the request back."""
    emergency = _waiting(state, command.emergency_id, context)
    return (EmergencyAccessDeclined(emergency_id=emergency.id, asker_id=emergency.asker_id),)


@decide.on(EndEmergencyAccess)
def end(state: EngagementState, command: EndEmergencyAccess, context: EngagementContext) -> Sequence[Event]:
    """By the asker, whoever approved it, and every administrator. Not by the coach, whom it may be about: they can object to one."""
    emergency = _asked(state, command.emergency_id)
    if emergency.standing(context.now) != "open":
        raise EmergencyAccessNotOpen
    if context.role != "admin" and context.actor not in (emergency.asker_id, emergency.answered_by):
        raise NotPermitted("It is ended by who asked for it, by who approved it, or by an administrator.", pointer="/emergency_id")
    return (EmergencyAccessEnded(emergency_id=emergency.id, asker_id=emergency.asker_id),)


def _asked(state: EngagementState, id: UUID) -> Emergency:
    found = next((one for one in state.emergencies if one.id == id), None)
    if found is None:
        raise ItemUnknown(pointer="/emergency_id")
    return found


def _waiting(state: EngagementState, id: UUID, context: EngagementContext) -> Emergency:
    emergency = _asked(state, id)
    match emergency.standing(context.now):
        case "waiting":
            return emergency
        case "expired":
            raise EmergencyRequestExpired
    raise EmergencyAccessAnswered


def _require_no_sponsor(state: EngagementState, context: EngagementContext) -> None:
    """What the client does not consent to show a sponsor is not shown to them in another role."""
    if context.actor == state.sponsor_id:
        raise NotPermitted("Whoever sponsors this coaching neither asks for its words nor approves that somebody reads them.")
