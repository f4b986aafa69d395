"""Reads of programs."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from domain.access.events import AccessClass
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.cursor import read_cursor, write_cursor
from services.program.answers import ProgramAnswer, ProgramsAnswer, program_answer
from services.read import CURSOR, LIMIT, read, shown
from services.reading import NotCaughtUp, Reads, names
from services.recorder import classes_of
from services.view import people, sight

WHOLE: Final = frozenset({"program_manager", "admin", "auditor"})
"""Who sees which people are in a program."""
SEATED: Final[frozenset[AccessClass]] = frozenset({"record"})
"""What a list tells of those who are in a program: that they are, without their names."""


@read(
    "/v1/programs",
    "list_programs",
    ProgramsAnswer,
    "List programs.\n\nThe programs of the organization that your role covers, oldest first.",
)
async def list_programs(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_programs")
    async with reads.snapshot(request, actor, CURRENT["program"]) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "program", scope, after=read_cursor(cursor), limit=limit + 1, words=False)
    items = tuple(program_answer(one, (), whole=actor.role in WHOLE, counts=not actor.outsider) for one in found[:limit])
    await reads.note(look, [(person, SEATED) for one in items for person in one.enrolled or ()])
    answer = ProgramsAnswer(items=items, next_cursor=write_cursor(found[limit - 1].id) if len(found) > limit else UNSET)
    return await shown(request, tags, actor, answer, position)


@read(
    "/v1/programs/{id:uuid}",
    "read_program",
    ProgramAnswer,
    "Look at a program.\n\nIts terms; for those who run it also its pool and seats.",
)
async def read_program(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_program", "program", id)
    whole = actor.role in WHOLE
    async with reads.snapshot(request, actor, CURRENT["program"], MEMBERS) as (rows, position):
        found = await current.one(rows, "program", id, words=False)
        if found is None:
            raise NotCaughtUp
        known = [*found.state.sponsor_ids, *found.state.pool, *sorted(found.state.enrolled)] if whole else []
        named = people(await names(rows, known), sight(actor), *known)
    await reads.note(look, [(person, classes_of(sight(actor))) for person in known])
    answer = program_answer(found, named, whole=whole, counts=not actor.outsider)
    return await shown(request, tags, actor, answer, position, found.version)


ROUTES: Final = (list_programs, read_program)
