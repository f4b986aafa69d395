"""The connection breaks in the middle of a command: with an idempotency key it has one effect, and its caller an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.errors import DatabaseAway
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from tests.database import Database
from tests.infra.proxy import Proxy, Wire
from tests.infra.told import policy, recording

RESULT = b'{"version":2,"told":"by the first"}'  # only the append sends it


@pytest.fixture
async def proxy(shared: Database) -> AsyncIterator[Proxy]:
    async with Proxy(shared.dsn("app")) as proxy:
        yield proxy


@pytest.fixture
async def frail(proxy: Proxy, provider: FileKeyProvider) -> AsyncIterator[Store]:
    """A store whose connections go through the proxy."""
    connections = await pool(proxy.url())
    yield Store(connections, Vault(provider))
    await connections.close()


async def version(log: Store, tenant: UUID) -> int:
    return (await log.read(tenant, tenant)).version(tenant)


async def test_a_lost_answer_is_asked_for_again(log: Store, frail: Store, proxy: Proxy, tenant: UUID) -> None:
    key = await frail.command_key(tenant, tenant, "k", "POST", "/", b"")
    proxy.cut(RESULT, answer=True)
    done = await frail.execute(tenant, [tenant], recording(tenant, policy(), result=RESULT), key=key)
    assert (done.replayed, done.result, done.position, proxy.cuts) == (True, RESULT, 2, 1)
    assert await version(log, tenant) == 2


async def test_a_lost_request_is_sent_again(log: Store, frail: Store, proxy: Proxy, tenant: UUID) -> None:
    key = await frail.command_key(tenant, tenant, "k", "POST", "/", b"")
    proxy.cut(RESULT, answer=False)
    done = await frail.execute(tenant, [tenant], recording(tenant, policy(), result=RESULT), key=key)
    assert (done.replayed, done.position, proxy.cuts) == (False, 2, 1)
    assert await version(log, tenant) == 2


async def test_without_a_key_the_caller_is_told_and_nothing_is_done_twice(log: Store, frail: Store, proxy: Proxy, tenant: UUID) -> None:
    await frail.read(tenant, tenant)
    proxy.cut(b"organization.organization_policy_set", answer=True)
    with pytest.raises(DatabaseAway):
        await frail.execute(tenant, [tenant], recording(tenant, policy()))
    assert (await version(log, tenant), proxy.cuts) == (2, 1)


async def test_a_database_that_stays_away_is_unavailable(shared: Database, provider: FileKeyProvider, tenant: UUID) -> None:
    async with Proxy(shared.dsn("app")) as gone:
        url = gone.url()
    connections = await pool(url)
    store = Store(connections, Vault(provider))
    with pytest.raises(DatabaseAway) as away:
        await store.execute(tenant, [tenant], recording(tenant, policy()))
    assert away.value.retry_after > 0
    with pytest.raises(DatabaseAway):
        await store.read(tenant, tenant)
    await connections.close()


async def test_after_one_connection_was_lost_none_of_the_others_is_tried(proxy: Proxy) -> None:
    """As when a router forgot them all: nobody is told that they lead nowhere, and new ones can be made."""
    async with await pool(proxy.url(), command_seconds=1.2) as connections:
        held = [await connections.acquire() for _ in range(4)]
        for connection in held:
            await connections.release(connection)
        proxy.each(Wire.lose)
        with pytest.raises(TimeoutError):
            await connections.fetchval("SELECT 1")
        assert [await connections.fetchval("SELECT 1") for _ in held] == [1] * len(held)


async def test_a_killed_connection_is_replaced(log: Store, frail: Store, shared: Database, tenant: UUID) -> None:
    pid = await frail.pool.fetchval("SELECT pg_backend_pid()")
    admin = await asyncpg.connect(shared.dsn("admin"))
    await admin.execute("SELECT pg_terminate_backend($1, 5000)", pid)
    await admin.close()
    key = await frail.command_key(tenant, tenant, "k", "POST", "/", b"")
    done = await frail.execute(tenant, [tenant], recording(tenant, policy()), key=key)
    assert (done.position, await version(log, tenant)) == (2, 2)
