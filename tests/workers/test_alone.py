"""Working alone: the lock lasts as long as the work, however long nothing is asked of its connection."""

from __future__ import annotations

import asyncio

from infra.postgres import pool
from tests.database import Database, ask
from tests.waiting import until
from workers.alone import alone

LIMIT_SECONDS = 0.2
IDLE = """SELECT clock_timestamp() - state_change > interval '0.6 s' FROM pg_stat_activity
 WHERE datname = current_database() AND application_name = 'alone'"""


async def test_a_lock_outlasts_the_limit_of_a_transaction_in_which_nothing_happens(database: Database) -> None:
    locks = await pool(database.dsn("worker"), name="alone", size=1, open_seconds=LIMIT_SECONDS)
    async with alone(locks, "one name"):
        found = await asyncio.to_thread(until, lambda: (rows := ask(database.dsn("admin"), IDLE)) != [(False,)] and (rows or "ended"))
        assert found == [(True,)]
    async with locks.acquire() as connection:
        assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") == "200ms"
    await locks.close()
