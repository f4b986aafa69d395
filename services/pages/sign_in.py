"""Signing in and out: a key entered once becomes a cookie that ends by itself, and that no script and no other site can use."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import NotPermitted
from domain.person.state import PersonState
from services.actor import Actor
from services.entry.attempt import Attempts
from services.entry.auth import COOKIE, Keys
from services.entry.limit import counted
from services.errors import Unauthenticated, UnsupportedMediaType
from services.mail_link.link import SLUG
from services.pages.page import HEADERS, page
from services.permission.table import PUBLIC
from services.reading.reads import Look, Reads
from services.reading.route import get
from services.sign_in.life import LASTS, SignIns, session_cookie
from services.wording.language import Language, language_of
from services.wording.spoken import language_cookie

SIGN_IN: Final = "/sign-in"
MAIL_LINK: Final = "/sign-in/link"
ORGANIZATION: Final = "throughline_organization"
"""The cookie that holds the short name which was typed last."""
ID: Final = "[0-9a-f-]{36}"
LEADS: Final = re.compile(
    rf"/(accesses|assessments(/{ID}(/answers)?)?|audit|boards|coaches|emergencies|engagements(/{ID}(/(agreement|emergencies|handover))?)?|evaluations(/{ID})?|hours|instruments|keys"
    rf"|ledger|people(/{ID}(/erasure)?)?|plans(/{ID}(/compare|/exercises|/ledger)?)?|programs(/{ID})?|reports|sessions(/{ID})?|sign-ins|surveys)"
)
"""Pages that signing in may lead to: ours, and no other address."""
FORM_BYTES: Final = 4096
SEE_OTHER: Final = 303
HOURS: Final = LASTS.total_seconds() // 3600
WRONG: Final = "This key is unknown, or it has ended. Check that all of it was copied."


@get([SIGN_IN, MAIL_LINK], name="sign_in_page", opt={"action": PUBLIC, "page": True})
async def sign_in_form(request: Request[Any, Any, Any], leads: FromQuery[str] = "") -> Response[str]:
    """`leads` is the page that was asked for. Who reloads the page that says where the link is gets the form again."""
    return form_page(request, leads)


@get(f"{SIGN_IN}/{{slug:str}}", name="sign_in_page_of", opt={"action": PUBLIC, "page": True})
async def sign_in_form_of(request: Request[Any, Any, Any], slug: FromPath[str], leads: FromQuery[str] = "") -> Response[str]:
    """The same, with the short name of an organization in it, whether there is one or not."""
    return form_page(request, leads, slug=slug)


@post(SIGN_IN, name="sign_in", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def sign_in(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    sign_ins: NamedDependency[SignIns],
    attempts: NamedDependency[Attempts],
) -> Response[Any]:
    """Leads to the page that was asked for, else to the first one of the role; or says that the key is wrong.

    Whose role was lost since the key was made is refused: a sign-in is younger than the key, and would bring it back.
    """
    secure = require_own_form(request)
    sent = await request.form()
    key, leads = str(sent.get("key", "")).strip(), str(sent.get("leads", ""))
    try:
        look = await reads.look(await keys.find(key), "read_me")
        cookie = await sign_ins.sign_in(key, secure=secure)
    except Unauthenticated:
        await attempts.require_few_wrong(request)
        return form_page(request, leads, status=HTTPStatus.UNAUTHORIZED, wrong=WRONG)
    cookies = [cookie, language_cookie(language_at(look), secure=secure)]
    return Redirect(leads if LEADS.fullmatch(leads) else "/", status_code=SEE_OTHER, cookies=cookies, headers=HEADERS)


def language_at(look: Look) -> Language:
    """That of who looks, else their organization's."""
    person: PersonState = look.reading.state(look.actor.person_id, "person")
    return language_of(person.locale, look.organization.locale)


@post("/sign-out", name="sign_out", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def sign_out(request: Request[Any, Any, Any], sign_ins: NamedDependency[SignIns]) -> Redirect:
    """Ends the session in the database, too, and not only in this browser."""
    secure = require_own_form(request)
    try:
        cookie = await sign_ins.sign_out(request.cookies.get(COOKIE, ""), secure=secure)
    except Unauthenticated:  # it had ended by itself
        cookie = session_cookie("", 0, secure=secure)
    return Redirect(SIGN_IN, status_code=SEE_OTHER, cookies=[cookie], headers=HEADERS)


def sign_in_path(wanted: str) -> str:
    """Where the form is, for who wanted that page."""
    return f"{SIGN_IN}?leads={wanted}" if LEADS.fullmatch(wanted) else SIGN_IN


def form_page(
    request: Request[Any, Any, Any], leads: str, *, slug: str = "", status: int = HTTPStatus.OK, wrong: str = ""
) -> Response[str]:
    organization = slug or request.cookies.get(ORGANIZATION, "")
    shown: dict[str, Any] = {
        "leads": leads,
        "organization": organization if SLUG.fullmatch(organization) else "",
        "elsewhere": elsewhere(request),
    }
    return page("sign_in.html", status=status, reader=None, here=SIGN_IN, hours=round(HOURS), wrong=wrong, **shown)


def elsewhere(request: Request[Any, Any, Any]) -> str:
    """Where the links in mails lead to, when that is another site than this one: its browser would not know that it asked."""
    site: str = request.app.state.site
    return "" if urlsplit(site).netloc == request.headers.get("host") else site + SIGN_IN


async def sender(request: Request[Any, Any, Any], keys: Keys) -> Actor:
    """Whom the cookie names, of a form of ours only; the form counts as a request. Raises `NotPermitted` and `Unauthenticated`."""
    require_own_form(request)
    actor = (await keys.find(request.cookies.get(COOKIE, "")))._replace(channel="web")
    await counted(request, actor)
    return actor


def require_own_form(request: Request[Any, Any, Any]) -> bool:
    """True when the browser reached us over https. Raises `NotPermitted` for a form of another site.

    A browser says in `Origin` where the form stands, which no page can change.
    """
    scheme, _, site = request.headers.get("origin", "").partition("://")
    if not site or site != request.headers.get("host"):
        raise NotPermitted("This form does not stand on a page of ours. Open the page here, and send it again.")
    if request.content_type[0] not in {RequestEncodingType.URL_ENCODED, ""}:
        raise UnsupportedMediaType("Send the form as a browser does.")
    return scheme == "https"


ROUTES: Final = (sign_in_form, sign_in_form_of, sign_in, sign_out)
