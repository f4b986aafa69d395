"""Reads of programs."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.access.events import AccessClass
from domain.program.state import ProgramStage
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.ordered import ordered
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.listing import SORT, STAGE, Page, like, order, page_of
from services.program.answers import ProgramAnswer, ProgramsAnswer, program_answer
from services.program.seats import ROUTES as SEATS
from services.read import read, shown
from services.reading import NotCaughtUp, Reads, names
from services.recorder import classes_of
from services.view import people, sight

WHOLE: Final = frozenset({"program_manager", "admin", "auditor"})
"""Who sees which people are in a program."""
SEATED: Final[frozenset[AccessClass]] = frozenset({"record"})
"""What a list tells of those who are in a program: that they are, without their names."""
CLIENT_ORGANIZATION: Final = QueryParameter(description="Only those for this client organization.")
ProgramSort: TypeAlias = Literal["created", "-created", "name", "-name", "starts_on", "-starts_on", "ends_on", "-ends_on"]
SORTED: Final = {name: ("state", name) for name in ("name", "starts_on", "ends_on")}


@read(
    "/v1/programs",
    "list_programs",
    ProgramsAnswer,
    "List programs.\n\nThe programs of the organization that your role covers, oldest first.",
    given={"page": page_of},
)
async def list_programs(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    stage: Annotated[ProgramStage | None, STAGE] = None,
    client_organization: Annotated[UUID | None, CLIENT_ORGANIZATION] = None,
    sort: Annotated[ProgramSort, SORT] = "created",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_programs")
    async with reads.snapshot(request, actor, CURRENT["program"]) as (rows, position):
        by, holding = order(sort, SORTED), like(stage=stage, client_organization_id=client_organization)
        scope = policy.scope(look.actor)
        found = await ordered(rows, "program", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1, words=False)
    items = tuple(program_answer(one, (), whole=actor.role in WHOLE, counts=not actor.outsider) for one in page.cut(found))
    await reads.note(look, [(person, SEATED) for one in items for person in one.enrolled or ()])
    return await shown(request, tags, actor, ProgramsAnswer(items=items, next_cursor=page.following(found)), position)


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


ROUTES: Final = (list_programs, read_program, *SEATS)
