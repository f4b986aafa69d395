"""The page on which a client answers about themselves: every statement, the scale in words, and what to choose where it does not apply."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.assessment.commands import SubmitSelfAssessment
from domain.errors import NotPermitted
from services.actor import Actor
from services.assessment.answers import AssessmentAnswer
from services.assessment.query import find_assessment
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.done import Errand, carried_out, received
from services.pages.form import filled
from services.pages.page import page
from services.pages.questionnaire import FORM_BYTES, amiss, answers_of
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.permission.table import PUBLIC
from services.reading.reads import Look, Reads
from services.reading.route import get

ONE: Final = "/assessments/{id:uuid}/answers"


@get(ONE, name="self_assessment_page", opt={"action": "submit_self_assessment", "page": True})
async def own(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], id: FromPath[UUID]
) -> Response[str]:
    return await self_assessment_page(request, reads, actor, id)


@post(ONE, name="answer_self_assessment", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def answer(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
) -> Response[Any]:
    """Takes the answers as the command does, or shows the form again with what was chosen, and why."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(decode(SubmitSelfAssessment, msgspec.json.encode({"answers": answers_of(filled(form))})), id),
        lambda sent: self_assessment_page(request, reads, actor, id, sent=sent),
        f"/assessments/{id}",
        done="answer",
    )


async def self_assessment_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT
) -> Response[str]:
    """Raises `NotPermitted` for everybody but the client."""
    shown = (await find_assessment(request, reads, actor, id)).answer
    if actor.person_id != shown.client_id:
        raise NotPermitted("A self-assessment is answered by the client, and by nobody else.")
    return page(
        "self_assessment.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="",
        one=shown,
        standing=standing(shown, await reads.look(actor, "read_assessment", "assessment", id)),
        chosen={name: sent.value(name) for name in sent.fields},
        wrong=amiss(sent.facts) if sent.said else None,
        sent=sent,
    )


def standing(shown: AssessmentAnswer, look: Look) -> str:
    """Whether it can be answered at this moment, and if not, why."""
    if shown.answers is not None:
        return "answered"
    if shown.stage != "open" or look.today > shown.closes_on:
        return "closed"
    if look.today < shown.opens_on:
        return "later"
    return "open" if look.engagement is not None and look.engagement.stage == "active" else "resting"


ROUTES: Final = (own, answer)
