"""The page of a link about another address: one button, which confirms the new one or keeps the old one.

It names neither the person nor an address: the link goes further than the mail. Looking changes nothing, for programs look, too.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.address.changing import AddressChanges, Change, Standing
from services.address.link import PAGE
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
    "early": HTTPStatus.OK,
    "done": HTTPStatus.OK,
    "taken": HTTPStatus.CONFLICT,
    "resting": HTTPStatus.LOCKED,
    "unknown": HTTPStatus.NOT_FOUND,
}


@get(PATH, name="address_page", opt=OPT)
async def address_page(
    request: Request[Any, Any, Any],
    address_changes: NamedDependency[AddressChanges],
    attempts: NamedDependency[Attempts],
    link: FromPath[str],
) -> Response[str]:
    return await answered(request, attempts, await address_changes.asked(link), link)


@post(PATH, name="change_address", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def change(
    request: Request[Any, Any, Any],
    address_changes: NamedDependency[AddressChanges],
    attempts: NamedDependency[Attempts],
    link: FromPath[str],
) -> Response[str]:
    """Does it, or says why there is nothing to do."""
    require_own_form(request)
    return await answered(request, attempts, await address_changes.act(link), link)


async def answered(request: Request[Any, Any, Any], attempts: Attempts, change: Change, link: str) -> Response[str]:
    """The page, whose address is a secret. Who tries links that are none is made to wait."""
    if change.standing == "unknown":
        await attempts.require_few_wrong(request)
    language = change.language if change.purpose is not None else language_asked(request.headers.get("accept-language", ""))
    opens = "" if change.opens is None else f"{language.weekday(change.opens.date())}, {change.opens:%H:%M} ({change.opens.tzinfo})"
    made = page(
        "address.html", status=STATUS[change.standing], language=language, reader=None, here="", change=change, opens=opens, link=link
    )
    made.headers.update(UNTOLD)
    return made


ROUTES: Final = (address_page, change)
