"""Where the mails of a worker go."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import structlog

from infra.mail import Mail, MailRefused, Post, post_for
from infra.settings import Settings

log = structlog.get_logger()


@cache
def post() -> Post:
    """The server that the settings name, or the folder."""
    settings = Settings.from_env()
    if settings.mail_url is None:
        log.warning("mail_kept", folder=str(settings.mailbox))
    return post_for(settings.mail_url, settings.mailbox, settings.mail_from)


async def delivered(post: Post, mail: Mail, refusal: str, tenant: UUID, **about: object) -> bool:
    """False of a mail that the server will never take, which is logged by that name, with what it is about. Raises `MailAway`: try again."""
    try:
        await post.send(mail)
    except MailRefused as refused:
        log.warning(refusal, tenant_id=str(tenant), why=str(refused), **about)
        return False
    return True
