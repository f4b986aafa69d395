"""The page of a needs assessment: who is asked, how many answered, and once they are released, the results with their gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.assessment.commands import CloseAssessment, DecideRaterNomination, NominateRater, ReleaseAssessmentResults
from domain.assessment.result.whole import POOLED
from domain.command import Command
from services.actor import Actor
from services.assessment.query import find_assessment, find_results
from services.assessment.results import CompetencyResult, ResultsAnswer, ScoreAnswer
from services.entry.auth import Keys
from services.entry.body import decode
from services.execution import Commands
from services.pages.cast import names_of
from services.pages.form import asked_for, filled
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.session import FORM_BYTES, SEE_OTHER, sender
from services.permission import MAY, PUBLIC
from services.problems import snake
from services.read import get
from services.reading import Reads

ONE: Final = "/assessments/{id:uuid}"
GROUPS: Final = ("manager", "peer", "direct_report", "other", POOLED)
COMMANDS: Final[dict[str, type[Command]]] = {
    "nominate": NominateRater,
    "decide": DecideRaterNomination,
    "close": CloseAssessment,
    "release": ReleaseAssessmentResults,
}
DONE: Final = {
    "nominate": "The rater is proposed.",
    "decide": "It is decided about the rater.",
    "close": "The assessment is closed.",
    "release": "The results are shown to client and coach.",
}
"""What a form did, by its name."""


class Row(NamedTuple):
    """A competency or an item in the chart and its table: the client's own score, and that of each group that is shown."""

    label: str
    own: Decimal | None
    scores: dict[str, ScoreAnswer]
    gap: Decimal | None = None
    classes: tuple[str, ...] = ()
    items: tuple[Row, ...] = ()

    @property
    def others(self) -> Decimal | None:
        return self.scores[POOLED].mean if POOLED in self.scores else None


@get(ONE, name="assessment_page", opt={"action": "read_assessment", "page": True})
async def assessment(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    shown = (await find_assessment(request, reads, actor, id)).answer
    is_shown = shown.stage in {"released", "debriefed"} and actor.role in MAY["read_assessment_results"]
    results = (await find_results(request, reads, actor, id)).answer if is_shown else None
    rows = tuple(row_of(one) for one in results.competencies) if results is not None else ()
    return page(
        "assessment.html",
        reader=await page_reader(request, reads, actor),
        here="",
        one=shown,
        results=results,
        rows=rows,
        groups=[group for group in GROUPS if any(group in row.scores for row in rows)],
        scale=scale_of(results) if results is not None else None,
        may=frozenset(what for what, command in COMMANDS.items() if actor.role in MAY[snake(command.__name__)]),
        names=await names_of(request, reads, actor, [shown.client_id]),
        done=DONE.get(done, ""),
    )


def row_of(one: CompetencyResult) -> Row:
    items = tuple(
        Row(item.statement, None if item.own is None else Decimal(item.own), {score.group: score for score in item.scores})
        for item in one.items
    )
    return Row(one.label, one.own, {score.group: score for score in one.scores}, one.gap, one.classes, items)


class Scale(NamedTuple):
    """Where a score stands in a chart: from 0 at the lowest point to 100 at the highest."""

    lowest: int
    highest: int

    def at(self, value: Decimal) -> Decimal:
        return round((value - self.lowest) * 100 / (self.highest - self.lowest), 2)


def scale_of(results: ResultsAnswer) -> Scale:
    return Scale(results.lowest, results.highest)


@post(ONE, name="change_assessment", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def change(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], commands: NamedDependency[Commands], id: FromPath[UUID]
) -> Redirect:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor = await sender(request, keys)
    body: dict[str, Any] = filled(await request.form())
    command = asked_for(what := body.pop("what", ""), COMMANDS)
    if "approved" in body:
        body["approved"] = body["approved"] == "yes"
    await commands.execute(actor, decode(command, msgspec.json.encode(body)), id)
    return Redirect(f"/assessments/{id}?done={what}", status_code=SEE_OTHER, headers=HEADERS)


ROUTES: Final = (assessment, change)
