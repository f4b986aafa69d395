"""An engagement as it stands, with its agreement and the client's consent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.context import EngagementFacts
from domain.credential import MOST_FOR_CREDIT
from domain.engagement.alignment import AlignmentMeeting
from domain.engagement.choice import Chemistry, ClientChoice, Conflict
from domain.engagement.consent import Consent, granted_by, granted_by_all
from domain.engagement.emergency import Emergency
from domain.engagement.events import AgreementTerms, EngagementKind, Recipient, Signatory, SigningMethod, Term
from domain.engagement.handover import Handover, HandoverConsent
from domain.engagement.member import Member
from domain.engagement.notice import Notice
from domain.glossary import Disclosure, EngagementStage, Party
from domain.values import NIL, Digest, OfAuthor, StoredCode

GRACE: Final = timedelta(days=30)
"""How long its coach still reads an engagement that is over: to look up what was promised for its end, and to write nothing but what became of a session."""


class Signature(Struct, frozen=True, kw_only=True):
    """Who signed for a party, when, and how."""

    party: Party
    by: UUID
    at: datetime
    method: SigningMethod


class Agreement(Struct, frozen=True, kw_only=True):
    """A version of the terms; `drafted_at` is the version of the stream that put them down, `drafted_by` who did.

    `digest` is what its signatures bind, `in_force_since` when every party had agreed; None: they never ruled.
    """

    terms: AgreementTerms
    drafted_at: int
    drafted_by: UUID
    digest: Digest
    signatures: tuple[Signature, ...] = ()
    in_force_since: datetime | None = None

    @property
    def number(self) -> int:
        return self.terms.agreement_version

    @property
    def parties(self) -> tuple[Signatory, ...]:
        return self.terms.parties

    @property
    def signed(self) -> tuple[Party, ...]:
        """The parties of which somebody has signed, in the order of their signatures."""
        return tuple(dict.fromkeys(signature.party for signature in self.signatures))

    def reaching(self, party: Party) -> frozenset[Disclosure]:
        """The classes of content that the terms let reach a party."""
        return frozenset(flow.about for flow in self.terms.information_flows if flow.to == party)

    def bears(self, person: UUID) -> bool:
        """Whether this person has signed it."""
        return any(signature.by == person for signature in self.signatures)

    def has_signed(self, signatory: Signatory) -> bool:
        """In a group each of those who are coached signs; a side of one person has signed when it did."""
        alone = [one.person_id for one in self.parties if one.party == signatory.party] == [signatory.person_id]
        return signatory.party in self.signed if alone else self.bears(signatory.person_id)

    def awaits(self) -> tuple[Signatory, ...]:
        """Who has not signed."""
        return tuple(signatory for signatory in self.parties if not self.has_signed(signatory))

    def missing(self) -> tuple[Party, ...]:
        """The parties of which somebody has not signed."""
        return tuple(dict.fromkeys(signatory.party for signatory in self.awaits()))


class Recontracting(Struct, frozen=True, kw_only=True):
    """That the parties are to agree anew: since when, because of whom and why, on what. `base` is the last version before it."""

    opened_at: datetime
    opened_by: UUID
    changes: tuple[Term, ...]
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
    base: int


class Pause(Struct, frozen=True, kw_only=True):
    """Since when the engagement rests, until when it is foreseen to, and whether its due dates will move by as long."""

    paused_on: date
    until: date | None
    shifts_due_dates: bool


class EngagementState(Struct, frozen=True, kw_only=True):
    """One client, one lead coach, one agreement. `digest` stands for every version of the agreement up to the last one.

    `agreements` are all versions of it, in their order; `in_force` is the number of the one that rules, 0 while none does.
    `seat` is the coach's place in the program, `pause` is there while the engagement rests, `closed_on` once it is over.
    `handover` is what the coach of today was handed, None of the first; `handover_consents` are good for the next one, each of who is coached.
    `left` are the coaches who gave it over, one for each change; `coach_since` is when the coach of today came.
    `notice` is there while it is known that it ends early, `notices` is how often that was said.
    """

    id: UUID = NIL
    proposed_at: datetime | None = None
    stage: EngagementStage = "proposed"
    client_id: UUID = NIL
    coach_id: UUID | None = None
    coach_since: datetime | None = None
    seat: int | None = None
    sponsor_id: UUID | None = None
    program_id: UUID | None = None
    kind: EngagementKind = "individual"
    pro_bono: bool = False
    agreements: tuple[Agreement, ...] = ()
    in_force: int = 0
    recontracting: Recontracting | None = None
    digest: Digest = ""
    starts_on: date | None = None
    planned_end: date | None = None
    consents: tuple[Consent, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    chemistry: tuple[Chemistry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    alignments: tuple[AlignmentMeeting, ...] = ()
    members: tuple[Member, ...] = ()
    pause: Pause | None = None
    notice: Notice | None = None
    notices: int = 0
    closed_on: date | None = None
    handover: Handover | None = None
    handover_consents: dict[UUID, HandoverConsent] = {}
    left: tuple[UUID, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def latest(self) -> Agreement | None:
        """The terms that were put down last: what is signed, or was."""
        return self.agreements[-1] if self.agreements else None

    @property
    def agreement(self) -> Agreement | None:
        """The terms that rule; until any are in force, those that are to be signed."""
        return next((one for one in self.agreements if one.number == self.in_force), self.latest)

    @property
    def amendment(self) -> Agreement | None:
        """New terms, while others are in force."""
        return None if self.latest is self.agreement else self.latest

    @property
    def awaits_terms(self) -> bool:
        """Whether recontracting is open, and what is to be agreed was not put down yet."""
        return self.recontracting is not None and self.latest is not None and self.latest.number <= self.recontracting.base

    @property
    def recontracting_is_withdrawable(self) -> bool:
        """Whether nothing but the wish to agree anew is there: other terms were not put down, and those of before rule."""
        return self.recontracting is not None and self.awaits_terms and self.recontracting.base == self.in_force

    @property
    def former_coaches(self) -> frozenset[UUID]:
        """Who coached it and does not any more."""
        return frozenset(self.left) - {self.coach_id}

    @property
    def readable_until(self) -> date | None:
        """The last day on which the coach reads it, once it is over."""
        return None if self.closed_on is None else self.closed_on + GRACE

    def next_session_no(self, booked: int) -> int:
        """The number of the next session after so many that were booked: each change of the coach, and each notice, has one of its own."""
        return booked + len(self.left) + self.notices + 1

    @property
    def present_members(self) -> tuple[UUID, ...]:
        """Who is coached together with the first client, in the order in which they came."""
        return tuple(member.client_id for member in self.members if member.left_on is None)

    @property
    def coached(self) -> tuple[UUID, ...]:
        """Everybody who is coached here today, the first client first."""
        return (self.client_id, *self.present_members)

    @property
    def unsigned(self) -> frozenset[UUID]:
        """Members who have not agreed to the terms that rule: they read no plan and no session before they have."""
        terms = self.agreement
        return frozenset(one for one in self.present_members if terms is None or not terms.bears(one))

    @property
    def ever_coached(self) -> frozenset[UUID]:
        """Everybody who is or was coached here, alone or with others: what is told of it is told of each of them."""
        return frozenset({self.client_id, *(one.client_id for one in self.members)})

    @property
    def fellows(self) -> frozenset[UUID]:
        """Everybody who is or was coached in a group or team: none of them reads the others' own words."""
        return frozenset() if self.kind == "individual" else self.ever_coached

    def coached_on(self, day: date) -> frozenset[UUID]:
        """Who was coached here on a day."""
        return frozenset({self.client_id, *(one.client_id for one in self.members if one.holds(day))})

    def to_sign(self, person: UUID) -> Agreement | None:
        """The terms that wait for this person's signature, those that rule first; None: none do."""
        if self.in_force and person in self.unsigned:
            return self.agreement
        return None if self.latest is None or self.awaits_terms or person not in self.awaited(self.latest) else self.latest

    def awaited(self, agreement: Agreement) -> frozenset[UUID]:
        """Who has yet to sign these terms."""
        return frozenset(signatory.person_id for signatory in self.awaits(agreement))

    def awaits(self, agreement: Agreement) -> tuple[Signatory, ...]:
        """Who has yet to sign these terms: a member who left needs not any more."""
        gone = self.fellows.difference(self.coached)
        return tuple(signatory for signatory in agreement.awaits() if signatory.person_id not in gone)

    @property
    def head_count(self) -> int:
        return len(self.coached)

    @property
    def counts_for_credit(self) -> bool:
        """Whether hours with so many count for a coach's credential."""
        return self.head_count <= MOST_FOR_CREDIT

    def choice_of(self, coach: UUID) -> ClientChoice | None:
        """What the client said of this coach the last time; None: they never talked."""
        return next((one.choice for one in reversed(self.chemistry) if one.coach_id == coach), None)

    def granted(self, recipient: Recipient, today: date) -> dict[Disclosure, date | None]:
        """What everybody who is coached lets exactly this recipient see today, each with its last day."""
        return granted_by_all(self.consents, self.coached, (recipient,), today)

    def granted_by(self, person: UUID, recipient: Recipient, today: date) -> dict[Disclosure, date | None]:
        """The same of one of them."""
        return granted_by(self.consents, person, recipient, today)

    def reaching_sponsor(self, today: date) -> dict[Disclosure, date | None]:
        """What everybody who is coached lets the engagement's sponsor see today."""
        return granted_by_all(self.consents, self.coached, self.names_of(Recipient(role="sponsor")), today)

    @property
    def handover_consent(self) -> HandoverConsent | None:
        """What everybody who is coached lets the next coach read, of a group the narrowest: shared notes tell of all of them.

        Who has joined and not signed yet was in none of the sessions.
        """
        everybody = [person for person in self.coached if person not in self.unsigned]
        given = [self.handover_consents[person] for person in everybody if person in self.handover_consents]
        named = {one.coach_id for one in given} - {None}
        if len(given) < len(everybody) or len(named) > 1:
            return None
        return HandoverConsent(coach_id=next(iter(named), None), granted_at=max(one.granted_at for one in given))

    def names_of(self, recipient: Recipient) -> tuple[Recipient, ...]:
        """What a consent may call the recipient: an engagement's sponsor is a role and one person."""
        sponsor = (Recipient(role="sponsor"), Recipient(person_id=self.sponsor_id))
        return sponsor if self.sponsor_id is not None and recipient in sponsor else (recipient,)

    def is_open_to(self, person: UUID, now: datetime, since: datetime) -> bool:
        """Whether the words of the plan are open to this person at this moment, because of an emergency.

        `since` is when they began to hold the role in which they read: what they asked for before they lost it is not theirs any more.
        """
        return any(one.asker_id == person and one.asked_at >= since and one.standing(now) == "open" for one in self.emergencies)

    def facts(self, today: date) -> EngagementFacts:
        """The engagement as other nouns see it; its consents are those that reach the engagement's sponsor."""
        return EngagementFacts(
            id=self.id,
            state=self.stage,
            client_id=self.client_id,
            coach_id=self.coach_id,
            sponsor_id=self.sponsor_id,
            program_id=self.program_id,
            starts_on=self.starts_on,
            planned_end=self.planned_end,
            consents=frozenset(self.reaching_sponsor(today)),
            members=frozenset(self.present_members),
        )
