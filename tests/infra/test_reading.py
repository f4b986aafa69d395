"""What is read back: folded states, the past, snapshots, and what this release cannot or must not read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import asyncpg
import msgspec
import pytest

from domain.errors import NotFound, StreamErased
from domain.event import EVENTS, STORED, Stored
from domain.nouns import NOUNS, Noun
from domain.organization.state import OrganizationState
from domain.values import OfClient
from infra.eventstore import codec, reading, store
from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.errors import NewerRelease
from infra.eventstore.feed import LogBroken, feed
from infra.eventstore.hindsight import At
from infra.eventstore.store import Change, Intent, Store, enough
from infra.eventstore.vault import Vault
from tests.database import Database
from tests.infra.plan_told import tell_plan
from tests.infra.told import actors, agreement, engagement, new_id, organization, person, policy, record, register


@pytest.fixture
async def owner(shared: Database) -> AsyncIterator[asyncpg.Connection]:
    """The owner's role, which nobody has in production but a migration."""
    connection = await asyncpg.connect(shared.dsn("owner"))
    yield connection
    await connection.close()


async def test_a_fold_gets_what_was_recorded_and_keeps_personal_values_sealed(log: Store, tenant: UUID) -> None:
    somebody = new_id()
    await record(log, tenant, somebody, [person(somebody)])
    found = await log.read(tenant, somebody)
    state = found.state(somebody, "person")
    assert (state.id, found.kind(somebody), found.version(somebody), found.engagement_of(somebody)) == (somebody, "person", 1, None)
    assert not state.name.is_open
    assert state.name.sealed


async def test_what_does_not_exist_is_the_initial_state_of_its_noun(log: Store, tenant: UUID) -> None:
    nothing = new_id()
    found = await log.read(tenant, nothing)
    assert (found.exists(nothing), found.kind(nothing), found.state(nothing, "organization")) == (False, None, OrganizationState())
    with pytest.raises(NotFound):
        found.state(nothing)


async def test_a_stream_of_another_noun_or_organization_is_not_found(log: Store, tenant: UUID) -> None:
    elsewhere = new_id()
    await register(log, elsewhere)
    with pytest.raises(NotFound):
        (await log.read(tenant, tenant)).state(tenant, "person")
    with pytest.raises(NotFound):
        (await log.read(tenant, elsewhere)).state(elsewhere)


async def test_what_was_not_read_is_a_mistake_and_not_an_absence(log: Store, tenant: UUID) -> None:
    with pytest.raises(LookupError, match="was not read"):
        (await log.read(tenant, tenant)).exists(new_id())


async def test_more_streams_bring_their_engagements(log: Store, tenant: UUID) -> None:
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client)])
    found = await log.read(tenant)
    await found.load(coaching, guard=False)
    assert (found.guarded, found.version(coaching)) == (set(), 1)
    found.guard(coaching)
    assert found.guarded == {coaching}


async def test_the_past_stays_as_it_was(log: Store, tenant: UUID) -> None:
    first = await record(log, tenant, tenant, [policy(14)])
    await record(log, tenant, tenant, [policy(7)])
    then = await log.read_as_of(tenant, At(2), tenant)
    assert (then.version(tenant), then.state(tenant).policy.review_cadence_days) == (2, 14)
    assert not (await log.read_as_of(tenant, At(0), tenant)).exists(tenant)
    assert await log.position_at(tenant, first.recorded_at) == 2
    assert await log.position_at(tenant, first.recorded_at - timedelta(microseconds=1)) == 1
    assert await log.position_at(tenant, first.recorded_at - timedelta(days=1)) == 0
    assert await log.position_at(tenant, first.recorded_at + timedelta(days=1)) == 3


async def test_an_event_of_a_newer_release_stops_a_fold_and_skips_a_projection(
    log: Store, tenant: UUID, connection: asyncpg.Connection
) -> None:
    meta = msgspec.json.encode(actors(tenant))
    strange = [
        AppendEvent(1, "organization.merged", 1, None, meta, b"{}"),
        AppendEvent(1, "organization.organization_policy_set", 9, None, meta, b"{}"),
    ]
    await append(connection, tenant, [AppendStream(tenant, 1)], strange)
    with pytest.raises(NewerRelease):
        (await log.read(tenant, tenant)).state(tenant)
    followed = await feed(connection, tenant, 0, 10)
    assert [type(fed.event).__name__ for fed in followed] == ["OrganizationRegistered", "Unread", "Unread"]


async def test_an_erased_stream_says_so_and_keeps_its_hashes(
    log: Store, tenant: UUID, owner: asyncpg.Connection, connection: asyncpg.Connection
) -> None:
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    before = [fed.payload_hash for fed in await feed(connection, tenant, 1, 10)]
    assert await owner.fetchval("SELECT es.erase_stream($1, $2)", tenant, coaching) == 2
    with pytest.raises(StreamErased):
        (await log.read(tenant, coaching)).state(coaching)
    after = await feed(connection, tenant, 1, 10)
    assert [(fed.payload, fed.payload_hash) for fed in after] == [(None, digest) for digest in before]
    assert (await log.read(tenant, coaching)).exists(coaching)


async def test_only_the_owner_erases(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("SELECT es.erase_stream($1, $2)", tenant, tenant)


async def test_a_hole_in_the_log_is_noticed(log: Store, tenant: UUID, admin: asyncpg.Connection, connection: asyncpg.Connection) -> None:
    await record(log, tenant, tenant, [policy(), policy(), policy()])
    await admin.execute("DELETE FROM es.event WHERE tenant_id = $1 AND position = 2", tenant)
    with pytest.raises(LogBroken):
        await feed(connection, tenant, 0, 10)


async def test_around_a_stream_its_engagement_is_read_and_none_of_its_events(log: Store, tenant: UUID) -> None:
    plan = await tell_plan(log, tenant, measurements=3)
    engaged = (await log.read(tenant, plan)).engagement_of(plan)
    assert engaged is not None
    found = await log.read_around(tenant, plan, tenant)
    assert (found.kind(plan), found.engagement_of(plan), found.kind(tenant)) == ("plan", engaged, "organization")
    assert found.state(engaged) == (await log.read(tenant, engaged)).state(engaged)
    for ask in (found.version, found.exists, found.state):
        with pytest.raises(LookupError, match="not read"):
            ask(plan)


async def test_around_a_stream_that_belongs_to_none_it_is_read_itself(log: Store, tenant: UUID) -> None:
    nothing = new_id()
    found = await log.read_around(tenant, tenant)
    assert found.state(tenant) == (await log.read(tenant, tenant)).state(tenant)
    assert (await log.read_around(tenant, nothing)).kind(nothing) is None


async def test_a_feed_goes_on_where_it_ended(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    await record(log, tenant, tenant, [policy(), policy(), policy()])
    pages = [await feed(connection, tenant, after, 3) for after in (0, 3, 4)]
    assert [[fed.position for fed in page] for page in pages] == [[1, 2, 3], [4], []]


@pytest.mark.snapshots
async def test_a_long_stream_gets_a_snapshot_which_gives_the_same_state(
    log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection
) -> None:
    for cadence in (7, 14):
        await record(log, tenant, tenant, [policy(cadence)] * 300)
    await record(log, tenant, tenant, [policy(21)])
    whole = (await log.read(tenant, tenant)).state(tenant)
    await touch(log, tenant)
    quick, plain = await log.read(tenant, tenant), await Store(log.pool, vault, snapshots=False).read(tenant, tenant)
    assert (len(quick.streams[tenant].events), len(plain.streams[tenant].events)) == (1, 603)
    assert quick.version(tenant) == plain.version(tenant) == 603
    assert quick.state(tenant) == plain.state(tenant) != whole
    assert (
        await connection.fetchval(
            "SELECT count(*) FROM es.load($1, $2, NULL, $3) WHERE what = 's'", tenant, [tenant], [reading.shape("organization")]
        )
        == 1
    )


@pytest.mark.snapshots
async def test_a_snapshot_of_another_shape_is_ignored_and_replaced(log: Store, tenant: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    await record(log, tenant, tenant, [policy()] * 500)
    await touch(log, tenant)
    later = reading.STATE_V["organization"] + 1
    monkeypatch.setitem(reading.STATE_V, "organization", later)
    again = await log.read(tenant, tenant)
    assert again.streams[tenant].snapshot is None
    await touch(log, tenant)
    assert (await log.read(tenant, tenant)).streams[tenant].snapshot["type"] == f"organization@{later}"


@pytest.mark.parametrize(("version", "events"), [(1, 50), (200, 50), (600, 150), (10_000, 250)])
def test_a_stream_is_due_for_a_snapshot_after_a_quarter_of_its_events(version: int, events: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SNAPSHOT_EVERY", (50, 250))  # whatever the option says
    assert enough(version) == events


async def test_no_snapshot_outlives_a_hard_erasure(log: Store, tenant: UUID, owner: asyncpg.Connection) -> None:
    await record(log, tenant, tenant, [policy()] * 500)
    late = await log.read(tenant, tenant)
    late.state(tenant)
    await touch(log, tenant)
    await owner.execute("SELECT es.erase_stream($1, $2)", tenant, tenant)
    log.keep_snapshots(late)
    await log.settle()
    again = await log.read(tenant, tenant)
    assert again.streams[tenant].snapshot is None
    with pytest.raises(StreamErased):
        again.state(tenant)


async def touch(log: Store, tenant: UUID) -> None:
    """Folds the organization and records one event, after which a snapshot may be written."""

    async def attempt(found: reading.Reading) -> Intent:
        found.state(tenant)
        return Intent(actors(tenant), [Change(tenant, [policy(28)])])

    await log.execute(tenant, [tenant], attempt)
    await log.settle()


@pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS.keys())
def test_every_state_has_a_form_to_be_kept_in(noun: Noun) -> None:
    """What msgspec cannot decode, such as a union of two personal values, it refuses when the decoder is made."""
    assert codec.encode_state(noun.initial)
    assert codec.decoder(type(noun.initial))


async def test_a_state_with_personal_values_survives_a_snapshot_sealed(log: Store, tenant: UUID) -> None:
    somebody = new_id()
    await record(log, tenant, somebody, [person(somebody)])
    state = (await log.read(tenant, somebody)).state(somebody)
    assert codec.decode_state(type(state), codec.encode_state(state)) == state
    assert not codec.decode_state(type(state), codec.encode_state(state)).name.is_open


async def test_a_snapshot_that_would_change_the_state_is_not_kept(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    wrong = msgspec.structs.replace((await log.read(tenant, tenant)).state(tenant), week_start=b"bytes come back as text")
    await log.keep_snapshot(tenant, tenant, reading.shape("organization"), 1, wrong)
    assert (await log.read(tenant, tenant)).streams[tenant].snapshot is None


def test_an_old_form_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    event = organization(new_id())
    name, kind = "organization.organization_registered", type(event)
    old = msgspec.json.decode(codec.encode(event, codec.refuse))
    old["title"] = old.pop("name")
    del old["region"]
    monkeypatch.setitem(STORED, kind, Stored(name, 3))
    monkeypatch.setitem(codec.UPCASTS, (name, 1), lambda payload: {**payload, "name": payload["title"]})
    monkeypatch.setitem(codec.UPCASTS, (name, 2), lambda payload: {**payload, "region": "eu"})
    codec.reader.cache_clear()
    assert EVENTS[name] is kind
    assert codec.decode(name, 1, msgspec.json.encode(old)) == event
    with pytest.raises(NewerRelease):
        codec.decode(name, 4, msgspec.json.encode(old))


def test_equal_events_have_different_bytes() -> None:
    event = organization(new_id())
    first, second = codec.encode(event, codec.refuse), codec.encode(event, codec.refuse)
    assert first != second
    assert codec.decode("organization.organization_registered", 1, first) == event
