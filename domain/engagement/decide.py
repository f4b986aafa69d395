"""What an engagement allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict

from domain.decider import Decide
from domain.engagement.commands import (
    ActivateEngagement,
    AssignCoach,
    DraftAgreement,
    GrantDisclosureConsent,
    ProposeEngagement,
    SignAgreement,
    WithdrawDisclosureConsent,
)
from domain.engagement.context import EngagementContext
from domain.engagement.events import (
    AgreementDrafted,
    AgreementSigned,
    CoachAssigned,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EngagementActivated,
    EngagementProposed,
    Recipient,
    Signatory,
)
from domain.engagement.state import EngagementState
from domain.errors import NotFound, NotPermitted, VersionConflict
from domain.errors.engagement import (
    AgreementMissing,
    AgreementSignedAlready,
    AlreadySigned,
    CoachAlreadyAssigned,
    CoachAtCapacity,
    CoachNotInPool,
    ConflictOfInterest,
    EngagementAlreadyActive,
    FlowMissing,
    FlowNotAgreed,
    NoLeadCoach,
    NotAParty,
    SelfCoaching,
    SignaturesMissing,
    StaleAgreement,
)
from domain.errors.program import DatesInverted, NotAClient, NotACoach, NotASponsor, NotEnrolled, ProgramNotOpen, SponsorRequired
from domain.event import Event
from domain.glossary import Disclosure
from domain.rules import require_place
from domain.values import OfClient

decide: Final[Decide[EngagementState, EngagementContext]] = Decide()


@decide.on(ProposeEngagement)
def propose(state: EngagementState, command: ProposeEngagement, context: EngagementContext) -> Sequence[Event]:
    if not context.client_role_held:
        raise NotAClient(pointer="/client_id")
    if command.sponsor_id == command.client_id:
        raise ConflictOfInterest("Nobody sponsors their own coaching: leave the sponsor out.", pointer="/sponsor_id")
    if command.sponsor_id is not None and not context.sponsor_role_held:
        raise NotASponsor(pointer="/sponsor_id")
    if command.program_id is not None:
        _require_place_in_program(command, context)
    return (EngagementProposed(engagement_id=context.ids[0], **asdict(command)),)


def _require_place_in_program(command: ProposeEngagement, context: EngagementContext) -> None:
    program = context.program
    if program is None or program.id != command.program_id:
        raise NotFound(pointer="/program_id")
    if not program.is_open:
        raise ProgramNotOpen(pointer="/program_id")
    if command.client_id not in program.enrolled:
        raise NotEnrolled(pointer="/client_id")
    if command.sponsor_id is None and (program.sponsor_approves_plans or program.sponsor_accepts_changes):
        raise SponsorRequired("The program's sponsor takes part in plans: name one.", pointer="/sponsor_id")
    if command.sponsor_id is not None and command.sponsor_id not in program.sponsor_ids:
        raise NotASponsor("That person is no sponsor of the program.", pointer="/sponsor_id")


@decide.on(AssignCoach)
def assign_coach(state: EngagementState, command: AssignCoach, context: EngagementContext) -> Sequence[Event]:
    if state.coach_id is not None:
        raise CoachAlreadyAssigned(coach_id=state.coach_id)
    if command.coach_id == state.client_id:
        raise SelfCoaching(pointer="/coach_id")
    if command.coach_id == state.sponsor_id:
        raise ConflictOfInterest(pointer="/coach_id")
    if not context.coach_role_held:
        raise NotACoach(pointer="/coach_id")
    if state.program_id is None:
        return (CoachAssigned(coach_id=command.coach_id, chosen_by=command.chosen_by, program_id=None, seat=None),)
    if context.program is None or command.coach_id not in context.program.pool:
        raise CoachNotInPool(pointer="/coach_id")
    if context.free_seat is None:
        raise CoachAtCapacity(pointer="/coach_id", max_engagements=context.program.pool[command.coach_id])
    return (CoachAssigned(coach_id=command.coach_id, chosen_by=command.chosen_by, program_id=state.program_id, seat=context.free_seat),)


@decide.on(DraftAgreement)
def draft_agreement(state: EngagementState, command: DraftAgreement, context: EngagementContext) -> Sequence[Event]:
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


@decide.on(GrantDisclosureConsent)
def grant_consent(state: EngagementState, command: GrantDisclosureConsent, context: EngagementContext) -> Sequence[Event]:
    """The latest grant counts, also when it ends earlier than the one before."""
    _require_client(state, context)
    if command.until is not None and command.until < context.today:
        raise DatesInverted("The last day of a consent must not lie in the past.", pointer="/until")
    recipient = _recipient(command)
    granted = state.granted(recipient, context.today)
    new = tuple(dict.fromkeys(subject for subject in command.subjects if granted.get(subject, ...) != command.until))
    if new and recipient in state.names_of(Recipient(role="sponsor")):
        _require_flows(state, new)
    return (DisclosureConsentGranted(subjects=new, recipient=recipient, until=command.until),) if new else ()


@decide.on(WithdrawDisclosureConsent)
def withdraw_consent(state: EngagementState, command: WithdrawDisclosureConsent, context: EngagementContext) -> Sequence[Event]:
    """Always accepted, and thorough: what was granted to the sponsor's role ends when it is withdrawn from their person, too."""
    _require_client(state, context)
    events = []
    for recipient in state.names_of(_recipient(command)):
        granted = state.granted(recipient, context.today)
        if withdrawn := tuple(dict.fromkeys(subject for subject in command.subjects if subject in granted)):
            events.append(DisclosureConsentWithdrawn(subjects=withdrawn, recipient=recipient))
    return events


def _require_flows(state: EngagementState, subjects: Sequence[Disclosure]) -> None:
    """The terms that the client signed hold them. Nobody else can be shown anything by terms that they are no party to."""
    if state.agreement is None:
        raise AgreementMissing
    if "client" not in state.agreement.signed:
        raise SignaturesMissing("Sign the agreement first: it says what can reach the sponsor.", missing=("client",))
    beyond = [subject for subject in subjects if subject not in state.agreement.reaching("sponsor")]
    if beyond:
        raise FlowNotAgreed(pointer="/subjects", subjects=beyond)


def _require_client(state: EngagementState, context: EngagementContext) -> None:
    if context.actor != state.client_id:
        raise NotPermitted("Consent is the client's own: nobody else can grant or withdraw it.")


def _recipient(command: GrantDisclosureConsent | WithdrawDisclosureConsent) -> Recipient:
    return Recipient(role=command.recipient.role, person_id=command.recipient.person_id)
