"""When keys were last used: to the minute, written beside the requests, many at once, and never by a request itself."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg
import structlog

from infra import sql
from infra.eventstore.errors import Unavailable
from infra.eventstore.outage import outages

SQL: Final = sql.load(__file__)
MINUTE: Final = timedelta(minutes=1)
GATHER_SECONDS: Final = 5.0
log = structlog.get_logger("services")


class Use(NamedTuple):
    """A key was used at a moment."""

    tenant: UUID
    at: datetime


class Uses:
    """Of one process. A use that cannot be written now waits, and is written when the database is back."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.waiting: dict[UUID, Use] = {}

    def used(self, tenant: UUID, key_id: UUID, noted: datetime | None, now: datetime) -> None:
        """`noted` is the use that is known of; one within a minute of it tells nothing new."""
        if noted is None or now - noted >= MINUTE:
            self.waiting[key_id] = Use(tenant, now)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(GATHER_SECONDS)
            await self.note()

    async def note(self) -> None:
        """Writes what waits, in one statement. Where that fails it waits on, unless a later use has come."""
        taken, self.waiting = self.waiting, {}
        if not taken:
            return
        try:
            with outages():
                await SQL.note_uses.execute(
                    self.pool,
                    tenants=[use.tenant for use in taken.values()],
                    keys=list(taken),
                    moments=[use.at for use in taken.values()],
                )
        except Unavailable as error:
            self.waiting = taken | self.waiting
            log.warning("key_uses_not_noted", keys=len(taken), error=type(error).__name__)
