"""Waking up: many appends are few messages, and a lost connection is made again."""

from __future__ import annotations

import asyncio

import asyncpg

from projections.wake import Bell, listen
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS


async def test_a_ring_is_heard_and_many_rings_are_few_messages(app_pool: asyncpg.Pool, database: Database) -> None:
    heard, bell = asyncio.Event(), Bell(app_pool)
    tasks = [asyncio.create_task(listen(database.dsn("projector"), heard)), asyncio.create_task(bell.run())]
    await asyncio.wait_for(heard.wait(), PATIENCE_SECONDS)  # it listens
    received: list[str] = []
    ear = await asyncpg.connect(database.dsn("projector"))
    await ear.add_listener("throughline_appended", lambda *_: received.append("ring"))
    heard.clear()
    for _ in range(200):
        bell.ring()
        await asyncio.sleep(0)
    await asyncio.wait_for(heard.wait(), PATIENCE_SECONDS)
    assert len(received) < 20
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await ear.close()


async def test_who_listens_listens_again_after_the_connection_was_lost(database: Database) -> None:
    heard = asyncio.Event()
    listening = asyncio.create_task(listen(database.dsn("projector"), heard))
    await asyncio.wait_for(heard.wait(), PATIENCE_SECONDS)
    heard.clear()
    ask(
        database.dsn("admin"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%listening'",
    )
    await asyncio.wait_for(heard.wait(), PATIENCE_SECONDS)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
