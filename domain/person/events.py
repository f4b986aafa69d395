"""What happens to a person."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import field

from domain.credential import CredentialBody, CredentialLevel
from domain.event import Event, stored
from domain.glossary import Role
from domain.values import Digest, OfAuthor, OfPerson, StoredCode, TimeZone

Source: TypeAlias = Literal["invite", "import", "scim"]


@stored("person.person_registered")
class PersonRegistered(Event, frozen=True):
    """Somebody became known to the organization. Everywhere else they are this id only, which says nothing once the name is erased."""

    person_id: UUID
    name: OfPerson[str]
    email: OfPerson[str]
    locale: StoredCode | None
    time_zone: TimeZone | None
    source: Source


@stored("person.membership_granted")
class MembershipGranted(Event, frozen=True):
    """The person may act in a role: in one program, or where none is named, in the whole organization; `until` is the last day."""

    role: Role
    program_id: UUID | None
    until: date | None


@stored("person.membership_role_changed")
class MembershipRoleChanged(Event, frozen=True):
    """Another role took the place of one, in the same scope and up to the same last day."""

    from_: Role = field(name="from")
    to: Role
    program_id: UUID | None
    until: date | None
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("person.membership_revoked")
class MembershipRevoked(Event, frozen=True):
    """The person may not act in a role any more, before its last day: in one program, or where none is named, in the whole organization."""

    role: Role
    program_id: UUID | None
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("person.coach_credential_recorded")
class CoachCredentialRecorded(Event, frozen=True):
    """What a body says of a coach; it takes the place of what was recorded of that body before. Without a level: still in education.

    `education_start` is when the coach's education began: hours before it count for no credential of ICF.
    """

    body: CredentialBody
    level: CredentialLevel | None
    number: OfPerson[str] | None
    issued_on: date | None
    valid_until: date | None
    education_start: date | None


@stored("person.credential_log_exported")
class CredentialLogExported(Event, frozen=True):
    """The coach handed in their log for a body: so many sessions up to a day, as the organization's log stood at a position.

    `digest` is over the ids, minutes and payment of all of them; from then on their time changes by a counter-entry alone.
    """

    export_id: UUID
    body: CredentialBody
    ruleset: StoredCode
    through: date
    as_of_position: int
    sessions: int
    minutes: int
    paid_minutes: int
    digest: Digest


@stored("person.listing_consent_granted")
class ListingConsentGranted(Event, frozen=True):
    """A client lets a coach name them, with their address, in logs for the coach's credentials."""

    coach_id: UUID


@stored("person.listing_consent_withdrawn")
class ListingConsentWithdrawn(Event, frozen=True):
    """The client took it back: from then on no log names them."""

    coach_id: UUID
