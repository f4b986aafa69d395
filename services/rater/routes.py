"""Answering by a rater's link over HTTP. The link is the whole permission: no key is asked for, and none is looked at."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.assessment.feedback import FeedbackBody
from domain.errors import NotFound, SubjectErased
from domain.errors.assessment import AlreadySubmitted, AnswerOutOfScale, AssessmentClosed, AssessmentNotOpen
from domain.errors.engagement import EngagementNotActive
from domain.errors.organization import OrganizationSuspended
from services.entry.body import decode, read_body
from services.errors import BodyTooSlow, PayloadTooLarge, Unreadable, UnsupportedMediaType
from services.permission import PUBLIC
from services.problems import refusals
from services.rater.answering import Raters
from services.rater.answers import AskedAnswer, TakenAnswer, asked_answer
from services.read import get
from services.setting import NO_STORE

PATH: Final = "/v1/raters/{link:str}"
ASKING: Final = """Look at what a rater's link asks.

The link comes in a mail to the rater. Looking uses nothing up."""
ANSWERING: Final = """Answer by a rater's link.

Once, while the assessment is open. Who answered is not kept with the answers, nor when; until the assessment closes nobody sees any."""
LOOKING: Final = (NotFound, AlreadySubmitted, AssessmentClosed, AssessmentNotOpen, EngagementNotActive, OrganizationSuspended)
SENDING: Final = (AnswerOutOfScale, SubjectErased, Unreadable, BodyTooSlow, PayloadTooLarge, UnsupportedMediaType)


@get(
    PATH,
    name="read_asked",
    operation_id="read_asked",
    opt={"action": PUBLIC, "answer": AskedAnswer, "description": ASKING, "refusals": refusals(*LOOKING), "says": ()},
)
async def read_asked(raters: NamedDependency[Raters], link: FromPath[str]) -> Response[AskedAnswer]:
    asked = await raters.asked(link)
    return Response(asked_answer(asked.state, asked.organization.name, await raters.client(asked)), headers=NO_STORE)


@post(
    PATH,
    name="submit_rater_feedback",
    operation_id="submit_rater_feedback",
    status_code=HTTPStatus.OK,
    opt={
        **{"action": PUBLIC, "command": FeedbackBody, "answer": TakenAnswer, "description": ANSWERING},
        **{"refusals": refusals(*LOOKING, *SENDING), "says": ()},
    },
)
async def submit_rater_feedback(
    request: Request[Any, Any, Any], raters: NamedDependency[Raters], link: FromPath[str]
) -> Response[TakenAnswer]:
    headers = request.headers
    body = await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", ""))
    await raters.answer(link, decode(FeedbackBody, body))
    return Response(TakenAnswer(taken=True), headers=NO_STORE)


ROUTES: Final = (read_asked, submit_rater_feedback)
