"""What may be asked of a person's record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import field

from domain.command import Command
from domain.glossary import Role
from domain.person.events import Source
from domain.values import Code, EmailAddress, Line, Prose, TimeZone


class RegisterPerson(Command, frozen=True, kw_only=True):
    """Makes a person known to the organization. The address is unique in it, whatever its upper and lower case.

    A locale or a time zone that is left out is the organization's.
    """

    name: Line
    email: EmailAddress
    locale: Code | None = None
    time_zone: TimeZone | None = None
    source: Source = "invite"


class GrantMembership(Command, frozen=True, kw_only=True):
    """Lets a person act in a role, in one program or in the whole organization, for good or until a last day."""

    role: Role
    program_id: UUID | None = None
    until: date | None = None


class ChangeMembershipRole(Command, frozen=True, kw_only=True):
    """Puts another role in the place of one that a person holds, in the same scope and up to the same last day.

    `from` is the role as you read it. `program_id` names the scope that it is held in; left out, the whole organization. Say why:
    a code of the organization's list, at least ten characters of reason, or both.
    """

    from_: Role = field(name="from")
    to: Role
    program_id: UUID | None = None
    reason_code: Code | None = None
    reason: Prose | None = None


class RevokeMembership(Command, frozen=True, kw_only=True):
    """Takes a role back, at once: the very next request that a key or a session makes in it is refused.

    `program_id` names the scope that the role is held in; left out, the whole organization. Say why: a code of the organization's
    list, at least ten characters of reason, or both. The last administrator stays: grant the role to another person first.
    """

    role: Role
    program_id: UUID | None = None
    reason_code: Code | None = None
    reason: Prose | None = None
