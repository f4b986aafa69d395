"""What happens to a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import field

from domain.credential import CredentialBody, CredentialLevel, DevelopmentKind
from domain.event import Event, stored
from domain.glossary import Role
from domain.person.erasure import Basis, DestroyedKey
from domain.values import Digest, OfAuthor, OfPerson, StoredCode, TimeZone

Source: TypeAlias = Literal["invite", "import", "scim"]
ProfileSource: TypeAlias = Literal["hand", "import", "scim"]


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


@stored("person.coach_development_recorded")
class CoachDevelopmentRecorded(Event, frozen=True):
    """The coach spent time on their own profession that day: in supervision, or in training."""

    development_id: UUID
    kind: DevelopmentKind
    held_on: date
    minutes: int


@stored("person.coach_development_withdrawn")
class CoachDevelopmentWithdrawn(Event, frozen=True):
    """What was recorded of a coach's own development was wrong, and counts no more."""

    development_id: UUID
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


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


@stored("person.person_profile_changed")
class PersonProfileChanged(Event, frozen=True):
    """Something of a profile is another from now on; what is none stays as it was.

    An address changed by it at once in earlier releases; now it waits to be confirmed (`AddressChangeAsked`). `former_email` is the
    one that the new one took the place of, as it was sealed before. `replaces` is the version that last set the profile.
    """

    name: OfPerson[str] | None
    email: OfPerson[str] | None
    former_email: OfPerson[str] | None
    locale: StoredCode | None
    from_locale: StoredCode | None
    time_zone: TimeZone | None
    from_time_zone: TimeZone | None
    source: ProfileSource
    replaces: int


@stored("person.address_change_asked")
class AddressChangeAsked(Event, frozen=True):
    """Another address was named for the person; mails, and links to sign in, go to the one of before until it is confirmed.

    Whoever reads the mails of the new one can confirm it from `confirmable_from` on, before `ends_at`; whoever reads those of the old
    one can stop it. One that waited before waits no more.
    """

    email: OfPerson[str]
    confirmable_from: datetime
    ends_at: datetime
    source: ProfileSource


@stored("person.address_kept")
class AddressKept(Event, frozen=True):
    """The address stays as it is. `asked` is the version in which the other one was named."""

    asked: int


@stored("person.address_confirmed")
class AddressConfirmed(Event, frozen=True):
    """Who reads the mails of the new address confirmed it, and nobody stopped it: mails go there from now on.

    `email` was named in the version `asked`, `former_email` gives way to it and may be another person's again; each as it was sealed.
    """

    email: OfPerson[str]
    former_email: OfPerson[str] | None
    source: ProfileSource
    asked: int


@stored("person.identity_linked")
class IdentityLinked(Event, frozen=True):
    """As whom the person signs in at a provider of identities."""

    provider: StoredCode
    subject: OfPerson[str]


@stored("person.person_deprovisioned")
class PersonDeprovisioned(Event, frozen=True):
    """Somebody left: they hold no role any more, and nothing that they were given to sign in with is good any more."""

    source: ProfileSource
    leaver_date: date
    managers_notified: bool


@stored("person.person_erasure_requested")
class PersonErasureRequested(Event, frozen=True):
    """The person is to be erased by that day. They hold no role any more."""

    basis: Basis
    due_by: date


@stored("person.person_erased")
class PersonErased(Event, frozen=True):
    """These keys were destroyed: the person's own, and all of the realms, the engagements in which they alone were coached."""

    realms: tuple[UUID, ...]
    keys: tuple[DestroyedKey, ...]
