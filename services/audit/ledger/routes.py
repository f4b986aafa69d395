"""Reads of the ledger of changes."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.glossary import Party
from projections.ledger.line import Flag, Kind
from services.actor import Actor
from services.audit.ledger.answers import LedgerAnswer, PlanLedgerAnswer
from services.audit.ledger.query import Page, Wanted, find_ledger, find_plan_ledger
from services.audit.ledger.table import table
from services.caching import Tags
from services.read import CURSOR, LIMIT, following, read, shown
from services.reading import Found, Reads

TIME: Final = "A day (2026-03-01, in the organization's zone) or a moment (2026-03-01T10:00:00Z)"
PROGRAM: Final = QueryParameter(description="Only changes in this program.")
PLAN: Final = QueryParameter(description="Only changes of this plan.")
COACH: Final = QueryParameter(description="Only changes in engagements that this person coached then.")
ACTOR: Final = QueryParameter(name="actor", description="Only what this person recorded.")
INITIATOR: Final = QueryParameter(description="Only what was this side's wish.")
REASON: Final = QueryParameter(max_length=64, description="Only changes for this reason, a code of the organization's list.")
KIND: Final = QueryParameter(description="Only changes of this kind.")
FLAG: Final = QueryParameter(description="Only what stands out in this way.")
FROM: Final = QueryParameter(name="from", max_length=40, description=f"{TIME}: what happened then or later.")
TO: Final = QueryParameter(max_length=40, description=f"{TIME}: what happened by the end of that day, or before that moment.")
FORMAT: Final = QueryParameter(name="format", description="`csv` answers with a file of as many lines as one holds.")
FORMATS: TypeAlias = Literal["json", "csv"]
MOST_LINES: Final = 10_000
"""Lines of one CSV file; the header Link leads to the next."""

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
)
async def list_ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    program: Annotated[UUID | None, PROGRAM] = None,
    plan: Annotated[UUID | None, PLAN] = None,
    coach: Annotated[UUID | None, COACH] = None,
    by: Annotated[UUID | None, ACTOR] = None,
    initiator: Annotated[Party | None, INITIATOR] = None,
    reason: Annotated[str | None, REASON] = None,
    kind: Annotated[Kind | None, KIND] = None,
    flag: Annotated[Flag | None, FLAG] = None,
    since: Annotated[str | None, FROM] = None,
    to: Annotated[str | None, TO] = None,
    form: Annotated[FORMATS, FORMAT] = "json",
    limit: Annotated[int | None, LIMIT] = None,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    wanted = Wanted(program, plan, coach, by, initiator, reason, kind, flag, since, to)
    page = Page(size_of(form, limit), cursor)
    if form == "json":
        return await shown(request, tags, actor, *await find_ledger(request, reads, actor, wanted, page))
    async with reads.sweep:
        return await file(request, tags, actor, await find_ledger(request, reads, actor, wanted, page))


@read(
    "/v1/plans/{id:uuid}/ledger",
    "read_ledger",
    PlanLedgerAnswer,
    "Read what was changed of a plan.\n\nEvery change since it was proposed first, the newest first; each milestone's original date "
    f"against the one in force; drift, adjustments and how often it was thought over. {STANDS_OUT}",
)
async def read_ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    by: Annotated[UUID | None, ACTOR] = None,
    initiator: Annotated[Party | None, INITIATOR] = None,
    reason: Annotated[str | None, REASON] = None,
    kind: Annotated[Kind | None, KIND] = None,
    flag: Annotated[Flag | None, FLAG] = None,
    since: Annotated[str | None, FROM] = None,
    to: Annotated[str | None, TO] = None,
    form: Annotated[FORMATS, FORMAT] = "json",
    limit: Annotated[int | None, LIMIT] = None,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    wanted = Wanted(actor=by, initiator=initiator, reason=reason, kind=kind, flag=flag, since=since, until=to)
    found = await find_plan_ledger(request, reads, actor, id, wanted, Page(size_of(form, limit), cursor))
    return await shown(request, tags, actor, *found) if form == "json" else await file(request, tags, actor, found)


def size_of(form: str, limit: int | None) -> int:
    return limit if limit is not None else MOST_LINES if form == "csv" else 50


async def file(request: Request[Any, Any, Any], tags: Tags, actor: Actor, found: Found[Any]) -> Response[bytes | None]:
    """The lines as a file to keep."""
    content = table(found.answer.items)
    headers = {
        "Content-Disposition": 'attachment; filename="ledger.csv"',
        "Throughline-Position": str(found.position),
        "ETag": await tags.tag(actor, content, None),
        "Vary": "Authorization, Cookie",
    }
    if found.answer.next_cursor:
        headers["Link"] = f'<{request.url.path}?{following(request, found.answer.next_cursor)}>; rel="next"'
    return Response(content, media_type="text/csv", headers=headers)


ROUTES: Final = (list_ledger, read_ledger)
