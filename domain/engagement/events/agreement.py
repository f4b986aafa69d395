"""What happens to the agreement."""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import Disclosure, Party
from domain.values import Digest, OfClient, StoredCode

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
