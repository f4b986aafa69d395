"""Asking for a link to sign in by over HTTP, for a page of one's own. It is followed, and used, on ours."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from msgspec import Struct

from domain.organization.commands import Slug
from domain.values import EmailAddress
from services.entry.attempt import Attempts
from services.entry.body import decode, read_body
from services.errors import BodyTooSlow, PayloadTooLarge, TooManyAttempts, Unreadable, UnsupportedMediaType
from services.mail_link.browser import asking_browser, browser_cookie
from services.mail_link.link import LASTS, Asked, MailLinks
from services.permission.table import PUBLIC
from services.problems import refusals

DESCRIPTION: Final = """Ask for a link to sign in by.

Where the organization has such an address, a mail is on its way to it, and the answer is the same where it has not. The link
works once, for some minutes, in the browser that asked, which the answer's cookie tells from others: it is for people in front of
one; programs have keys."""
REFUSALS: Final = (Unreadable, BodyTooSlow, PayloadTooLarge, UnsupportedMediaType, TooManyAttempts)


class AskMailLink(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asks: the organization's short name, and an address that somebody has in it."""

    organization: Slug
    address: EmailAddress


class MailLinkAsked(Struct, frozen=True, kw_only=True):
    """That it was noted, and for how many minutes a link is good."""

    minutes: int


@post(
    "/v1/mail-links",
    name="ask_mail_link",
    operation_id="ask_mail_link",
    status_code=HTTPStatus.ACCEPTED,
    opt={
        **{"action": PUBLIC, "command": AskMailLink, "answer": MailLinkAsked, "description": DESCRIPTION},
        "refusals": refusals(*REFUSALS),
        "says": ("Set-Cookie",),
    },
)
async def ask_mail_link(
    request: Request[Any, Any, Any], mail_links: NamedDependency[MailLinks], attempts: NamedDependency[Attempts]
) -> Response[MailLinkAsked]:
    """The same answer, whatever there is."""
    headers, site = request.headers, str(request.app.state.site)
    wanted = decode(AskMailLink, await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", "")))
    browser = asking_browser(request)
    await mail_links.ask(Asked(wanted.organization, wanted.address, browser, "/"), await attempts.network(request))
    cookie = browser_cookie(browser, secure=headers.get("origin", site).startswith("https:"))
    return Response(MailLinkAsked(minutes=int(LASTS.total_seconds() // 60)), cookies=[cookie], headers={"Cache-Control": "no-store"})


ROUTES: Final = (ask_mail_link,)
