"""Reads of reports."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.report.events import ReportTemplate
from services.actor import Actor
from services.permission.table import PUBLIC
from services.reading.caching import Tags
from services.reading.listing import PROGRAM, SORT, Made, Page, page_of
from services.reading.reads import Reads
from services.reading.route import get, read, shown
from services.report.answers import ReportAnswer, ReportsAnswer
from services.report.files import Files
from services.report.link import Links
from services.report.query import MEDIA, find_file, find_report, find_reports

TEMPLATE: Final = QueryParameter(description="Only those of this kind.")
TICKET: Final = QueryParameter(max_length=200, description="What the link to the file holds.")


@read(
    "/v1/reports",
    "list_reports",
    ReportsAnswer,
    "List reports.\n\nThose that you asked for or got, oldest first; who runs or audits programs finds all of theirs, without the files.",
    given={"page": page_of},
)
async def list_reports(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    template: Annotated[ReportTemplate | None, TEMPLATE] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[Made, SORT] = "created",
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_reports(request, reads, actor, page, template, program, newest=sort == "-created"))


@read(
    "/v1/reports/{id:uuid}",
    "read_report",
    ReportAnswer,
    "Look at a report.\n\nWhat was asked for, for whom, and once it is made a link to its file, which is good for some minutes.",
)
async def read_report(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    links: NamedDependency[Links],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_report(request, reads, actor, links, id))


@get(
    "/v1/reports/{id:uuid}/file",
    name="download_report",
    operation_id="download_report",
    opt={
        "action": PUBLIC,
        "media": tuple(MEDIA.values()),
        "says": ("Content-Disposition",),
        "description": "Download the file of a report.\n\nBy the link that the report has, which needs no key, as long as its reader may see it.",
        "refusals": {"not_permitted": 403, "not_found": 404, "link_expired": 410, "file_discarded": 410, "subject_erased": 410},
    },
)
async def download_report(
    reads: NamedDependency[Reads],
    files: NamedDependency[Files],
    links: NamedDependency[Links],
    id: FromPath[UUID],
    ticket: Annotated[str, TICKET] = "",
) -> Response[bytes]:
    """Whoever has the link gets the file, as long as the reader that it was made for may."""
    file = await find_file(reads, files, links, id, ticket)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
    return Response(file.content, media_type=file.media_type, headers=headers)


ROUTES: Final = (list_reports, read_report, download_report)
