"""What a reader finds of programs: what the JSON reads answer, and what the pages show."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.program.state import ProgramStage
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.ordered import ordered
from services.actor import Actor
from services.permission import policy
from services.program.answers import ProgramAnswer, ProgramsAnswer, program_answer
from services.reading.listing import Page, like, order
from services.reading.reads import Found, NotCaughtUp, Reads, names
from services.reading.recorder import classes_of
from services.reading.view import people, sight

WHOLE: Final = frozenset({"program_manager", "admin", "auditor"})
"""Who sees which people are in a program."""
SEATED: Final[frozenset[AccessClass]] = frozenset({"record"})
"""What a list tells of those who are in a program: that they are, without their names."""
ProgramSort: TypeAlias = Literal["created", "-created", "name", "-name", "starts_on", "-starts_on", "ends_on", "-ends_on"]
SORTED: Final = {name: ("state", name) for name in ("name", "starts_on", "ends_on")}


async def find_programs(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    page: Page,
    *,
    stage: ProgramStage | None = None,
    client_organization: UUID | None = None,
    sort: ProgramSort = "created",
) -> Found[ProgramsAnswer]:
    """A page of those that the actor's role covers. Raises `NotPermitted`."""
    look = await reads.look(actor, "list_programs")
    async with reads.snapshot(request, actor, CURRENT["program"], shown_by=look) as (rows, position):
        by, holding = order(sort, SORTED), like(stage=stage, client_organization_id=client_organization)
        scope = policy.scope(look.actor)
        found = await ordered(rows, "program", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1, words=False)
    items = tuple(program_answer(one, (), whole=actor.role in WHOLE, counts=not actor.outsider) for one in page.cut(found))
    await reads.note(look, [(person, SEATED) for one in items for person in one.enrolled or ()])
    return Found(ProgramsAnswer(items=items, next_cursor=page.following(found)), position)


async def find_program(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[ProgramAnswer]:
    """A program as it stands. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_program", "program", id)
    whole = actor.role in WHOLE
    async with reads.snapshot(request, actor, CURRENT["program"], MEMBERS, shown_by=look) as (rows, position):
        found = await current.one(rows, "program", id, words=False)
        if found is None:
            raise NotCaughtUp
        known = [*found.state.sponsor_ids, *found.state.pool, *sorted(found.state.enrolled)] if whole else []
        named = people(await names(rows, known), sight(actor), *known)
    await reads.note(look, [(person, classes_of(sight(actor))) for person in known])
    return Found(program_answer(found, named, whole=whole, counts=not actor.outsider), position, found.version)
