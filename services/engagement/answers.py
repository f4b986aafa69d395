"""An engagement as the API shows it, with its agreement and the client's consent."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.engagement.events import AiUse, EngagementKind, InformationFlow, Recipient, SigningMethod
from domain.engagement.state import EngagementState, Pause
from domain.glossary import Disclosure, EngagementStage, Party
from domain.values import Code, Digest
from projections.current import Current
from services.view import Hidden, Named, Sight, Text


class SignatureAnswer(Struct, frozen=True, kw_only=True):
    """Who signed these terms for a party, when, and how."""

    party: Party
    by: UUID
    at: datetime
    method: SigningMethod


class AgreementAnswer(Struct, frozen=True, kw_only=True):
    """The terms that are signed or to be signed: `digest` stands for them, `seen` is what a new draft names.

    `parties` are those who have to sign, `signed` the signatures that there are, in their order.
    """

    number: int
    digest: Digest
    seen: int | UnsetType = UNSET
    parties: tuple[Party, ...]
    signed: tuple[SignatureAnswer, ...]
    sessions: int
    cadence_days: int
    cancellation_hours: int
    termination_days: int
    confidentiality_limits: tuple[Code, ...]
    information_flows: tuple[InformationFlow, ...]
    ai_use: AiUse
    text: Text | None


class ConsentAnswer(Struct, frozen=True, kw_only=True):
    """One class of content that the client lets a recipient see, up to a last day."""

    subject: Disclosure
    recipient: Recipient
    until: date | None


class EngagementAnswer(Struct, frozen=True, kw_only=True):
    """An engagement; `pause` is there while it rests. `consents` are all that were granted and not withdrawn; a sponsor sees those that reach them today.

    What belongs to it is named where a single engagement is read; assessments are withheld from a sponsor.
    """

    id: UUID
    version: int | UnsetType = UNSET
    stage: EngagementStage
    client_id: UUID
    coach_id: UUID | None
    sponsor_id: UUID | None
    program_id: UUID | None
    kind: EngagementKind
    pro_bono: bool
    agreement: AgreementAnswer | None
    starts_on: date | None
    planned_end: date | None
    pause: Pause | None
    closed_on: date | None
    consents: tuple[ConsentAnswer, ...]
    people: tuple[Named, ...] = ()
    plan_id: UUID | UnsetType | None = UNSET
    assessment_ids: tuple[UUID, ...] | Hidden | UnsetType = UNSET
    evaluation_ids: tuple[UUID, ...] | UnsetType = UNSET


class EngagementsAnswer(Struct, frozen=True, kw_only=True):
    """A page of engagements; `next_cursor` leads to the next one."""

    items: tuple[EngagementAnswer, ...]
    next_cursor: str | UnsetType = UNSET


def engagement_answer(
    current: Current[EngagementState], people: tuple[Named, ...], seen: Sight, *, reader: UUID, counts: bool
) -> EngagementAnswer:
    """`reader` is the person who reads; `counts`: they may know versions."""
    state = current.state
    is_party = reader in {state.client_id, state.coach_id, state.sponsor_id}
    consents = tuple(
        ConsentAnswer(subject=one.subject, recipient=one.recipient, until=one.until)
        for one in state.consents
        if seen.drafts or (one.subject in seen.classes and reaches(one.recipient, state.sponsor_id))
    )
    return EngagementAnswer(
        id=state.id,
        version=current.version if counts else UNSET,
        stage=state.stage,
        client_id=state.client_id,
        coach_id=state.coach_id,
        sponsor_id=state.sponsor_id,
        program_id=state.program_id,
        kind=state.kind,
        pro_bono=state.pro_bono,
        agreement=agreement_answer(state, seen, is_party=is_party, counts=counts),
        starts_on=state.starts_on,
        planned_end=state.planned_end,
        pause=state.pause,
        closed_on=state.closed_on,
        consents=consents,
        people=people,
    )


def reaches(recipient: Recipient, sponsor: UUID | None) -> bool:
    return recipient.role == "sponsor" or (sponsor is not None and recipient.person_id == sponsor)


def agreement_answer(state: EngagementState, seen: Sight, *, is_party: bool, counts: bool) -> AgreementAnswer | None:
    """A party reads all of the terms, a sponsor too: nobody signs what they cannot read."""
    if state.agreement is None:
        return None
    agreement, terms = state.agreement, state.agreement.terms
    return AgreementAnswer(
        number=agreement.number,
        digest=state.digest,
        seen=agreement.drafted_at if counts else UNSET,
        parties=tuple(signatory.party for signatory in agreement.parties),
        signed=tuple(SignatureAnswer(party=one.party, by=one.by, at=one.at, method=one.method) for one in agreement.signatures),
        sessions=terms.sessions,
        cadence_days=terms.cadence_days,
        cancellation_hours=terms.cancellation_hours,
        termination_days=terms.termination_days,
        confidentiality_limits=terms.confidentiality_limits,
        information_flows=terms.information_flows,
        ai_use=terms.ai_use,
        text=seen.name(terms.text) if is_party else seen.text(terms.text),
    )
