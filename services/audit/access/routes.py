"""Who saw what about somebody, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from services.actor import Actor
from services.audit.access.answers import AccessesAnswer
from services.audit.access.query import find_accesses
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import CURSOR, LIMIT, read, shown

UNTIL: Final = QueryParameter(description="The last day that counts, 2026-03-01; today when it is left out.")


@read(
    "/v1/people/{id:uuid}/accesses",
    "read_accesses",
    AccessesAnswer,
    "Read who saw what about a person.\n\nWhat sponsors, auditors and those who run the organization were shown, the latest first; and "
    "what they could have seen on that day, by the consents of then. Client and coach see what is theirs, which is not noted.",
)
async def read_accesses(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    until: Annotated[date | None, UNTIL] = None,
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_accesses(request, reads, actor, id, until, limit, cursor))


ROUTES: Final = (read_accesses,)
