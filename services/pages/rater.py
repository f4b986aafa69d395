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
from services.body import decode
from services.errors import Unreadable
from services.pages.mail_link import UNTOLD
from services.pages.page import page
from services.pages.session import require_own_form
from services.permission import PUBLIC
from services.problems import STATUS
from services.rater.answering import Raters
from services.rater.answers import asked_answer
from services.read import get

PATH: Final = "/raters/{link:str}"
OPT: Final = {"action": PUBLIC, "page": True}
FORM_BYTES: Final = 64 * 1024
ITEM, QUESTION = "item.", "question."
"""What the names of fields begin with."""
UNANSWERED: Final = "Answer at least one statement; leave out those that you cannot judge."
WRONG: Final = "Something in this form was not read as it stood here. Open the link of the mail again."


@get(PATH, name="rater_page", opt=OPT)
async def rater(raters: NamedDependency[Raters], link: FromPath[str]) -> Response[str]:
    return await form_page(raters, link)


@post(PATH, name="rater_answered", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def answer(request: Request[Any, Any, Any], raters: NamedDependency[Raters], link: FromPath[str]) -> Response[str]:
    """Takes the answers, or shows the form again with what was chosen, and why."""
    require_own_form(request)
    sent = await request.form()
    answers = {name.removeprefix(ITEM): value for name, value in sent.items() if name.startswith(ITEM) and value}
    comments = {name.removeprefix(QUESTION): str(value) for name, value in sent.items() if name.startswith(QUESTION) and value}
    if not answers:
        return await form_page(raters, link, sent, UNANSWERED)
    points = {item: int(value) if str(value).isdecimal() and len(str(value)) < 4 else -1 for item, value in answers.items()}
    try:
        await raters.answer(link, decode(FeedbackBody, msgspec.json.encode({"answers": points, "comments": comments})))
    except (Unreadable, AnswerOutOfScale):
        return await form_page(raters, link, sent, WRONG)
    except Refusal as refusal:
        return over(refusal)
    return shown(page("rater.html", reader=None, here="", asked=None, standing="taken", link=link, chosen={}, wrong=""))


async def form_page(raters: Raters, link: str, chosen: FormMultiDict | None = None, wrong: str = "") -> Response[str]:
    try:
        asked = await raters.asked(link)
    except Refusal as refusal:
        return over(refusal)
    told = asked_answer(asked.state, asked.organization.name, await raters.client(asked))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    values = {name: str(value) for name, value in (chosen or {}).items()}
    return shown(
        page("rater.html", status=status, reader=None, here="", asked=told, standing="open", link=link, chosen=values, wrong=wrong)
    )


def over(refusal: Refusal) -> Response[str]:
    """Why there is nothing to answer."""
    standing = {AlreadySubmitted: "answered", AssessmentClosed: "closed", NotFound: "unknown"}.get(type(refusal), "resting")
    made = page(
        "rater.html", status=STATUS[type(refusal)], reader=None, here="", asked=None, standing=standing, link="", chosen={}, wrong=""
    )
    return shown(made)


def shown(made: Response[str]) -> Response[str]:
    """Its address is a secret."""
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (rater, answer)
