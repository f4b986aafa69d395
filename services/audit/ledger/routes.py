"""Reads of the ledger of changes."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from services.actor import Actor
from services.audit.ledger.answers import LedgerAnswer, PlanLedgerAnswer
from services.audit.ledger.asked import Part, changes_asked, part_asked
from services.audit.ledger.query import Wanted, find_ledger, find_plan_ledger
from services.audit.ledger.table import table
from services.entry.media import CSV, JSON
from services.reading.caching import Tags, conditional
from services.reading.reads import Found, Reads
from services.reading.route import following, read, shown

PROGRAM: Final = QueryParameter(description="Only changes in this program.")
PLAN: Final = QueryParameter(description="Only changes of this plan.")
COACH: Final = QueryParameter(description="Only changes in engagements that this person coached then.")
STANDS_OUT: Final = (
    "Each with its evidence, and with flags for what stands out: a target that became easier, or a measure that was replaced, after "
    "the first result; a date that was moved on the day before it or later; an approval of what was in force already; a report dated "
    "back by more than a week; one person who agreed with themselves; an override of the SMART gate; a change that waited too long."
)


@read(
    "/v1/ledger",
    "list_ledger",
    LedgerAnswer,
    f"Read what was changed of what was agreed.\n\nEvery change in what you run or audit, the newest first. {STANDS_OUT}",
    also=(CSV,),
    given={"wanted": changes_asked, "part": part_asked},
)
async def list_ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    wanted: NamedDependency[Wanted],
    part: NamedDependency[Part],
    program: Annotated[UUID | None, PROGRAM] = None,
    plan: Annotated[UUID | None, PLAN] = None,
    coach: Annotated[UUID | None, COACH] = None,
) -> Response[bytes | None]:
    wanted = wanted._replace(program=program, plan=plan, coach=coach)
    found = await find_ledger(request, reads, actor, wanted, part.page)
    return await shown(request, tags, actor, *found) if part.media == JSON else await file(request, tags, actor, found)


@read(
    "/v1/plans/{id:uuid}/ledger",
    "read_ledger",
    PlanLedgerAnswer,
    "Read what was changed of a plan.\n\nEvery change since it was proposed first, the newest first; each milestone's original date "
    f"against the one in force; drift, adjustments and how often it was thought over. {STANDS_OUT}",
    also=(CSV,),
    given={"wanted": changes_asked, "part": part_asked},
)
async def read_ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    wanted: NamedDependency[Wanted],
    part: NamedDependency[Part],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    found = await find_plan_ledger(request, reads, actor, id, wanted, part.page)
    return await shown(request, tags, actor, *found) if part.media == JSON else await file(request, tags, actor, found)


async def file(request: Request[Any, Any, Any], tags: Tags, actor: Actor, found: Found[Any]) -> Response[bytes | None]:
    """The lines as a file to keep."""
    content = table(found.answer.items)
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"', "Throughline-Position": str(found.position)}
    if found.answer.next_cursor:
        headers["Link"] = f'<{request.url.path}?{following(request, found.answer.next_cursor)}>; rel="next"'
    return conditional(request, content, await tags.tag(actor, content, None), headers, CSV)


ROUTES: Final = (list_ledger, read_ledger)
