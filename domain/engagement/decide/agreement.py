"""Deciding about the agreement, and when coaching begins under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict

from domain.engagement.commands import ActivateEngagement, DraftAgreement, ReviseAgreementTerms, SignAgreement, TermsBody
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import AgreementDrafted, AgreementSigned, AgreementTermsRevised, EngagementActivated, Signatory
from domain.engagement.state import Agreement, EngagementState
from domain.errors import VersionConflict
from domain.errors.engagement import (
    AgreementMissing,
    AgreementSignedAlready,
    AlreadySigned,
    EngagementAlreadyActive,
    FlowMissing,
    NoLeadCoach,
    NotAParty,
    RecontractingOpen,
    SignaturesMissing,
    StaleAgreement,
)
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.rules import require_place, require_reason
from domain.values import OfClient, of_author


@decide.on(DraftAgreement)
def draft_agreement(state: EngagementState, command: DraftAgreement, context: EngagementContext) -> Sequence[Event]:
    return (AgreementDrafted(**_terms(state, command, context)),)


@decide.on(ReviseAgreementTerms)
def revise_terms(state: EngagementState, command: ReviseAgreementTerms, context: EngagementContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.latest is None:
        raise AgreementMissing
    terms = _terms(state, command, context)
    return (AgreementTermsRevised(**{**terms, "reason": of_author(command.reason)}),)


def _terms(state: EngagementState, command: TermsBody, context: EngagementContext) -> dict[str, Any]:
    """The next version of the terms: the first, one in place of a draft that nobody has signed, or one that was recontracted."""
    require_not_ended(state)
    if state.coach_id is None:
        raise NoLeadCoach
    replaced = state.latest
    if replaced is not None and replaced.signed and not state.awaits_terms:
        raise AgreementSignedAlready(signed=replaced.signed)
    replaces = replaced.drafted_at if replaced is not None else 0
    if command.seen != replaces:
        raise VersionConflict(pointer="/seen", changed_by=replaced and replaced.drafted_by, changed_at=replaces)
    _require_sponsor_informed(command, context)
    parties = [Signatory(party="client", person_id=state.client_id), Signatory(party="coach", person_id=state.coach_id)]
    if state.sponsor_id is not None:
        parties.append(Signatory(party="sponsor", person_id=state.sponsor_id))
    terms = asdict(command)
    del terms["seen"]
    terms["text"] = None if command.text is None else OfClient(command.text)
    number = replaced.number + 1 if replaced is not None else 1
    return {"agreement_version": number, "parties": tuple(parties), "replaces": replaces, **terms}


def _require_sponsor_informed(command: TermsBody, context: EngagementContext) -> None:
    """Who has to approve needs to be able to read: without that flow no consent, and so no plan in force, would be possible."""
    program = context.program
    takes_part = program is not None and (program.sponsor_approves_plans or program.sponsor_accepts_changes)
    if takes_part and not any((flow.about, flow.to) == ("objective_titles", "sponsor") for flow in command.information_flows):
        raise FlowMissing(pointer="/information_flows")


@decide.on(SignAgreement)
def sign(state: EngagementState, command: SignAgreement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    agreement = state.latest
    if agreement is None:
        raise AgreementMissing
    party = next((signatory.party for signatory in agreement.parties if signatory.person_id == context.actor), None)
    if party is None:
        raise NotAParty
    if party in agreement.signed:
        raise AlreadySigned
    if state.awaits_terms:
        raise RecontractingOpen("What is to be agreed anew was not put down yet: draft the new terms first.")
    if command.digest != agreement.digest:
        raise StaleAgreement(pointer="/digest", agreement_version=agreement.number)
    return (AgreementSigned(party=party, agreement_version=agreement.number, digest=agreement.digest, method=command.method),)


@decide.on(ActivateEngagement)
def activate(state: EngagementState, command: ActivateEngagement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.stage not in ("proposed", "contracted"):
        raise EngagementAlreadyActive
    if state.coach_id is None:
        raise NoLeadCoach
    if state.agreement is None:
        raise AgreementMissing
    _require_in_force(state, state.agreement)
    if command.planned_end <= command.starts_on:
        raise DatesInverted(pointer="/planned_end")
    require_place(context.places_left, "engagements")
    return (EngagementActivated(starts_on=command.starts_on, planned_end=command.planned_end),)


def _require_in_force(state: EngagementState, agreement: Agreement) -> None:
    if agreement.missing():
        raise SignaturesMissing(missing=agreement.missing())
    if not state.in_force:
        raise RecontractingOpen
