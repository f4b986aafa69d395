"""What happens to the agreement."""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import Disclosure, Party
from domain.values import Digest, OfAuthor, OfClient, StoredCode

AiUse: TypeAlias = Literal["none", "disclosed"]
SigningMethod: TypeAlias = Literal["click", "paper", "e_signature"]
Term: TypeAlias = Literal[
    "parties",
    "sessions",
    "cadence_days",
    "cancellation_hours",
    "termination_days",
    "confidentiality_limits",
    "information_flows",
    "ai_use",
    "text",
]
"""What an agreement says, by the names of its fields."""


class Signatory(Struct, frozen=True, kw_only=True):
    """Who has to sign, and for which side."""

    party: Party
    person_id: UUID


class InformationFlow(Struct, frozen=True, kw_only=True):
    """What the agreement lets reach that party at most. What does reach it is for the client's consent to say."""

    about: Disclosure
    to: Party


class AgreementTerms(Event, frozen=True, kw_only=True):
    """What the parties sign. `replaces` is the version of the stream that put down the terms before these, 0 for the first.

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


@stored("engagement.agreement_drafted")
class AgreementDrafted(AgreementTerms, frozen=True):
    """Terms were put down for the parties to sign."""


@stored("engagement.agreement_terms_revised")
class AgreementTermsRevised(AgreementTerms, frozen=True, kw_only=True):
    """Terms that nobody had signed were put down anew, for a reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.agreement_signed")
class AgreementSigned(Event, frozen=True):
    """A party signed exactly the terms that the digest stands for."""

    party: Party
    agreement_version: int
    digest: Digest
    method: SigningMethod


@stored("engagement.recontracting_opened")
class RecontractingOpened(Event, frozen=True):
    """The parties are to agree anew, on these parts of what version `agreement_version` says. It rules until other terms are in force."""

    agreement_version: int
    changes: tuple[Term, ...]
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.recontracting_withdrawn")
class RecontractingWithdrawn(Event, frozen=True):
    """Nothing is agreed anew after all, before other terms were put down: version `agreement_version` goes on to rule."""

    agreement_version: int
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.agreement_amended")
class AgreementAmended(Event, frozen=True):
    """New terms that every party has signed are in force from now on, instead of those of the version `supersedes`.

    `narrowed` are the classes of content that reached the sponsor by the old terms, and do not any more: consent to them ended.
    """

    agreement_version: int
    supersedes: int
    digest: Digest
    narrowed: tuple[Disclosure, ...]
