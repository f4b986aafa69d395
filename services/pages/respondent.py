"""The page of a survey's link: what is asked, without an account and without script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.errors import NotFound, Refusal
from domain.errors.answering import AlreadySubmitted, RatingOutOfScale
from domain.errors.survey import SurveyClosedAlready
from domain.survey.response import ResponseBody
from services.entry.body import decode
from services.errors import Unreadable
from services.pages.mail_link import UNTOLD
from services.pages.page import page
from services.pages.sign_in import require_own_form
from services.permission.table import PUBLIC
from services.problems import STATUS
from services.reading.route import get
from services.respondent.answering import Respondents
from services.survey.answers import asked_answer
from services.survey.respondent import SURVEY
from services.wording.survey import promised

PATH: Final = "/respondents/{link:str}"
OPT: Final = {"action": PUBLIC, "page": True}
FORM_BYTES: Final = 16 * 1024
ITEM: Final = "item."
"""What the names of fields begin with."""
UNANSWERED: Final = "Choose one of the points."
STANDING: Final[dict[type[Refusal], str]] = {AlreadySubmitted: "answered", SurveyClosedAlready: "closed", NotFound: "unknown"}


@get(PATH, name="respondent_page", opt=OPT)
async def respondent(respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[str]:
    return await form_page(respondents, link)


@post(PATH, name="respondent_answered", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def answer(request: Request[Any, Any, Any], respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[str]:
    """Takes the answer, or shows the form again, and why."""
    require_own_form(request)
    sent = await request.form()
    scores = {name.removeprefix(ITEM): point(value) for name, value in sent.items() if name.startswith(ITEM)}
    try:
        await respondents.answer(SURVEY, link, decode(ResponseBody, msgspec.json.encode({"scores": scores})))
    except (Unreadable, RatingOutOfScale):
        return await form_page(respondents, link, sent, UNANSWERED)
    except Refusal as refusal:
        return over(refusal)
    return shown(page("respondent.html", reader=None, here="", asked=None, standing="taken", link=link, chosen={}, wrong=""))


def point(value: object) -> int:
    """What was chosen; of anything else a number that no scale has."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 4 else -1


async def form_page(respondents: Respondents, link: str, chosen: FormMultiDict | None = None, wrong: str = "") -> Response[str]:
    try:
        asked = await respondents.asked(SURVEY, link)
    except Refusal as refusal:
        return over(refusal)
    told = asked_answer(asked.state, asked.organization.name)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    values = {name: str(value) for name, value in (chosen or {}).items()}
    return shown(
        page(
            "respondent.html",
            status=status,
            reader=None,
            here="",
            asked=told,
            promises=promised(asked.state),
            floor=asked.state.min_group,
            standing="open",
            link=link,
            chosen=values,
            wrong=wrong,
        )
    )


def over(refusal: Refusal) -> Response[str]:
    """Why there is nothing to answer."""
    standing, status = STANDING.get(type(refusal), "resting"), STATUS[type(refusal)]
    made = page("respondent.html", status=status, reader=None, here="", asked=None, standing=standing, link="", chosen={}, wrong="")
    return shown(made)


def shown(made: Response[str]) -> Response[str]:
    """Its address is a secret."""
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (respondent, answer)
