"""What may be asked of an engagement."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.engagement.emergency import EmergencyReason
from domain.engagement.events import AiUse, EngagementKind, InformationFlow, Recipient, SigningMethod
from domain.glossary import Disclosure
from domain.values import Code, Digest, Prose

Disclosures: TypeAlias = Annotated[tuple[Disclosure, ...], Meta(min_length=1, max_length=5)]


class InformationFlowBody(InformationFlow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the agreement lets reach that party at most. What does reach it is for the client's consent to say."""


class RecipientBody(Recipient, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom a consent lets something be shown: everybody of a role, or one person; exactly one of the two."""

    def __post_init__(self) -> None:
        if (self.role is None) == (self.person_id is None):
            raise ValueError("name a role or a person, and not both")


class ProposeEngagement(Command, frozen=True, kw_only=True):
    """Proposes that a client is coached: in a program where they are enrolled, or outside of any program."""

    client_id: UUID
    program_id: UUID | None = None
    kind: EngagementKind = "individual"
    pro_bono: bool = False
    sponsor_id: UUID | None = None


class AssignCoach(Command, frozen=True, kw_only=True):
    """Gives the engagement its lead coach, who is in the program's pool and has a place left."""

    coach_id: UUID
    chosen_by: Literal["client", "organization"] = "organization"


class DraftAgreement(Command, frozen=True, kw_only=True):
    """Puts the terms down for client, coach and, where there is one, sponsor to sign.

    Until somebody has signed, a draft may be replaced: `seen` is the version of the engagement at which the draft that was
    read was made, 0 when there was none. `information_flows` bound what the client's consent can let the sponsor see.
    """

    sessions: Annotated[int, Meta(ge=1, le=200)]
    cadence_days: Annotated[int, Meta(ge=1, le=92)]
    cancellation_hours: Annotated[int, Meta(ge=0, le=336)] = 24
    termination_days: Annotated[int, Meta(ge=0, le=366)] = 14
    confidentiality_limits: Annotated[tuple[Code, ...], Meta(max_length=20)] = ("law", "court_order", "danger")
    information_flows: Annotated[tuple[InformationFlowBody, ...], Meta(max_length=15)] = ()
    ai_use: AiUse = "none"
    text: Prose | None = None
    seen: Annotated[int, Meta(ge=0)] = 0


class SignAgreement(Command, frozen=True, kw_only=True):
    """Signs the agreement for the side that the signer stands on. `digest` is that of the terms which were read."""

    digest: Digest
    method: SigningMethod = "click"


class ActivateEngagement(Command, frozen=True, kw_only=True):
    """Begins the coaching, once every party has signed."""

    starts_on: date
    planned_end: date


class RequestEmergencyAccess(Command, frozen=True, kw_only=True):
    """Asks to read the words of the client's plan in an emergency: what a danger to somebody, the law or a court demands.

    Another person has to approve it within a day. Then the plan as it stands is open to the asker alone, to read, for four
    hours; client and coach are told at once by mail, and can read the reason. Every reading is noted.
    """

    reason_code: EmergencyReason
    reason: Prose


class ApproveEmergencyAccess(Command, frozen=True, kw_only=True):
    """Opens the words of the plan to who asked for it, for four hours. Nobody approves their own request."""

    emergency_id: UUID


class DeclineEmergencyAccess(Command, frozen=True, kw_only=True):
    """Declines a request that waits; its asker takes it back so."""

    emergency_id: UUID


class EndEmergencyAccess(Command, frozen=True, kw_only=True):
    """Closes what is open before its time, at once: who asked for it, who approved it, or an administrator."""

    emergency_id: UUID


class GrantDisclosureConsent(Command, frozen=True, kw_only=True):
    """Lets somebody see classes of content, for good or until a last day. Only the client can.

    The sponsor can be shown what the information flows of the agreement name, once the client has signed it.
    """

    subjects: Disclosures
    recipient: RecipientBody
    until: date | None = None


class WithdrawDisclosureConsent(Command, frozen=True, kw_only=True):
    """Takes consent back, at once. Only the client can, and always."""

    subjects: Disclosures
    recipient: RecipientBody


class Reasoned(Command, frozen=True, kw_only=True):
    """A command that says why: a code of the organization's list, at least ten characters of reason, or both."""

    reason_code: Code | None = None
    reason: Prose | None = None


class PauseEngagement(Reasoned, frozen=True, kw_only=True):
    """Lets the coaching rest from today on: nobody is reminded, and no day of it counts in any indicator. `until` is the day foreseen.

    With `shifts_due_dates` open dates of plan and evaluations, and the planned end, become later by as long as it rests, once resumed.
    """

    until: date | None = None
    shifts_due_dates: bool = True


class ResumeEngagement(Reasoned, frozen=True, kw_only=True):
    """Lets the coaching go on from today."""


class CompleteEngagement(Command, frozen=True, kw_only=True):
    """Closes an engagement whose final evaluation is recorded and whose objectives are concluded. Consents end with it.

    `sustainment_plan` says how the client keeps what was reached. The coach does not see the engagement any more.
    """

    sustainment_plan: Prose | None = None


class EndEngagementEarly(Reasoned, frozen=True, kw_only=True):
    """Ends the coaching before its end, for any of its parties. Consents end with it, and the coach does not see it any more."""


class CancelEngagement(Reasoned, frozen=True, kw_only=True):
    """Gives an engagement up whose coaching has not begun."""
