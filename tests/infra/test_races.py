"""Many at once, with delays and aborts injected: every event once, in one order, and whatever is unique granted once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from uuid import UUID

import asyncpg

from domain.errors import SubjectErased
from domain.errors.person import PersonExists
from domain.person.events import MembershipGranted
from domain.values import OfClient
from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.errors import Busy, Unavailable
from infra.eventstore.feed import Fed, feed
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from tests.database import Database
from tests.infra.told import agreement, engagement, new_id, person, policy, record, recording
from tests.waiting import PATIENCE_SECONDS

WRITERS = 16
APPENDS = 40  # each
RNG = random.Random(20261121)


async def write(log: Store, tenant: UUID) -> int:
    """Appends to streams of its own, whatever happens to its connections; returns how many were answered."""
    answered = 0
    for number in range(APPENDS):
        with suppress(Unavailable, TimeoutError):
            stream = new_id()
            key = await log.command_key(tenant, stream, str(number), "POST", "/", b"")
            writing = log.execute(
                tenant, [stream], recording(stream, person(stream), MembershipGranted(role="client", program_id=None, until=None)), key=key
            )
            impatient = RNG.random() < 0.1
            await (asyncio.wait_for(writing, RNG.uniform(0.001, 0.02)) if impatient else writing)
            answered += 1
    return answered


async def disturb(admin: asyncpg.Connection, database: str, tenant: UUID, stop: asyncio.Event) -> int:
    """Holds the tenant's lock for a while, kills a session in the middle of what it does, and so on; returns how many."""
    killed = 0
    while not stop.is_set():
        await admin.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", str(tenant))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RNG.uniform(0, 0.03))
        victims = await admin.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND usename = 'throughline_app' AND state = 'active' AND query LIKE '%es.append%'",
            database,
        )
        if victims and RNG.random() < 0.5:
            killed += await admin.fetchval("SELECT pg_terminate_backend($1)::int", RNG.choice(victims)["pid"])
        await admin.execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", str(tenant))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RNG.uniform(0, 0.03))
    return killed


async def follow(pool: asyncpg.Pool, tenant: UUID, stop: asyncio.Event) -> list[Fed]:
    """Reads on and on from where it was, until the writers are done and it has read to the end."""
    seen: list[Fed] = []
    async with pool.acquire() as connection:
        while True:
            last = stop.is_set()
            page = await feed(connection, tenant, seen[-1].position if seen else 0, 50)
            seen += page
            if last and not page:
                return seen


async def test_a_follower_sees_every_event_once_and_in_order(
    log: Store, tenant: UUID, app: asyncpg.Pool, admin: asyncpg.Connection, shared: Database
) -> None:
    stop, calm = asyncio.Event(), asyncio.Event()
    following = asyncio.create_task(follow(app, tenant, stop))
    disturbing = asyncio.create_task(disturb(admin, shared.name, tenant, calm))
    answered = sum(await asyncio.gather(*(write(log, tenant) for _ in range(WRITERS))))
    calm.set()
    killed = await disturbing
    await admin.fetchval("SELECT pg_advisory_lock(hashtextextended($1, 0))", str(tenant))  # nobody is still writing
    stop.set()
    seen = await following
    stored = await admin.fetch(
        "SELECT stream_id, version, position, recorded_at FROM es.event WHERE tenant_id = $1 ORDER BY position", tenant
    )
    assert [fed.position for fed in seen] == list(range(1, len(stored) + 1))
    assert [(fed.stream, fed.version) for fed in seen] == [(row["stream_id"], row["version"]) for row in stored]
    assert all(one.recorded_at <= next_one.recorded_at for one, next_one in pairwise(seen))
    assert set(Counter(fed.stream for fed in seen[1:]).values()) == {2}  # all of an append, or nothing of it
    assert answered >= WRITERS * APPENDS // 2
    assert len(seen) - 1 >= 2 * answered
    assert killed > 0


async def test_of_32_who_write_the_same_version_one_wins(app: asyncpg.Pool, tenant: UUID) -> None:
    async def race() -> str:
        async with app.acquire() as connection:
            event = AppendEvent(1, "organization.organization_policy_set", 1, None, b"{}", b"{}")
            return (await append(connection, tenant, [AppendStream(tenant, 1)], [event])).status

    assert Counter(await asyncio.gather(*(race() for _ in range(32)))) == {"ok": 1, "conflict": 31}


async def test_who_decides_anew_loses_nothing(log: Store, tenant: UUID) -> None:
    """Eight who change the same stream: each either succeeds or is told to come back, and every success is there."""

    async def change(days: int) -> bool:
        with suppress(Unavailable):
            await log.execute(tenant, [tenant], recording(tenant, policy(days)))
            return True
        return False

    done = await asyncio.gather(*(change(days) for days in range(1, 9)))
    assert (await log.read(tenant, tenant)).version(tenant) == 1 + sum(done)
    assert any(done)


async def test_a_claim_that_many_want_is_granted_once(log: Store, tenant: UUID) -> None:
    async def claim() -> str:
        somebody = new_id()
        try:
            await record(log, tenant, somebody, [person(somebody, email="mira@example.org")])
        except PersonExists:
            return "refused"
        return "granted"

    assert Counter(await asyncio.gather(*(claim() for _ in range(12)))) == {"granted": 1, "refused": 11}


async def test_the_same_request_eight_times_at_once_has_one_effect(log: Store, tenant: UUID) -> None:
    stream = new_id()
    key = await log.command_key(tenant, stream, "k", "POST", "/", b"")

    async def send(number: int) -> bytes:
        attempt = recording(stream, person(stream), result=b'{"sent":%d}' % number)
        return (await log.execute(tenant, [stream], attempt, key=key)).result

    results = await asyncio.gather(*(send(number) for number in range(8)))
    assert len(set(results)) == 1
    assert (await log.read(tenant, stream)).version(stream) == 1


async def test_nothing_sealed_is_recorded_after_its_key_was_destroyed(log: Store, tenant: UUID, app: asyncpg.Pool, vault: Vault) -> None:
    """Erasure meets four writers, who remember the key: from then on nothing of theirs gets into the log."""
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("one"))], client=client)
    begun = asyncio.Event()

    async def write_on() -> None:
        with suppress(SubjectErased):
            while True:
                with suppress(Busy):
                    await record(log, tenant, coaching, [agreement(OfClient("again"))], client=client)
                    begun.set()

    writing = [asyncio.create_task(write_on()) for _ in range(4)]
    await begun.wait()
    await Vault(vault.provider).destroy(app, tenant, client, coaching)
    then = await log.read(tenant)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*writing)
    assert (await log.read(tenant)).head == then.head
