"""One worker at a time: whoever comes second waits until the first is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from infra.eventstore.outage import outages
from infra.postgres import Share
from infra.sql import load

SQL: Final = load(__file__)


@asynccontextmanager
async def alone(locks: asyncpg.Pool | Share, name: str) -> AsyncIterator[None]:
    """Holds one of `locks` meanwhile, which should be connections that nothing inside waits for. Raises `Unavailable`."""
    with outages():
        async with locks.acquire() as connection, connection.transaction():
            await SQL.lock.execute(connection, name=name)
            await SQL.last_as_long_as_work.execute(connection)
            yield
