"""What is asked of the ledger in the query: which changes, which part of them, and in which form."""

from __future__ import annotations

from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

from litestar import Request
from litestar.params import QueryParameter

from domain.glossary import Party
from projections.ledger.line import Flag, Kind
from services.audit.ledger.query import Page, Wanted
from services.entry.media import CSV, FORMATS, asked
from services.reading.route import CURSOR, LIMIT

TIME: Final = "A day (2026-03-01, in the organization's zone) or a moment (2026-03-01T10:00:00Z)"
ACTOR: Final = QueryParameter(name="actor", description="Only what this person recorded.")
INITIATOR: Final = QueryParameter(description="Only what was this side's wish.")
REASON: Final = QueryParameter(max_length=64, description="Only changes for this reason, a code of the organization's list.")
KIND: Final = QueryParameter(description="Only changes of this kind.")
FLAG: Final = QueryParameter(description="Only what stands out in this way.")
FROM: Final = QueryParameter(name="from", max_length=40, description=f"{TIME}: what happened then or later.")
TO: Final = QueryParameter(max_length=40, description=f"{TIME}: what happened by the end of that day, or before that moment.")
FORMAT: Final = QueryParameter(
    name="format", description="`csv` answers with a file of as many lines as one holds; else the header Accept decides."
)
MOST_LINES: Final = 10_000
"""Lines of one CSV file; the header Link leads to the next."""
A_PAGE: Final = 50


def changes_asked(
    by: Annotated[UUID | None, ACTOR] = None,
    initiator: Annotated[Party | None, INITIATOR] = None,
    reason: Annotated[str | None, REASON] = None,
    kind: Annotated[Kind | None, KIND] = None,
    flag: Annotated[Flag | None, FLAG] = None,
    since: Annotated[str | None, FROM] = None,
    to: Annotated[str | None, TO] = None,
) -> Wanted:
    return Wanted(actor=by, initiator=initiator, reason=reason, kind=kind, flag=flag, since=since, until=to)


class Part(NamedTuple):
    """A page of what was found, and what it is to be told as."""

    media: str
    page: Page


def part_asked(
    request: Request[Any, Any, Any],
    form: Annotated[FORMATS | None, FORMAT] = None,
    limit: Annotated[int | None, LIMIT] = None,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Part:
    """Raises `NotAcceptable`."""
    media = asked(request, form)
    return Part(media, Page(limit or (MOST_LINES if media == CSV else A_PAGE), cursor))
