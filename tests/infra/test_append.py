"""`es.append`: every way it can answer, and that what it refuses leaves nothing behind."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.append import AppendClaim, AppendCommand, Appended, AppendEvent, AppendStream, UsedKey, append
from tests.infra.told import new_id


def event(of: int = 1, payload: bytes = b"{}") -> AppendEvent:
    return AppendEvent(of, "trial.noted", 1, None, b'{"meta":1}', payload)


async def add(connection: asyncpg.Connection, tenant: UUID, stream: UUID, expected: int = 0, **more: Any) -> Appended:
    return await append(connection, tenant, [AppendStream(stream, expected)], [event()], **more)


async def rows(connection: asyncpg.Connection, tenant: UUID) -> list[asyncpg.Record]:
    return await connection.fetch("SELECT * FROM es.feed($1, 0, 1000)", tenant)


async def test_events_get_dense_versions_and_positions_and_the_hashes_of_what_is_stored(
    connection: asyncpg.Connection, tenant: UUID
) -> None:
    one, other = new_id(), new_id()
    done = await append(connection, tenant, [AppendStream(one, 0), AppendStream(other, 0, one)], [event(1), event(2), event(1, b'{"n":2}')])
    assert (done.status, done.position, done.versions) == ("ok", 4, [2, 1])
    stored = (await rows(connection, tenant))[1:]
    assert [(row["stream_id"], row["version"], row["position"]) for row in stored] == [(one, 1, 2), (other, 1, 3), (one, 2, 4)]
    assert [row["engagement_id"] for row in stored] == [None, one, None]
    assert {row["recorded_at"] for row in stored} == {done.recorded_at} == {row["occurred_at"] for row in stored}
    hashed = await connection.fetchval("SELECT sha256($1::bytea)", b'{"n":2}')
    assert stored[2]["payload_hash"] == hashed


async def test_a_stale_version_is_a_conflict_that_tells_the_actual_ones(connection: asyncpg.Connection, tenant: UUID) -> None:
    stream = new_id()
    await add(connection, tenant, stream)
    stale = await append(connection, tenant, [AppendStream(stream, 0), AppendStream(tenant, 1)], [event()])
    ahead = await add(connection, tenant, stream, 5)
    assert (stale.status, stale.versions) == ("conflict", [1, 1])
    assert (ahead.status, ahead.versions) == ("conflict", [1])
    assert len(await rows(connection, tenant)) == 2


async def test_a_guard_must_still_hold(connection: asyncpg.Connection, tenant: UUID) -> None:
    held = await append(connection, tenant, [AppendStream(new_id(), 0), AppendStream(tenant, 1)], [event()])
    broken = await append(connection, tenant, [AppendStream(new_id(), 0), AppendStream(tenant, 0)], [event()])
    assert (held.status, broken.status) == ("ok", "conflict")


async def test_a_repeated_command_gets_the_first_result(connection: asyncpg.Connection, tenant: UUID) -> None:
    stream, command = new_id(), AppendCommand(new_id(), b"print", b"first")
    first = await add(connection, tenant, stream, command=command)
    again = await add(connection, tenant, stream, command=command._replace(result=b"second"))
    assert (again.status, again.stored, again.position, again.recorded_at) == ("duplicate", b"first", first.position, first.recorded_at)
    reused = await add(connection, tenant, stream, 1, command=command._replace(fingerprint=b"other"))
    assert (reused.status, reused.stored, reused.position) == ("reused", None, None)
    assert len(await rows(connection, tenant)) == 2


async def test_a_command_without_events_is_remembered_and_moves_nothing(connection: asyncpg.Connection, tenant: UUID) -> None:
    command = AppendCommand(new_id(), b"print", b"nothing to do")
    first = await append(connection, tenant, [AppendStream(tenant, 1)], [], command=command)
    again = await append(connection, tenant, [AppendStream(tenant, 9)], [], command=command)
    assert (first.status, first.position, first.versions) == ("ok", 1, [1])
    assert (again.status, again.stored) == ("duplicate", b"nothing to do")


async def test_a_refused_command_is_not_remembered(connection: asyncpg.Connection, tenant: UUID) -> None:
    stream, command = new_id(), AppendCommand(new_id(), b"print", b"done")
    assert (await add(connection, tenant, stream, 7, command=command)).status == "conflict"
    assert (await add(connection, tenant, stream, 0, command=command)).status == "ok"


async def test_a_claim_is_granted_once(connection: asyncpg.Connection, tenant: UUID) -> None:
    first = await add(connection, tenant, new_id(), claims=[AppendClaim(1, "email@1", b"a")])
    taken = await add(connection, tenant, new_id(), claims=[AppendClaim(1, "email@1", b"a")])
    other_kind = await add(connection, tenant, new_id(), claims=[AppendClaim(1, "seat", b"a")])
    assert (first.status, taken.status, taken.taken, other_kind.status) == ("ok", "claimed", "email@1", "ok")


async def test_a_claim_can_be_given_back_and_taken_in_one_call(connection: asyncpg.Connection, tenant: UUID) -> None:
    holder, claim = new_id(), AppendClaim(1, "email@1", b"a")
    await add(connection, tenant, holder, claims=[claim])
    both = [AppendStream(new_id(), 0), AppendStream(holder, 1)]
    moved = await append(connection, tenant, both, [event(1), event(2)], claims=[claim], releases=[AppendClaim(2, "email@1", b"a")])
    assert moved.status == "ok"
    again = await add(connection, tenant, holder, 2, claims=[claim])
    assert (again.status, again.taken) == ("claimed", "email@1")


async def test_nobody_gives_back_what_another_holds(connection: asyncpg.Connection, tenant: UUID) -> None:
    claim = AppendClaim(1, "email@1", b"a")
    await add(connection, tenant, new_id(), claims=[claim])
    assert (await add(connection, tenant, new_id(), claims=[claim], releases=[claim])).status == "claimed"
    assert (await add(connection, tenant, new_id(), releases=[claim])).status == "ok"
    assert (await add(connection, tenant, new_id(), claims=[claim])).status == "claimed"


async def test_what_was_sealed_with_a_dead_or_absent_key_is_refused(connection: asyncpg.Connection, tenant: UUID) -> None:
    subject, realm, stream = new_id(), new_id(), new_id()
    keys = [UsedKey(subject, realm, 1)]
    assert (await add(connection, tenant, stream, keys=keys)).status == "keyless"
    wrapping = (await connection.fetchrow("SELECT * FROM es.keys_of($1)", tenant))["wrapping"]
    assert await connection.fetchval("SELECT es.add_subject_key($1, $2, $3, $4, $5)", tenant, subject, realm, wrapping, b"wrapped") == "ok"
    assert (await add(connection, tenant, stream, keys=keys)).status == "ok"
    await connection.execute("SELECT es.destroy_key($1, $2, $3)", tenant, subject, realm)
    assert (await add(connection, tenant, stream, 1, keys=keys)).status == "erased"


async def test_an_organization_begins_with_its_own_stream(connection: asyncpg.Connection) -> None:
    unknown, command = new_id(), AppendCommand(new_id(), b"print", b"done")
    assert (await add(connection, unknown, new_id(), command=command)).status == "unknown"
    assert (await append(connection, unknown, [], [], command=command)).status == "unknown"
    begun = await add(connection, unknown, unknown, command=command)
    assert (begun.status, begun.position) == ("ok", 1)


async def test_nothing_is_appended_inside_a_transaction(connection: asyncpg.Connection, tenant: UUID) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        async with connection.transaction():
            await add(connection, tenant, new_id())


async def test_what_waited_for_its_turn_is_recorded_after_what_came_before(
    connection: asyncpg.Connection, tenant: UUID, admin: asyncpg.Connection
) -> None:
    await admin.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", str(tenant))
    waiting = asyncio.create_task(add(connection, tenant, new_id()))
    while not await admin.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        pass  # each question gives the append a turn
    held_until = await admin.fetchval("SELECT clock_timestamp()")
    await admin.execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", str(tenant))
    recorded_at = (await waiting).recorded_at
    assert recorded_at is not None
    assert recorded_at >= held_until


async def test_a_clock_that_is_set_back_does_not_turn_the_order(
    connection: asyncpg.Connection, tenant: UUID, admin: asyncpg.Connection
) -> None:
    ahead = await admin.fetchval(
        "UPDATE es.tenant_head SET recorded_at = recorded_at + interval '1 hour' WHERE tenant_id = $1 RETURNING recorded_at", tenant
    )
    assert (await add(connection, tenant, new_id())).recorded_at == ahead
