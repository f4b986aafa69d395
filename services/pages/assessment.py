"""The pages of needs assessments: which there are, and one of them: who is asked, how many answered, what is waited for, and once they are
released, the results with their gaps."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.assessment.commands import (
    CloseAssessment,
    DebriefAssessment,
    DecideRaterNomination,
    IdentifyNeed,
    NominateRater,
    ReleaseAssessmentResults,
)
from domain.assessment.result.whole import POOLED
from domain.assessment.state import AssessmentState
from domain.command import Command
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.assessment.query import find_assessment, find_launched, find_results
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import allowed, asked_for, filled
from services.pages.gap import row_of, scale_of, unshown
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.relation import facts_of
from services.permission.table import MAY, PUBLIC
from services.reading.reads import Reads
from services.reading.route import get

ASSESSMENTS: Final = "/assessments"
ONE: Final = "/assessments/{id:uuid}"
GROUPS: Final = ("manager", "peer", "direct_report", "other", POOLED)
COMMANDS: Final[dict[str, type[Command]]] = {
    "nominate": NominateRater,
    "decide": DecideRaterNomination,
    "close": CloseAssessment,
    "release": ReleaseAssessmentResults,
    "debrief": DebriefAssessment,
    "identify": IdentifyNeed,
}
DONE: Final = {
    "answer": "Your answers were taken.",
    "nominate": "The rater is proposed.",
    "decide": "It is decided about the rater.",
    "close": "The assessment is closed.",
    "release": "The results are shown to client and coach.",
    "debrief": "It is noted that the results were gone through.",
    "identify": "It is noted. An objective of the plan can be linked to it.",
}
"""What a form did, by its name."""


class Listed(NamedTuple):
    """An assessment in the list, and what it waits for of the reader: `answer`, `decide`, `release`, `debrief`, or nothing."""

    one: AssessmentState
    waits: str


@get(ASSESSMENTS, name="assessments_page", opt={"action": "read_assessment_results", "page": True})
async def assessments(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[str]:
    """Those of one's own engagements, the newest first."""
    today = (await reads.look(actor, "read_assessment_results")).today
    found = await find_launched(request, reads, actor)
    return page(
        "assessments.html",
        reader=await page_reader(request, reads, actor),
        here=ASSESSMENTS,
        rows=[Listed(one, waits(one, actor, today)) for one in found],
        adds=actor.role in MAY["add_instrument"],
        names=await names_of(request, reads, actor, [one.client_id for one in found]),
    )


def waits(one: AssessmentState, actor: Actor, today: date) -> str:
    if actor.role == "client":
        return "answer" if one.answers is None and one.is_open(today) else ""
    if one.kind == "self":
        return ""
    if one.stage == "open":
        return "decide" if any(rater.approved is None for rater in one.raters.values()) else ""
    if one.stage == "closed":
        return "release" if one.answered >= one.rater_min_group else ""
    return "debrief" if one.stage == "released" else ""


@get(ONE, name="assessment_page", opt={"action": "read_assessment", "page": True})
async def assessment(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await assessment_page(request, reads, actor, id, done=DONE.get(done, ""))


async def assessment_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    shown = (await find_assessment(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_assessment", "assessment", id)
    is_shown = shown.stage in {"released", "debriefed"} and actor.role in MAY["read_assessment_results"]
    results = (await find_results(request, reads, actor, id)).answer if is_shown else None
    rows = tuple(row_of(one) for one in results.competencies) if results is not None else ()
    async with reads.snapshot(request, actor, CURRENT["plan"], shown_by=look) as (found, _):
        plans = await current.of_engagement(found, "plan", shown.engagement_id)
    return page(
        "assessment.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="",
        one=shown,
        results=results,
        rows=rows,
        unshown=unshown(results) if results is not None else (),
        groups=[group for group in GROUPS if any(group in row.scores for row in rows)],
        scale=scale_of(results) if results is not None else None,
        labels={one.competency: one.label for one in shown.asks.competencies},
        points={one.point: one.label for one in shown.asks.scale},
        answers_now=shown.client_id == actor.person_id and shown.answers is None and shown.stage == "open",
        may=allowed(look.actor, COMMANDS, facts_of(look.reading, id)),
        plan=plans[-1] if plans else None,
        today=look.today,
        names=await names_of(request, reads, actor, [shown.client_id]),
        sent=sent,
        done=done,
    )


@post(ONE, name="change_assessment", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only; what is refused is shown again, and why."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form), id),
        lambda sent: assessment_page(request, reads, actor, id, sent=sent),
        f"{ASSESSMENTS}/{id}",
        place=place,
    )


def command_of(form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    body: dict[str, Any] = filled(form)
    command = asked_for(body.pop("what", ""), COMMANDS)
    for name in ("approved", "client_agrees"):
        if name in body:
            body[name] = body[name] == "yes"
    if "source" in body:
        body["evidence"] = [{"source": body.pop("source")}]
    return decode(command, msgspec.json.encode(body))


def place(field: str) -> str:
    """Evidence is chosen in one field."""
    return "source" if field.startswith("evidence") else field


ROUTES: Final = (assessments, assessment, change)
