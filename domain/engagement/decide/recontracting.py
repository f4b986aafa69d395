"""Deciding when what was signed is agreed anew: the old terms rule until every party has signed the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.engagement.commands import AmendAgreement, OpenRecontracting, WithdrawRecontracting
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import AgreementAmended, RecontractingOpened, RecontractingWithdrawn
from domain.engagement.state import Agreement, EngagementState
from domain.errors import NotPermitted
from domain.errors.engagement import (
    AgreementMissing,
    AgreementNotSigned,
    RecontractingBegun,
    RecontractingNotOpen,
    RecontractingOpenAlready,
    SignaturesMissing,
)
from domain.event import Event
from domain.glossary import Party
from domain.rules import require_reason
from domain.values import of_author


@decide.on(OpenRecontracting)
def open_recontracting(state: EngagementState, command: OpenRecontracting, context: EngagementContext) -> Sequence[Event]:
    """Also anew, when a party would not sign what others have signed."""
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.latest is None:
        raise AgreementMissing
    if state.recontracting is not None and (state.awaits_terms or not state.latest.signed):
        raise RecontractingOpenAlready(opened_by=state.recontracting.opened_by, opened_at=state.recontracting.opened_at)
    if not state.latest.signed:
        raise AgreementNotSigned
    return (
        RecontractingOpened(
            agreement_version=state.latest.number,
            changes=tuple(dict.fromkeys(command.changes)),
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(WithdrawRecontracting)
def withdraw_recontracting(state: EngagementState, command: WithdrawRecontracting, context: EngagementContext) -> Sequence[Event]:
    """Nobody else's wish is taken back: who did not ask for it may refuse to sign the new terms."""
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.recontracting is None:
        raise RecontractingNotOpen
    if context.actor != state.recontracting.opened_by and context.role != "program_manager":
        raise NotPermitted("Who asked to agree anew takes it back, or who runs the program.")
    if not state.recontracting_is_withdrawable:
        raise RecontractingBegun
    return (
        RecontractingWithdrawn(
            agreement_version=state.recontracting.base, reason_code=command.reason_code, reason=of_author(command.reason)
        ),
    )


@decide.on(AmendAgreement)
def amend(state: EngagementState, command: AmendAgreement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.recontracting is None:
        raise RecontractingNotOpen
    if state.awaits_terms:
        raise AgreementMissing("Draft the new terms first.")
    assert state.latest is not None  # recontracting is about an agreement
    superseded = _superseded(state)
    if missing := _missing(state, superseded, state.latest):
        raise SignaturesMissing(missing=tuple(dict.fromkeys(missing.values())), people=list(missing))
    narrowed = superseded.reaching("sponsor") - state.latest.reaching("sponsor")
    return (
        AgreementAmended(
            agreement_version=state.latest.number,
            supersedes=superseded.number,
            digest=state.latest.digest,
            narrowed=tuple(sorted(narrowed)),
        ),
    )


def _superseded(state: EngagementState) -> Agreement:
    """The terms that rule; where none do yet, those that the recontracting is about."""
    assert state.recontracting is not None  # it was asked before
    number = state.in_force or state.recontracting.base
    return next(one for one in state.agreements if one.number == number)


def _missing(state: EngagementState, superseded: Agreement, amended: Agreement) -> dict[UUID, Party]:
    """Who has yet to sign, and for which side: its parties, and whoever had signed the terms that it supersedes."""
    awaited = {signatory.person_id: signatory.party for signatory in state.awaits(amended)}
    taken = {*amended.signed, *awaited.values()}
    before = {one.person_id: one.party for one in superseded.parties if one.party in superseded.signed and one.party not in taken}
    return awaited | before
