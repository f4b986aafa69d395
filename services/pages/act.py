"""The page of a link in a reminder's mail: what is due by its kind and its day, and one form. It shows no more than that.

The mail has the words, but its link goes further than the mail does: into histories, logs of proxies and programs that look at links
before people do. So whoever has the link alone learns a kind, a day and the organization's name, and its words are shown to who signs
in. Looking changes nothing, for those programs look, too: the button does.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.act.acting import Act, Acts, Standing
from services.act.kind import STARS
from services.act.link import LASTS, PAGE
from services.entry.attempt import Attempts
from services.pages.mail_link import UNTOLD
from services.pages.page import page
from services.pages.sign_in import FORM_BYTES, require_own_form
from services.permission.table import PUBLIC
from services.reading.route import get
from services.wording.language import language_asked

PATH: Final = PAGE + "/{link:str}"
OPT: Final = {"action": PUBLIC, "page": True}
STATUS: Final[dict[Standing, HTTPStatus]] = {
    "open": HTTPStatus.OK,
    "done": HTTPStatus.OK,
    "wrong": HTTPStatus.UNPROCESSABLE_ENTITY,
    "settled": HTTPStatus.CONFLICT,
    "over": HTTPStatus.CONFLICT,
    "resting": HTTPStatus.LOCKED,
    "unpermitted": HTTPStatus.FORBIDDEN,
    "expired": HTTPStatus.GONE,
    "unknown": HTTPStatus.NOT_FOUND,
}
EXAMPLE: Final = Decimal("7.5")


@get(PATH, name="act_page", opt=OPT)
async def act_page(
    request: Request[Any, Any, Any], acts: NamedDependency[Acts], attempts: NamedDependency[Attempts], link: FromPath[str]
) -> Response[str]:
    return await answered(request, attempts, await acts.asked(link), link)


@post(PATH, name="acted", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def act(
    request: Request[Any, Any, Any], acts: NamedDependency[Acts], attempts: NamedDependency[Attempts], link: FromPath[str]
) -> Response[str]:
    """Does it once; or shows the form again, or why there is nothing to do."""
    require_own_form(request)
    entered = str((await request.form()).get("entered", ""))
    return await answered(request, attempts, await acts.act(link, entered), link)


async def answered(request: Request[Any, Any, Any], attempts: Attempts, act: Act, link: str) -> Response[str]:
    """The page, whose address is a secret. Who tries links that are none is made to wait."""
    if act.standing == "unknown":
        await attempts.require_few_wrong(request)
    key = act.key
    language = act.language if key is not None else language_asked(request.headers.get("accept-language", ""))
    made = page(
        "act.html",
        status=STATUS[act.standing],
        language=language,
        reader=None,
        here="",
        act=act,
        rule=key.rule if key is not None else "",
        day=language.weekday(date.fromisoformat(key.anchor)) if key is not None else "",
        link=link,
        stars=STARS,
        days=LASTS.days,
        example=language.number(EXAMPLE),
    )
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (act_page, act)
