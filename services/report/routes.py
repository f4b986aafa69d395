"""Reads of reports."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.caching import Tags
from services.read import read, shown
from services.reading import NotCaughtUp, Reads
from services.report.answers import ReportAnswer, report_answer


@read(
    "/v1/reports/{id:uuid}",
    "read_report",
    ReportAnswer,
    "Look at a report.\n\nWhat was asked for, for whom, and whether its file is there; to who asked for it and whom it is for.",
)
async def read_report(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    await reads.look(actor, "read_report", "report", id)
    async with reads.snapshot(request, actor, CURRENT["report"]) as (rows, position):
        found = await current.one(rows, "report", id, words=False)
    if found is None:
        raise NotCaughtUp
    answer = report_answer(found, counts=not actor.outsider)
    return await shown(request, tags, actor, answer, position, found.version)


ROUTES: Final = (read_report,)
