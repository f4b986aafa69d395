"""Deciding about another coach, and about what the client lets that coach read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.engagement.commands import GrantHandoverConsent, ReassignCoach, WithdrawHandoverConsent
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import course_of, require_not_ended
from domain.engagement.decide.proposal import seat_for
from domain.engagement.decide.table import decide
from domain.engagement.events import CoachReassigned, HandoverConsentGranted, HandoverConsentWithdrawn
from domain.engagement.state import EngagementState
from domain.errors import NotPermitted, VersionConflict
from domain.errors.engagement import EngagementNotContracted, HandoverConsentMissing
from domain.errors.program import NotACoach
from domain.event import Event
from domain.rules import require_reason
from domain.values import of_author


@decide.on(ReassignCoach)
def reassign_coach(state: EngagementState, command: ReassignCoach, context: EngagementContext) -> Sequence[Event]:
    """Also while the coaching rests. Before the agreement is signed by all there is nothing to go over."""
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.stage == "proposed" or state.coach_id is None:
        raise EngagementNotContracted
    if command.from_ != state.coach_id:
        last = state.handover
        raise VersionConflict(
            pointer="/from", coach_id=state.coach_id, changed_by=last and last.by, changed_at=last.since if last is not None else 0
        )
    if command.to == state.coach_id:
        return ()
    seat = seat_for(state, command.to, context, at="/to")
    return (
        CoachReassigned(
            engagement_id=state.id,
            from_coach_id=state.coach_id,
            coach_id=command.to,
            program_id=state.program_id,
            from_seat=state.seat,
            seat=seat,
            handover_scope=command.handover_scope,
            consent_version=_consent(state, command.to) if command.handover_scope == "shared_notes" else None,
            effective_on=context.today,
            next_session_no=course_of(context).next_session_no,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def _consent(state: EngagementState, coach: UUID) -> int:
    """The version at which the client let this coach read shared notes, of a group the last of them."""
    consent = state.handover_consent
    if consent is None or consent.coach_id not in (None, coach):
        raise HandoverConsentMissing(pointer="/handover_scope")
    return consent.granted_at


@decide.on(GrantHandoverConsent)
def grant_consent(state: EngagementState, command: GrantHandoverConsent, context: EngagementContext) -> Sequence[Event]:
    """The latest grant counts. One for a person who coaches nobody here would be a consent to a slip of the pen."""
    _require_client(state, context)
    require_not_ended(state)
    if command.coach_id is not None and not context.coach_role_held:
        raise NotACoach(pointer="/coach_id")
    standing = state.handover_consents.get(context.actor)
    if standing is not None and standing.coach_id == command.coach_id:
        return ()
    return (HandoverConsentGranted(coach_id=command.coach_id),)


@decide.on(WithdrawHandoverConsent)
def withdraw_consent(state: EngagementState, command: WithdrawHandoverConsent, context: EngagementContext) -> Sequence[Event]:
    """Always accepted, whatever it was used for already."""
    _require_client(state, context)
    reads = state.handover is not None and state.handover.scope == "shared_notes"
    if not reads and context.actor not in state.handover_consents:
        return ()
    return (HandoverConsentWithdrawn(coach_id=state.coach_id if reads else None),)


def _require_client(state: EngagementState, context: EngagementContext) -> None:
    """Each who is coached, for themselves."""
    if context.actor not in state.coached:
        raise NotPermitted("Consent is the client's own: nobody else can grant or withdraw it.")
