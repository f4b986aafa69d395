"""The actor of notices: what one side did is told to the other one, as soon as it was recorded."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from infra.settings import Settings
from workers.broker import RARELY, SOON, actor
from workers.desk import desk
from workers.notice.telling import Telling
from workers.post import post

QUEUE: Final = "notice"  # of their own: hundreds of reports or reminders may stand in the other ones
log = structlog.get_logger()


@actor(actor_name="notice.tell_other", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def tell_other(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to each on the other side. Sent twice after a crash, it has the same Message-ID."""
    sent = await Telling(desk().commands, post(), Settings.from_env().address).tell(UUID(tenant), UUID(stream), position)
    log.info("notice_sent", tenant_id=tenant, stream_id=stream, position=position, mails=sent)
