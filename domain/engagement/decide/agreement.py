"""Deciding about the agreement, and when coaching begins under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import asdict

from domain.context import ProgramBounds
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
from domain.errors.program import BeyondProgramTerms, DatesInverted
from domain.event import Event
from domain.rules import require_place, require_reason
from domain.values import OfClient, of_author

TERMS_EXIST: Final = "Terms exist: send `seen`, which is what the agreement that you read says as `seen`, to replace them."


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
        detail = TERMS_EXIST if command.seen == 0 else None
        raise VersionConflict(detail, pointer="/seen", changed_by=replaced and replaced.drafted_by, changed_at=replaces)
    _require_sponsor_informed(command, context)
    _require_sessions_given(state, command, context)
    parties = [Signatory(party="client", person_id=person) for person in state.coached]
    parties.append(Signatory(party="coach", person_id=state.coach_id))
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


def _require_sessions_given(state: EngagementState, command: TermsBody, context: EngagementContext) -> None:
    bounds = bounds_of(state, context)
    if bounds is not None and command.sessions > bounds.sessions:
        raise BeyondProgramTerms(pointer="/sessions", sessions=bounds.sessions)


def bounds_of(state: EngagementState, context: EngagementContext) -> ProgramBounds | None:
    """What the program gives this engagement; None outside of any."""
    assert state.proposed_at is not None  # it was proposed, or it would not exist
    return None if context.program is None else context.program.bounds_of(state.proposed_at)


@decide.on(SignAgreement)
def sign(state: EngagementState, command: SignAgreement, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.latest is None:
        raise AgreementMissing
    signatory, agreement = _to_sign(state, state.latest, command, context)
    if agreement.has_signed(signatory):
        raise AlreadySigned
    if agreement is state.latest and state.awaits_terms:
        raise RecontractingOpen("What is to be agreed anew was not put down yet: draft the new terms first.")
    if command.digest != agreement.digest:
        raise StaleAgreement(pointer="/digest", agreement_version=agreement.number)
    return (AgreementSigned(party=signatory.party, agreement_version=agreement.number, digest=agreement.digest, method=command.method),)


def _to_sign(state: EngagementState, latest: Agreement, command: SignAgreement, context: EngagementContext) -> tuple[Signatory, Agreement]:
    """For whom, and which terms: the last ones; a member who joined since they were put down signs those that rule."""
    listed = next((signatory for signatory in latest.parties if signatory.person_id == context.actor), None)
    ruling = next((one for one in state.agreements if one.number == state.in_force), None)
    if context.actor in state.unsigned and ruling is not None and (listed is None or command.digest == ruling.digest):
        return Signatory(party="client", person_id=context.actor), ruling
    if listed is not None and context.actor not in state.fellows.difference(state.coached):
        return listed, latest
    if context.actor in state.present_members and context.actor not in state.unsigned:
        raise AlreadySigned
    if context.actor in state.present_members:
        raise NotAParty("You joined after these terms were put down: sign them as soon as they rule, or have them put down anew.")
    raise NotAParty


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
    _require_days_given(state, command, context)
    require_place(context.places_left, "engagements")
    return (EngagementActivated(starts_on=command.starts_on, planned_end=command.planned_end),)


def _require_days_given(state: EngagementState, command: ActivateEngagement, context: EngagementContext) -> None:
    bounds = bounds_of(state, context)
    if bounds is None:
        return
    for day, pointer in ((command.starts_on, "/starts_on"), (command.planned_end, "/planned_end")):
        if not bounds.starts_on <= day <= bounds.ends_on:
            raise BeyondProgramTerms(pointer=pointer, starts_on=bounds.starts_on, ends_on=bounds.ends_on)


def _require_in_force(state: EngagementState, agreement: Agreement) -> None:
    if awaited := state.awaits(agreement):
        sides = tuple(dict.fromkeys(signatory.party for signatory in awaited))
        raise SignaturesMissing(missing=sides, people=[signatory.person_id for signatory in awaited])
    if not state.in_force:
        raise RecontractingOpen
