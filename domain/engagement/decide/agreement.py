"""Deciding about the agreement, and when coaching begins under it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from domain.engagement.commands import ActivateEngagement, DraftAgreement, SignAgreement
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import AgreementDrafted, AgreementSigned, EngagementActivated, Signatory
from domain.engagement.state import EngagementState
from domain.errors import VersionConflict
from domain.errors.engagement import (
    AgreementMissing,
    AgreementSignedAlready,
    AlreadySigned,
    EngagementAlreadyActive,
    FlowMissing,
    NoLeadCoach,
    NotAParty,
    SignaturesMissing,
    StaleAgreement,
)
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.rules import require_place
from domain.values import OfClient


@decide.on(DraftAgreement)
def draft_agreement(state: EngagementState, command: DraftAgreement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.coach_id is None:
        raise NoLeadCoach
    replaced = state.agreement
    if replaced is not None and replaced.signed:
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
    return (AgreementDrafted(agreement_version=number, parties=tuple(parties), replaces=replaces, **terms),)


def _require_sponsor_informed(command: DraftAgreement, context: EngagementContext) -> None:
    """Who has to approve needs to be able to read: without that flow no consent, and so no plan in force, would be possible."""
    program = context.program
    takes_part = program is not None and (program.sponsor_approves_plans or program.sponsor_accepts_changes)
    if takes_part and not any((flow.about, flow.to) == ("objective_titles", "sponsor") for flow in command.information_flows):
        raise FlowMissing(pointer="/information_flows")


@decide.on(SignAgreement)
def sign(state: EngagementState, command: SignAgreement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    agreement = state.agreement
    if agreement is None:
        raise AgreementMissing
    party = next((signatory.party for signatory in agreement.parties if signatory.person_id == context.actor), None)
    if party is None:
        raise NotAParty
    if party in agreement.signed:
        raise AlreadySigned
    if command.digest != state.digest:
        raise StaleAgreement(pointer="/digest", agreement_version=agreement.number)
    return (AgreementSigned(party=party, agreement_version=agreement.number, digest=state.digest, method=command.method),)


@decide.on(ActivateEngagement)
def activate(state: EngagementState, command: ActivateEngagement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.stage not in ("proposed", "contracted"):
        raise EngagementAlreadyActive
    if state.coach_id is None:
        raise NoLeadCoach
    if state.agreement is None:
        raise AgreementMissing
    if state.agreement.missing():
        raise SignaturesMissing(missing=state.agreement.missing())
    if command.planned_end <= command.starts_on:
        raise DatesInverted(pointer="/planned_end")
    require_place(context.places_left, "engagements")
    return (EngagementActivated(starts_on=command.starts_on, planned_end=command.planned_end),)
