"""What a decision about a person may know."""

from __future__ import annotations

from uuid import UUID

from domain.context import Context


class PersonContext(Context, frozen=True, kw_only=True):
    """`program_exists`: the organization has the program that the command names.

    `programs` are those that the actor's own role is held in, None where it is held in the whole organization. `another_admin`:
    somebody else administers the whole organization, and for good. `places_left`: how many more people the quota lets in, None: any
    number.
    """

    program_exists: bool = False
    programs: frozenset[UUID] | None = None
    another_admin: bool = False
    places_left: int | None = None
