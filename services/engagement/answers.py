"""An engagement as the API shows it, with its agreement and the client's consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.engagement.consent import earliest
from domain.engagement.events import AiUse, Ender, EngagementKind, InformationFlow, Recipient, Signatory, SigningMethod, Term
from domain.engagement.handover import Handover, HandoverConsent
from domain.engagement.state import Agreement, EngagementState, Pause
from domain.glossary import Disclosure, EngagementStage, Party
from domain.values import Code, Digest
from projections.current import Current
from services.engagement.company import CompanyAnswer
from services.reading.view import Hidden, Named, Sight, Text


class SignatureAnswer(Struct, frozen=True, kw_only=True):
    """Who signed these terms for a party, when, and how."""

    party: Party
    by: UUID
    at: datetime
    method: SigningMethod


class AgreementAnswer(Struct, frozen=True, kw_only=True):
    """The terms that are signed or to be signed: `digest` stands for them, `seen` is what a new draft names.

    `parties` are the sides that have to sign, `signatories` who signs for them: of a group everybody who was coached when the terms
    were put down. `signed` are the signatures that there are, in their order. `in_force_since` is when every
    party had agreed; null: these terms never ruled.
    """

    number: int
    digest: Digest
    seen: int | UnsetType = UNSET
    parties: tuple[Party, ...]
    signatories: tuple[Signatory, ...]
    signed: tuple[SignatureAnswer, ...]
    in_force_since: datetime | None
    sessions: int
    cadence_days: int
    cancellation_hours: int
    termination_days: int
    confidentiality_limits: tuple[Code, ...]
    information_flows: tuple[InformationFlow, ...]
    ai_use: AiUse
    text: Text | None


class RecontractingAnswer(Struct, frozen=True, kw_only=True):
    """That the parties are to agree anew, since when, because of whom and why; `changes` are the terms that are to be otherwise."""

    opened_at: datetime
    opened_by: UUID
    changes: tuple[Term, ...]
    reason_code: Code | None
    reason: Text | None


class NoticeAnswer(Struct, frozen=True, kw_only=True):
    """That the coaching ends early, with the day `ends_on`: since when that is known, who said so and why."""

    ends_on: date
    given_on: date
    given_by: Ender
    reason_code: Code | None
    reason: Text | None


class ConsentAnswer(Struct, frozen=True, kw_only=True):
    """One class of content that the client lets a recipient see, up to a last day.

    Of a group everybody who is coached consents, each `by` themselves: what only some let somebody see, nobody sees.
    """

    by: UUID | UnsetType = UNSET
    subject: Disclosure
    recipient: Recipient
    until: date | None


class EngagementAnswer(Struct, frozen=True, kw_only=True):
    """An engagement; `pause` is there while it rests, `notice` while it is known that it ends early. `handover` is what the coach who took over was handed, `handover_consent` the client's for the next one.

    `consents` are all that were granted and not withdrawn; a sponsor sees those that reach them today, and who is coached in a group
    their own.

    `agreement` is the one in force or, before any is, the one to be signed; `recontracting` is there while it is agreed anew, and
    `amendment` are the new terms once they were put down. Where a single engagement is read, `agreements` are all versions of
    the terms, `company` is whom it brings together, and what belongs to it is named; assessments are withheld from a sponsor.
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
    recontracting: RecontractingAnswer | None
    amendment: AgreementAnswer | None
    agreements: tuple[AgreementAnswer, ...] | UnsetType = UNSET
    starts_on: date | None
    planned_end: date | None
    pause: Pause | None
    notice: NoticeAnswer | None
    closed_on: date | None
    handover: Handover | UnsetType | None = UNSET
    handover_consent: HandoverConsent | UnsetType | None = UNSET
    consents: tuple[ConsentAnswer, ...]
    people: tuple[Named, ...] = ()
    company: CompanyAnswer | UnsetType = UNSET
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
    is_party, is_member = is_party_of(state, reader), reader in state.present_members
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
        agreement=agreement_answer(state.agreement, seen, is_party=is_party, counts=counts),
        recontracting=recontracting_answer(state, seen),
        amendment=agreement_answer(state.amendment, seen, is_party=is_party, counts=counts),
        starts_on=state.starts_on,
        planned_end=state.planned_end,
        pause=state.pause,
        notice=notice_answer(state, seen),
        closed_on=state.closed_on,
        handover=state.handover if seen.drafts and not is_member else UNSET,
        handover_consent=handover_consent(state, reader) if seen.drafts else UNSET,
        consents=tuple(consents(state, seen)),
        people=people,
    )


def handover_consent(state: EngagementState, reader: UUID) -> HandoverConsent | None:
    """One's own for who is coached, for others what all of them let the next coach read."""
    return state.handover_consents.get(reader) if reader in state.coached else state.handover_consent


def consents(state: EngagementState, seen: Sight) -> Iterator[ConsentAnswer]:
    """A sponsor sees what reaches them, of a group once; of the others in it nobody reads what each of them decided."""
    if seen.drafts:
        for one in state.consents:
            if one.by not in seen.others:
                yield ConsentAnswer(by=one.by, subject=one.subject, recipient=one.recipient, until=one.until)
        return
    reaching: dict[tuple[Disclosure, Recipient], list[date | None]] = {}
    for one in state.consents:
        if one.subject in seen.classes and reaches(one.recipient, state.sponsor_id):
            reaching.setdefault((one.subject, one.recipient), []).append(one.until)
    for (subject, recipient), days in reaching.items():
        yield ConsentAnswer(subject=subject, recipient=recipient, until=earliest(days))


def reaches(recipient: Recipient, sponsor: UUID | None) -> bool:
    return recipient.role == "sponsor" or (sponsor is not None and recipient.person_id == sponsor)


def is_party_of(state: EngagementState, reader: UUID) -> bool:
    return reader in {*state.coached, state.coach_id, state.sponsor_id}


def recontracting_answer(state: EngagementState, seen: Sight) -> RecontractingAnswer | None:
    """The reason is the words of who opened it: for client and coach."""
    if state.recontracting is None:
        return None
    one = state.recontracting
    return RecontractingAnswer(
        opened_at=one.opened_at, opened_by=one.opened_by, changes=one.changes, reason_code=one.reason_code, reason=seen.text(one.reason)
    )


def notice_answer(state: EngagementState, seen: Sight) -> NoticeAnswer | None:
    """The day is for everybody who reads the engagement, the reason, as the words of who said it, for client and coach."""
    if state.notice is None:
        return None
    one = state.notice
    return NoticeAnswer(
        ends_on=one.ends_on, given_on=one.given_on, given_by=one.given_by, reason_code=one.reason_code, reason=seen.text(one.reason)
    )


def all_agreements(state: EngagementState, seen: Sight, *, reader: UUID, counts: bool) -> tuple[AgreementAnswer, ...]:
    """Every version of the terms, in their order."""
    given = [agreement_answer(one, seen, is_party=is_party_of(state, reader), counts=counts) for one in state.agreements]
    return tuple(one for one in given if one is not None)


def agreement_answer(agreement: Agreement | None, seen: Sight, *, is_party: bool, counts: bool) -> AgreementAnswer | None:
    """A party reads all of the terms, a sponsor too: nobody signs what they cannot read."""
    if agreement is None:
        return None
    terms = agreement.terms
    return AgreementAnswer(
        number=agreement.number,
        digest=agreement.digest,
        seen=agreement.drafted_at if counts else UNSET,
        parties=tuple(dict.fromkeys(signatory.party for signatory in agreement.parties)),
        signatories=agreement.parties,
        signed=tuple(SignatureAnswer(party=one.party, by=one.by, at=one.at, method=one.method) for one in agreement.signatures),
        in_force_since=agreement.in_force_since,
        sessions=terms.sessions,
        cadence_days=terms.cadence_days,
        cancellation_hours=terms.cancellation_hours,
        termination_days=terms.termination_days,
        confidentiality_limits=terms.confidentiality_limits,
        information_flows=terms.information_flows,
        ai_use=terms.ai_use,
        text=seen.name(terms.text) if is_party else seen.text(terms.text),
    )
