"""Reads of programs."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.program.state import ProgramStage
from services.actor import Actor
from services.program.answers import ProgramAnswer, ProgramsAnswer
from services.program.query import ProgramSort, find_program, find_programs
from services.program.seats import ROUTES as SEATS
from services.reading.caching import Tags
from services.reading.listing import SORT, STAGE, Page, page_of
from services.reading.reads import Reads
from services.reading.route import read, shown

CLIENT_ORGANIZATION: Final = QueryParameter(description="Only those for this client organization.")


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
    found = await find_programs(request, reads, actor, page, stage=stage, client_organization=client_organization, sort=sort)
    return await shown(request, tags, actor, *found)


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
    return await shown(request, tags, actor, *await find_program(request, reads, actor, id))


ROUTES: Final = (list_programs, read_program, *SEATS)
