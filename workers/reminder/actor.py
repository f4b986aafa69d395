"""The actors of reminders: one looks what is due, the other sends one person's digest."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
import structlog
from dramatiq.errors import Retry

from infra.broker.table import add
from infra.eventstore.outage import outages
from infra.settings import Settings
from services.command.execution import utc_now
from workers.broker import POOLS, actor
from workers.desk import desk
from workers.post import post
from workers.reminder.due import Digest, due
from workers.reminder.rule import Firing
from workers.reminder.sending import NotNow, Sending, reference

QUEUE: Final = "reminder"  # of their own: mails have their hour, and hundreds of reports may stand in the other one
FIRINGS: Final = tuple[Firing, ...]
log = structlog.get_logger()


@cache
def turn() -> asyncio.Lock:
    """One digest after the other in a process, so that whatever kills it leaves at most one mail behind that is sent and not noted."""
    return asyncio.Lock()


@actor(actor_name="reminder.send", queue_name=QUEUE)
async def send_reminders(tenant: str, recipient: str, firings: Any, made_at: str) -> None:
    """One mail, with everything that one person is to be reminded of in this hour."""
    digest = Digest(UUID(recipient), msgspec.convert(firings, FIRINGS))
    sending = Sending(desk().commands, POOLS["worker"], post(), Settings.from_env().address)
    try:
        async with turn():
            await sending.send(UUID(tenant), digest, datetime.fromisoformat(made_at))
    except NotNow as wait:
        raise Retry(delay=max(1, int((wait.until - datetime.now(UTC)).total_seconds() * 1000))) from None
    log.info("digest_done", tenant_id=tenant, person_id=recipient, reminders=len(digest.firings))


@actor(actor_name="reminder.due", queue_name=QUEUE)
async def look_for_reminders(tenant: str) -> None:
    """Makes a job of each digest that is due. One that waits already is not made twice."""
    id, now = UUID(tenant), utc_now()
    found = await due(desk().commands, id)
    messages = [
        send_reminders.message(tenant, str(digest.recipient), msgspec.to_builtins(digest.firings), now.isoformat()).copy(
            message_id=str(uuid5(id, f"reminder.send {reference(id, digest)}"))
        )
        for digest in found
    ]
    with outages():
        async with POOLS["worker"].acquire() as connection, connection.transaction():
            await add(connection, messages)
