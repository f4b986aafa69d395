"""The mails that were kept instead of being sent: for who tries things out on their own machine, and for nobody else."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address
from typing import Any, Final

from litestar import Request, Response

from domain.errors import NotFound
from infra.mail import Maildir
from infra.settings import Settings
from services.pages.page import page
from services.permission.table import PUBLIC
from services.reading.route import get

MAILBOX: Final = "/mailbox"
LATEST: Final = 50
OURSELVES: Final = {"localhost", "127.0.0.1", "::1"}
FORWARDED: Final = {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"}
"""Headers by which a proxy says that somebody else asks."""


def mailbox_of(settings: Settings) -> Maildir | None:
    """None where mails are sent, or where others than this machine are answered."""
    if settings.mail_url is not None or settings.host not in OURSELVES:
        return None
    return Maildir(settings.mailbox, settings.mail_from)


@get(MAILBOX, name="mailbox_page", opt={"action": PUBLIC, "page": True})
async def mailbox(request: Request[Any, Any, Any]) -> Response[str]:
    kept = kept_for(request)
    if kept is None:
        raise NotFound
    mails = await asyncio.to_thread(kept.latest, LATEST)
    return page("mailbox.html", reader=None, here=MAILBOX, mails=mails)


def kept_for(request: Request[Any, Any, Any]) -> Maildir | None:
    """The mails, when they are kept and whoever asks may see them."""
    kept: Maildir | None = request.app.state.mailbox
    return kept if kept is not None and is_from_here(request) else None


def is_from_here(request: Request[Any, Any, Any]) -> bool:
    """Asked on this machine, by a name of this machine (another site's name could lead here, too), and through no proxy."""
    if FORWARDED & set(request.headers.keys()):
        return False  # asked first, for the server takes whatever stands there for the client's address
    local = request.client is not None and ip_address(request.client.host).is_loopback
    return local and request.url.hostname in OURSELVES
