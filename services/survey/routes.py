"""Reads of surveys, and answering by a survey's link: the link is the whole permission, no key is asked for, and none is looked at."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.errors import NotFound
from domain.errors.assessment import AlreadySubmitted
from domain.errors.organization import OrganizationSuspended
from domain.errors.session import RatingOutOfScale
from domain.errors.survey import SurveyClosedAlready
from domain.survey.response import ResponseBody
from infra.eventstore.answer import Answers
from projections import current
from projections.current import CURRENT
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.entry.body import decode, read_body
from services.errors import BodyTooSlow, PayloadTooLarge, Unreadable, UnsupportedMediaType
from services.listing import Page, page_of
from services.permission import PUBLIC
from services.problems import refusals
from services.read import get, read, shown
from services.reading import NotCaughtUp, Reads
from services.setting import NO_STORE
from services.survey.answering import Respondents
from services.survey.answers import (
    ResponseTakenAnswer,
    SurveyAnswer,
    SurveyAskedAnswer,
    SurveysAnswer,
    asked_answer,
    survey_answer,
)

PATH: Final = "/v1/respondents/{link:str}"
ASKING: Final = """Look at what a survey's link asks.

The link comes in a mail. Looking uses nothing up."""
ANSWERING: Final = """Answer a survey by its link.

Once, while it is open. Who answered is not kept with the answer, nor when; until the survey closes nobody sees any."""
LOOKING: Final = (NotFound, AlreadySubmitted, SurveyClosedAlready, OrganizationSuspended)
SENDING: Final = (RatingOutOfScale, Unreadable, BodyTooSlow, PayloadTooLarge, UnsupportedMediaType)


@get(
    PATH,
    name="read_survey_asked",
    operation_id="read_survey_asked",
    opt={"action": PUBLIC, "answer": SurveyAskedAnswer, "description": ASKING, "refusals": refusals(*LOOKING), "says": ()},
)
async def read_survey_asked(respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[SurveyAskedAnswer]:
    asked = await respondents.asked(link)
    return Response(asked_answer(asked.state, asked.organization.name), headers=NO_STORE)


@post(
    PATH,
    name="submit_survey_response",
    operation_id="submit_survey_response",
    status_code=HTTPStatus.OK,
    opt={
        **{"action": PUBLIC, "command": ResponseBody, "answer": ResponseTakenAnswer, "description": ANSWERING},
        **{"refusals": refusals(*LOOKING, *SENDING), "says": ()},
    },
)
async def submit_survey_response(
    request: Request[Any, Any, Any], respondents: NamedDependency[Respondents], link: FromPath[str]
) -> Response[ResponseTakenAnswer]:
    headers = request.headers
    body = await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", ""))
    await respondents.answer(link, decode(ResponseBody, body))
    return Response(ResponseTakenAnswer(taken=True), headers=NO_STORE)


@read(
    "/v1/surveys",
    "list_surveys",
    SurveysAnswer,
    "List surveys.\n\nThose of the programs that your role covers, oldest first.",
    given={"page": page_of},
)
async def list_surveys(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_surveys")
    async with reads.snapshot(request, actor, CURRENT["survey"]) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "survey", scope, after=page.after, limit=page.limit + 1, words=False)
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [one.id for one in found])
    made = tuple(survey_answer(one, waiting[one.id].answered if one.id in waiting else 0, position) for one in page.cut(found))
    return await shown(request, tags, actor, SurveysAnswer(items=made, next_cursor=page.following(found)), position)


@read(
    "/v1/surveys/{id:uuid}",
    "read_survey",
    SurveyAnswer,
    "Look at a survey.\n\nWhom it asks, how many answered and, once it is closed, what came of it.",
)
async def read_survey(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    await reads.look(actor, "read_survey", "survey", id)
    async with reads.snapshot(request, actor, CURRENT["survey"]) as (rows, position):
        found = await current.one(rows, "survey", id, words=False)
    if found is None:
        raise NotCaughtUp
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [id])
    return await shown(
        request, tags, actor, survey_answer(found, waiting[id].answered if id in waiting else 0, position), position, found.version
    )


ROUTES: Final = (read_survey_asked, submit_survey_response, list_surveys, read_survey)
