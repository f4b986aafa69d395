"""The actors of links to sign in by: one mails a link, the other forgets those that ended."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from infra.settings import Settings
from infra.sql import load
from workers.broker import POOLS, RARELY, SOON, actor
from workers.desk import vault
from workers.mail_link.sending import Sending
from workers.post import post

QUEUE: Final = "mail_link"  # of their own: somebody waits for each, and hundreds of reports may stand in the other ones
SQL: Final = load(__file__)
log = structlog.get_logger()


@actor(actor_name="mail_link.send", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def send_mail_link(tenant: str, id: str) -> None:
    """One mail to one person, who waits for it. Once the link has ended nothing is sent, and nothing tried again."""
    sending = Sending(POOLS["app"], vault(), post(), Settings.from_env().address)
    sent = await sending.send(UUID(tenant), UUID(id))
    log.info("mail_link_done", tenant_id=tenant, link_id=id, sent=sent)


@actor(actor_name="mail_link.forget", queue_name=QUEUE)
async def forget_mail_links() -> None:
    """Links that ended a day ago, and what was tried before then."""
    links = await SQL.forget_links.value(POOLS["worker"])
    attempts = await SQL.forget_attempts.value(POOLS["worker"])
    log.info("mail_links_forgotten", links=links, attempts=attempts)
