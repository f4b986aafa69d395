"""Where the mails of a worker go."""

from __future__ import annotations

from functools import cache

import structlog

from infra.mail import Post, post_for
from infra.settings import Settings

log = structlog.get_logger()


@cache
def post() -> Post:
    """The server that the settings name, or the folder."""
    settings = Settings.from_env()
    if settings.mail_url is None:
        log.warning("mail_kept", folder=str(settings.mailbox))
    return post_for(settings.mail_url, settings.mailbox, settings.mail_from)
