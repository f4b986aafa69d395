"""Signing in by a mailed link: asked for on one page, followed to another, whose button uses it up.

The address of the second holds the secret, so it is never told to where that page leads on.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from services.entry.attempt import Attempts
from services.entry.auth import COOKIE
from services.errors import Unauthenticated
from services.mail_link.browser import asking_browser, browser_cookie, browser_of
from services.mail_link.link import LASTS, SLUG, Asked, Followed, Link, MailLinks, short_name
from services.pages.mailbox import kept_for
from services.pages.page import HEADERS, page
from services.pages.sign_in import FORM_BYTES, LEADS, MAIL_LINK, ORGANIZATION, SEE_OTHER, SIGN_IN, require_own_form
from services.permission.table import PUBLIC
from services.reading.route import get
from services.sign_in.life import SignIns
from services.wording.spoken import language_cookie

REMEMBERED: Final = 365 * 24 * 3600
"""Seconds for which a browser knows the organization that was typed last."""
OPT: Final = {"action": PUBLIC, "page": True}
FOLLOW: Final = MAIL_LINK + "/{id:uuid}/{secret:str}"
UNTOLD: Final = HEADERS | {"Referrer-Policy": "strict-origin"}
"""Of a page whose address is a secret. With "no-referrer" a browser would not say either where its form stands."""


@post(MAIL_LINK, name="mail_link_asked", opt=OPT, status_code=HTTPStatus.OK, request_max_body_size=FORM_BYTES)
async def ask_mail_link(
    request: Request[Any, Any, Any], mail_links: NamedDependency[MailLinks], attempts: NamedDependency[Attempts]
) -> Response[str]:
    """The same page, whatever there is."""
    secure = require_own_form(request)
    sent = await request.form()
    slug, address, leads = (str(sent.get(name, "")) for name in ("organization", "address", "leads"))
    browser = asking_browser(request)
    asked = Asked(slug, address, browser, leads if LEADS.fullmatch(leads) else "/")
    await mail_links.ask(asked, await attempts.network(request))
    shown: dict[str, Any] = {"minutes": int(LASTS.total_seconds() // 60), "is_kept": kept_for(request) is not None}
    answer = page("asked.html", reader=None, here=SIGN_IN, **shown)
    answer.set_cookie(browser_cookie(browser, secure=secure))
    if SLUG.fullmatch(short_name(slug)):
        answer.set_cookie(organization_cookie(short_name(slug), secure=secure))
    return answer


@get(FOLLOW, name="mail_link_page", opt=OPT)
async def mail_link(
    request: Request[Any, Any, Any], mail_links: NamedDependency[MailLinks], id: FromPath[UUID], secret: FromPath[str]
) -> Response[str]:
    """Who may sign in by it, with a button that does."""
    return followed_page(Link(id, secret), await mail_links.look(Link(id, secret), browser_of(request)))


@post(FOLLOW, name="mail_link_used", opt=OPT, request_max_body_size=FORM_BYTES)
async def use_mail_link(
    request: Request[Any, Any, Any],
    mail_links: NamedDependency[MailLinks],
    sign_ins: NamedDependency[SignIns],
    attempts: NamedDependency[Attempts],
    id: FromPath[UUID],
    secret: FromPath[str],
) -> Response[Any]:
    """Begins a sign-in in one role that the person has at this moment, ends the one before, and leads to the page that was wanted."""
    secure = require_own_form(request)
    role = str((await request.form()).get("role", ""))
    link, browser = Link(id, secret), browser_of(request)
    found = await mail_links.look(link, browser)
    if found is None:
        await attempts.require_few_wrong(request)
    chosen = next((held for held in found.person.roles if held == role), None) if found is not None else None
    if found is None or not found.is_same_browser or chosen is None:
        return followed_page(link, found, wanted=role)
    if not await mail_links.use(link, browser):
        return followed_page(link, None)
    await end_sign_in(request, sign_ins, secure=secure)
    begun = await sign_ins.begin(found.tenant, found.person.id, chosen, secure=secure, how="mail_link")
    cookies = [begun, browser_cookie("", secure=secure), language_cookie(found.person.language, secure=secure)]
    return Redirect(found.leads, status_code=SEE_OTHER, cookies=cookies, headers=UNTOLD)


def followed_page(link: Link, found: Followed | None, wanted: str = "") -> Response[str]:
    """The button, or why there is none. `wanted` is a role that was chosen, and is not the person's, or not any more."""
    standing, status = "good", HTTPStatus.OK
    if found is None:
        standing, status = "ended", HTTPStatus.GONE
    elif not found.is_same_browser:
        standing, status = "other_browser", HTTPStatus.FORBIDDEN
    elif wanted:
        status = HTTPStatus.FORBIDDEN
    person = found.person if found is not None and standing == "good" else None
    made = page("link.html", status=status, reader=None, here=SIGN_IN, standing=standing, person=person, link=link, wanted=wanted)
    made.headers.update(UNTOLD)
    return made


async def end_sign_in(request: Request[Any, Any, Any], sign_ins: SignIns, *, secure: bool) -> None:
    """That of the browser, if there is one: nobody stays signed in behind somebody else."""
    try:
        await sign_ins.sign_out(request.cookies.get(COOKIE, ""), secure=secure)
    except Unauthenticated:
        return


def organization_cookie(slug: str, *, secure: bool) -> Cookie:
    return Cookie(key=ORGANIZATION, value=slug, path=SIGN_IN, max_age=REMEMBERED, httponly=True, secure=secure, samesite="lax")


ROUTES: Final = (ask_mail_link, mail_link, use_mail_link)
