"""Who may be chosen in a program's forms: those who hold the role that it takes, by name."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.glossary import Role
from projections.members import MEMBERS
from services.pages.cast import label
from services.reading.reads import Look, Reads, names

NAMED: Final[frozenset[AccessClass]] = frozenset({"names"})
"""What a choice tells of those who are in it."""


async def holders(
    request: Request[Any, Any, Any],
    reads: Reads,
    look: Look,
    role: Role,
    program: UUID | None,
    without: Container[UUID],
    among: Container[UUID] | None = None,
) -> list[tuple[UUID, str]]:
    """Who holds the role where the program is, in the order of their names; with `among` of these. It is noted whom the reader is shown."""
    async with reads.snapshot(request, look.actor, MEMBERS) as (rows, _):
        members = await rows.sealed(MEMBERS, "page", after=None, at_most=None)
        found = [row.key for row in members if row.key not in without and row.document.holds(role, look.today, program)]
        called = await names(rows, found)
    found = [person for person in found if among is None or person in among]
    await reads.note(look, [(person, NAMED) for person in found])
    return sorted(((person, label(person, look.sight.name(called.get(person)))) for person in found), key=lambda one: one[1].casefold())
