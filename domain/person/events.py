"""What happens to a person."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import field

from domain.event import Event, stored
from domain.glossary import Role
from domain.values import OfAuthor, OfPerson, StoredCode, TimeZone

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
