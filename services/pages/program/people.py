"""Who may be chosen in a program's forms, by name: those who hold the role that it takes, or have a seat."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.glossary import ENDED, Role
from projections.current import CURRENT
from projections.members import MEMBERS
from services.pages.cast import label
from services.program.answers import ProgramAnswer
from services.program.seats import running
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
    async with reads.snapshot(request, look.actor, MEMBERS, shown_by=look) as (rows, _):
        members = await rows.sealed(MEMBERS, "page", after=None, at_most=None)
        found = [row.key for row in members if row.key not in without and row.document.holds(role, look.today, program)]
        called = await names(rows, found)
    return await chosen_from(reads, look, [person for person in found if among is None or person in among], called)


async def idle(request: Request[Any, Any, Any], reads: Reads, look: Look, program: ProgramAnswer) -> list[tuple[UUID, str]]:
    """Who has a seat in the program and no coaching of it that goes on, also where they left. It is noted whom the reader is shown."""
    async with reads.snapshot(request, look.actor, CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, _):
        coached = {person for one in await running(rows, program.id) if one.state.stage not in ENDED for person in one.state.coached}
        found = [person for person in program.enrolled or () if person not in coached]
        called = await names(rows, found)
    return await chosen_from(reads, look, found, called)


async def chosen_from(reads: Reads, look: Look, people: Sequence[UUID], called: Mapping[UUID, Any]) -> list[tuple[UUID, str]]:
    """In the order of their names, with a note of whom the reader is shown."""
    await reads.note(look, [(person, NAMED) for person in people])
    return sorted(((person, label(person, look.sight.name(called.get(person)))) for person in people), key=lambda one: one[1].casefold())
