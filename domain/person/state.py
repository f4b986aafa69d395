"""A person as they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.credential import CredentialBody
from domain.glossary import Role
from domain.person.credential import Credential, Development, LogExport
from domain.person.erasure import Erasure
from domain.person.events import ProfileSource
from domain.values import NIL, Code, OfPerson, StoredCode, TimeZone

PROFILE: Final = ("name", "email", "locale", "time_zone")
"""What a profile says of somebody."""


class Membership(Struct, frozen=True, kw_only=True):
    """A role in one program, or where none is named, in the whole organization; `until` is its last day.

    `since` is when it began in this scope, `unbroken_since` when the person began to hold the role in any scope without an end
    between: what they were given to act with before that is not brought back by a later grant.
    """

    role: Role
    program_id: UUID | None
    until: date | None
    since: datetime
    unbroken_since: datetime

    def in_force(self, today: date) -> bool:
        return self.until is None or today <= self.until

    def lasts_as_long_as(self, until: date | None) -> bool:
        return self.until is None or (until is not None and until <= self.until)

    def overlaps(self, program_id: UUID | None) -> bool:
        """Whether both scopes have something in common: the whole organization has with every program."""
        return self.program_id is None or program_id is None or self.program_id == program_id

    @property
    def administers_for_good(self) -> bool:
        """Whether the organization can count on this: an administrator of the whole of it, without a last day."""
        return (self.role, self.program_id, self.until) == ("admin", None, None)


class Identity(Struct, frozen=True, kw_only=True):
    """As whom somebody signs in at a provider."""

    provider: StoredCode
    subject: OfPerson[str]


class AddressChange(Struct, frozen=True, kw_only=True):
    """An address that waits to be confirmed: named in the version `asked`, from when on and before when that can be done."""

    email: OfPerson[str]
    asked: int
    confirmable_from: datetime
    ends_at: datetime
    source: ProfileSource

    def waits(self, now: datetime) -> bool:
        """Whether it can still be confirmed, at once or later."""
        return now < self.ends_at

    def is_confirmable(self, now: datetime) -> bool:
        return self.confirmable_from <= now < self.ends_at


class PersonState(Struct, frozen=True, kw_only=True):
    """A person with their roles; name, address and the numbers of credentials stay sealed.

    `development` is what a coach did for their own profession, `listed_by` are the coaches whose logs may name the person, `exports` the logs that the person handed in as a coach.
    `profile_at` is the version that last set the profile, `address_change` another address that waits, `managed` what the organization's directory says of it. `left_on` is when
    somebody left who was given no role since.
    """

    id: UUID = NIL
    name: OfPerson[str] | None = None
    email: OfPerson[str] | None = None
    locale: Code | None = None
    time_zone: TimeZone | None = None
    memberships: tuple[Membership, ...] = ()
    credentials: tuple[Credential, ...] = ()
    development: tuple[Development, ...] = ()
    exports: tuple[LogExport, ...] = ()
    listed_by: tuple[UUID, ...] = ()
    profile_at: int = 0
    profile_by: UUID = NIL
    managed: frozenset[str] = frozenset()
    address_change: AddressChange | None = None
    identities: tuple[Identity, ...] = ()
    left_on: date | None = None
    erasure: Erasure | None = None

    @property
    def exists(self) -> bool:
        return self.id != NIL

    def memberships_on(self, today: date) -> tuple[Membership, ...]:
        return tuple(membership for membership in self.memberships if membership.in_force(today))

    def membership(self, role: Role, program_id: UUID | None, today: date) -> Membership | None:
        """The role in exactly that scope, if it is held on that day."""
        return next((held for held in self.memberships_on(today) if (held.role, held.program_id) == (role, program_id)), None)

    def holds(self, role: Role, today: date, program_id: UUID | None = None) -> bool:
        """Whether the person has the role on that day: in the program that is named, or where none is, anywhere."""
        return any(
            membership.role == role and (program_id is None or membership.program_id in (None, program_id))
            for membership in self.memberships_on(today)
        )

    def credential(self, body: CredentialBody) -> Credential | None:
        """What was last recorded of a body."""
        return next((one for one in self.credentials if one.body == body), None)

    def has_exported(self, position: int) -> bool:
        """Whether a log that was handed in holds what was recorded at that position."""
        return any(position <= export.as_of_position for export in self.exports)
