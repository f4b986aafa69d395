"""What a decision about a person may know."""

from __future__ import annotations

from domain.context import Context


class PersonContext(Context, frozen=True, kw_only=True):
    """`program_exists`: the organization has the program that the command names."""

    program_exists: bool = False
