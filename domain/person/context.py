"""What a decision about a person may know."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from domain.context import Context
from domain.values import Digest, OfPerson


class LogFacts(Struct, frozen=True, kw_only=True):
    """A coach's log as it is read: how many sessions they held, for how long, and the digest over them, as of a position."""

    as_of_position: int
    sessions: int
    minutes: int
    paid_minutes: int
    digest: Digest


class PersonContext(Context, frozen=True, kw_only=True):
    """`program_exists`: the organization has the program that the command names.

    `programs` are those that the actor's own role is held in, None where it is held in the whole organization. `another_admin`:
    somebody else administers the whole organization, and for good. `places_left`: how many more people the quota lets in, None: any
    number. `coach_exists`: the organization has the person whom the command names as a coach. `log` is the log of a coach who hands
    theirs in. `is_confined`: who acts holds a key that is confined to scopes. `email` is the person's present address, `new_email` the one that waits, both open;
    `is_taken`: another person has the address that is named. `linked`: they sign in as that subject already. `holds` are what forbids
    to erase them.
    """

    program_exists: bool = False
    programs: frozenset[UUID] | None = None
    is_confined: bool = False
    another_admin: bool = False
    places_left: int | None = None
    coach_exists: bool = False
    log: LogFacts | None = None
    email: OfPerson[str] | None = None
    new_email: OfPerson[str] | None = None
    is_taken: bool = False
    linked: bool = False
    holds: tuple[UUID, ...] = ()

    @property
    def is_machine(self) -> bool:
        """Whoever holds the key is taken for a program, and never reaches those who run the firm, whatever role its person has."""
        return self.is_confined or self.role == "integration"
