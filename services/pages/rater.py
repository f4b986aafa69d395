"""The page of a rater's link: what is asked, on one page, without an account and without script."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.assessment.feedback import FeedbackBody
from domain.errors import NotFound, Refusal, SubjectErased
from domain.errors.answering import AlreadySubmitted
from domain.errors.assessment import AnswerIncomplete, AnswerOutOfScale, AssessmentClosed
from services.assessment.rater import RATER, asked_of_rater
from services.entry.body import decode
from services.errors import Unreadable
from services.pages.form import form_of
from services.pages.mail_link import UNTOLD
from services.pages.page import page
from services.pages.questionnaire import FORM_BYTES, Amiss, amiss, answers_of
from services.pages.sign_in import require_own_form
from services.permission.table import PUBLIC
from services.problems import STATUS
from services.reading.route import get
from services.respondent.answering import Respondents
from services.wording.language import language_asked, language_of
from services.wording.rater import promised

PATH: Final = "/raters/{link:str}"
OPT: Final = {"action": PUBLIC, "page": True}
QUESTION: Final = "question."
"""What the names of fields for words begin with."""


@get(PATH, name="rater_page", opt=OPT)
async def rater(request: Request[Any, Any, Any], respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[str]:
    return await form_page(request, respondents, link)


@post(PATH, name="rater_answered", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def answer(request: Request[Any, Any, Any], respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[str]:
    """Takes the answers, or shows the form again with what was chosen, and why."""
    require_own_form(request)
    sent = await form_of(request)
    fields = {name: str(value) for name, value in sent.items()}
    comments = {name.removeprefix(QUESTION): words for name, words in fields.items() if name.startswith(QUESTION) and words}
    try:
        language = language_of((await respondents.asked(RATER, link)).state.language)
        body = decode(FeedbackBody, msgspec.json.encode({"answers": answers_of(fields), "comments": comments}))
        await respondents.answer(RATER, link, body)
    except (Unreadable, AnswerOutOfScale, AnswerIncomplete) as refusal:
        return await form_page(request, respondents, link, fields, amiss(refusal.facts))
    except Refusal as refusal:
        return over(request, refusal)
    return shown(page("rater.html", language=language, reader=None, here="", standing="taken"))


async def form_page(
    request: Request[Any, Any, Any],
    respondents: Respondents,
    link: str,
    chosen: Mapping[str, str] | None = None,
    wrong: Amiss | None = None,
) -> Response[str]:
    """In the assessment's language, in which its items are worded."""
    try:
        asked = await respondents.asked(RATER, link)
    except Refusal as refusal:
        return over(request, refusal)
    state, language = asked.state, language_of(asked.state.language)
    made = page(
        "rater.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        language=language,
        reader=None,
        here="",
        asked=await asked_of_rater(respondents, asked),
        until=language.day(state.closes_on),
        promises=promised(state),
        floor=state.rater_min_group,
        standing="open",
        link=link,
        chosen=chosen or {},
        wrong=wrong,
    )
    return shown(made)


def over(request: Request[Any, Any, Any], refusal: Refusal) -> Response[str]:
    """Why there is nothing to answer, in the browser's language: nothing is looked up for who may not answer."""
    standing = {AlreadySubmitted: "answered", AssessmentClosed: "closed", SubjectErased: "closed", NotFound: "unknown"}.get(
        type(refusal), "resting"
    )
    language = language_asked(request.headers.get("accept-language", ""))
    return shown(page("rater.html", status=STATUS[type(refusal)], language=language, reader=None, here="", standing=standing))


def shown(made: Response[str]) -> Response[str]:
    """Its address is a secret."""
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (rater, answer)
