"""What happens to an engagement, with its agreement and the client's consent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.engagement.emergency import EmergencyReason
from domain.event import Event, stored
from domain.glossary import Disclosure, Party, Role
from domain.values import Digest, OfAuthor, OfClient, StoredCode

EngagementKind: TypeAlias = Literal["individual", "group", "team"]
AiUse: TypeAlias = Literal["none", "disclosed"]
SigningMethod: TypeAlias = Literal["click", "paper", "e_signature"]


class Signatory(Struct, frozen=True, kw_only=True):
    """Who has to sign, and for which side."""

    party: Party
    person_id: UUID


class InformationFlow(Struct, frozen=True, kw_only=True):
    """What the agreement lets reach that party at most. What does reach it is for the client's consent to say."""

    about: Disclosure
    to: Party


class Recipient(Struct, frozen=True, kw_only=True):
    """To whom a consent lets something be shown: everybody of a role, or one person; exactly one of the two."""

    role: Role | None = None
    person_id: UUID | None = None


@stored("engagement.engagement_proposed")
class EngagementProposed(Event, frozen=True):
    """A client is to be coached: in a program or outside of any, paid or pro bono, for a sponsor or for themselves."""

    engagement_id: UUID
    client_id: UUID
    program_id: UUID | None
    kind: EngagementKind
    pro_bono: bool
    sponsor_id: UUID | None


@stored("engagement.coach_assigned")
class CoachAssigned(Event, frozen=True):
    """The engagement got its lead coach. `seat` is the place that it takes among the coach's engagements of the program."""

    coach_id: UUID
    chosen_by: Literal["client", "organization"]
    program_id: UUID | None
    seat: int | None


@stored("engagement.agreement_drafted")
class AgreementDrafted(Event, frozen=True):
    """Terms were put down for the parties to sign. `replaces` is the version of the draft that they replace, 0 for the first.

    A session is cancelled without loss up to `cancellation_hours` before it; either side ends the engagement with
    `termination_days` of notice; `confidentiality_limits` name what the coach must or may report.
    """

    agreement_version: int
    parties: tuple[Signatory, ...]
    sessions: int
    cadence_days: int
    cancellation_hours: int
    termination_days: int
    confidentiality_limits: tuple[StoredCode, ...]
    information_flows: tuple[InformationFlow, ...]
    ai_use: AiUse
    text: OfClient[str] | None
    replaces: int


@stored("engagement.agreement_signed")
class AgreementSigned(Event, frozen=True):
    """A party signed exactly the terms that the digest stands for."""

    party: Party
    agreement_version: int
    digest: Digest
    method: SigningMethod


@stored("engagement.engagement_activated")
class EngagementActivated(Event, frozen=True):
    """Coaching began, under an agreement that every party has signed."""

    starts_on: date
    planned_end: date


@stored("engagement.emergency_access_requested")
class EmergencyAccessRequested(Event, frozen=True):
    """Somebody asked to read the words of the plan in an emergency, and said why. Nothing is open before somebody else agrees."""

    emergency_id: UUID
    reason_code: EmergencyReason
    reason: OfAuthor[str]
    answer_by: datetime


@stored("engagement.emergency_access_approved")
class EmergencyAccessApproved(Event, frozen=True):
    """Another person agreed: until then the asker, and nobody else, may read the words of the plan."""

    emergency_id: UUID
    asker_id: UUID
    reason_code: EmergencyReason
    open_until: datetime


@stored("engagement.emergency_access_declined")
class EmergencyAccessDeclined(Event, frozen=True):
    """The request was declined, or its asker took it back."""

    emergency_id: UUID
    asker_id: UUID


@stored("engagement.emergency_access_ended")
class EmergencyAccessEnded(Event, frozen=True):
    """What was open was closed before its time."""

    emergency_id: UUID
    asker_id: UUID


@stored("engagement.disclosure_consent_granted")
class DisclosureConsentGranted(Event, frozen=True):
    """The client lets somebody see these classes of content, for good or until a last day."""

    subjects: tuple[Disclosure, ...]
    recipient: Recipient
    until: date | None


@stored("engagement.disclosure_consent_withdrawn")
class DisclosureConsentWithdrawn(Event, frozen=True):
    """The client took the consent for these classes back: at once, and whatever was promised."""

    subjects: tuple[Disclosure, ...]
    recipient: Recipient


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.engagement_paused")
class EngagementPaused(ReasonedEvent, frozen=True):
    """Coaching rests from that day on, and every clock with it; `until` is the day foreseen for its end.

    With `shifts_due_dates` what is open and due on that day or later becomes due later by as long as the pause lasts.
    """

    paused_on: date
    until: date | None
    shifts_due_dates: bool


@stored("engagement.engagement_resumed")
class EngagementResumed(ReasonedEvent, frozen=True):
    """Coaching went on: the days from `paused_on` up to, and without, `resumed_on` count nowhere. `planned_end` is the end from now on."""

    paused_on: date
    resumed_on: date
    shifted_days: int
    planned_end: date


class Closing(Event, frozen=True, kw_only=True):
    """That an engagement is over since `closed_on`, with what it gives back: the client's and the coach's place in the program.

    `next_session_no` is the number that the next session would have had: there is none.
    """

    engagement_id: UUID
    client_id: UUID
    coach_id: UUID | None
    program_id: UUID | None
    seat: int | None
    closed_on: date
    next_session_no: int


@stored("engagement.engagement_completed")
class EngagementCompleted(Closing, frozen=True):
    """The coaching came to its end as it was agreed, evaluated; `sustainment_plan` is how the client keeps what was reached."""

    sessions_held: int
    final_evaluation_id: UUID
    sustainment_plan: OfClient[str] | None


class ReasonedClosing(Closing, frozen=True, kw_only=True):
    """An end that has its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.engagement_ended_early")
class EngagementEndedEarly(ReasonedClosing, frozen=True):
    """A party, or the organization, ended the coaching before its end."""

    sessions_held: int
    ended_by: Literal["client", "coach", "sponsor", "organization"]


@stored("engagement.engagement_cancelled")
class EngagementCancelled(ReasonedClosing, frozen=True):
    """The engagement was given up before its coaching began."""
