"""What may be asked of a person's record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.glossary import Role
from domain.person.events import Source
from domain.values import Code, Line, TimeZone

EmailAddress: TypeAlias = Annotated[
    str, Meta(max_length=254, pattern=r"^[^\s@\x00-\x1f\x7f]{1,64}@[^\s@.\x00-\x1f\x7f]{1,63}(\.[^\s@.\x00-\x1f\x7f]{1,63})+$(?!\n)")
]


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
