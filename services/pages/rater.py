"""The page of a rater's link: what is asked, on one page, without an account and without script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.assessment.feedback import FeedbackBody
from domain.errors import NotFound, Refusal
from domain.errors.assessment import AlreadySubmitted, AnswerOutOfScale, AssessmentClosed
from services.entry.body import decode
from services.errors import Unreadable
from services.pages.mail_link import UNTOLD
from services.pages.page import page
from services.pages.session import require_own_form
from services.permission import PUBLIC
from services.problems import STATUS
from services.rater.answering import Raters
from services.rater.answers import asked_answer
from services.read import get
from services.wording.language import language_asked, language_of
from services.wording.rater import promised

PATH: Final = "/raters/{link:str}"
OPT: Final = {"action": PUBLIC, "page": True}
FORM_BYTES: Final = 64 * 1024
ITEM, QUESTION = "item.", "question."
"""What the names of fields begin with."""
UNANSWERED, WRONG = "rater.page.none", "rater.page.wrong"
"""The messages of what was entered amiss."""


@get(PATH, name="rater_page", opt=OPT)
async def rater(request: Request[Any, Any, Any], raters: NamedDependency[Raters], link: FromPath[str]) -> Response[str]:
    return await form_page(request, raters, link)


@post(PATH, name="rater_answered", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def answer(request: Request[Any, Any, Any], raters: NamedDependency[Raters], link: FromPath[str]) -> Response[str]:
    """Takes the answers, or shows the form again with what was chosen, and why."""
    require_own_form(request)
    sent = await request.form()
    answers = {name.removeprefix(ITEM): value for name, value in sent.items() if name.startswith(ITEM) and value}
    comments = {name.removeprefix(QUESTION): str(value) for name, value in sent.items() if name.startswith(QUESTION) and value}
    if not answers:
        return await form_page(request, raters, link, sent, UNANSWERED)
    points = {item: int(value) if str(value).isdecimal() and len(str(value)) < 4 else -1 for item, value in answers.items()}
    try:
        language = language_of((await raters.asked(link)).state.language)
        await raters.answer(link, decode(FeedbackBody, msgspec.json.encode({"answers": points, "comments": comments})))
    except (Unreadable, AnswerOutOfScale):
        return await form_page(request, raters, link, sent, WRONG)
    except Refusal as refusal:
        return over(request, refusal)
    return shown(page("rater.html", language=language, reader=None, here="", standing="taken"))


async def form_page(
    request: Request[Any, Any, Any], raters: Raters, link: str, chosen: FormMultiDict | None = None, wrong: str = ""
) -> Response[str]:
    """In the assessment's language, in which its items are worded."""
    try:
        asked = await raters.asked(link)
    except Refusal as refusal:
        return over(request, refusal)
    state, language = asked.state, language_of(asked.state.language)
    made = page(
        "rater.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        language=language,
        reader=None,
        here="",
        asked=asked_answer(state, asked.organization.name, await raters.client(asked)),
        until=language.day(state.closes_on),
        promises=promised(state),
        floor=state.rater_min_group,
        standing="open",
        link=link,
        chosen={name: str(value) for name, value in (chosen or {}).items()},
        wrong=wrong,
    )
    return shown(made)


def over(request: Request[Any, Any, Any], refusal: Refusal) -> Response[str]:
    """Why there is nothing to answer, in the browser's language: nothing is looked up for who may not answer."""
    standing = {AlreadySubmitted: "answered", AssessmentClosed: "closed", NotFound: "unknown"}.get(type(refusal), "resting")
    language = language_asked(request.headers.get("accept-language", ""))
    return shown(page("rater.html", status=STATUS[type(refusal)], language=language, reader=None, here="", standing=standing))


def shown(made: Response[str]) -> Response[str]:
    """Its address is a secret."""
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (rater, answer)
