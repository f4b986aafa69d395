"""Keys: where they come from, how they are replaced, and how they end."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import asyncpg
import pytest

from domain.errors import SubjectErased
from domain.values import ERASED, OfClient
from infra.eventstore.errors import KeyUnavailable
from infra.eventstore.feed import feed
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Holder, Vault
from infra.keys import FileKeyProvider
from tests.infra.told import agreement, engagement, new_id, person, record, register, sealed_values


@pytest.fixture
def own(tmp_path: Path) -> FileKeyProvider:
    """A key file of this test alone."""
    FileKeyProvider.create(tmp_path / "kek", "first")
    return FileKeyProvider(tmp_path / "kek")


@pytest.fixture
async def mine(app: asyncpg.Pool, own: FileKeyProvider) -> AsyncIterator[Store]:
    """A store with keys under that file."""
    store = Store(app, Vault(own))
    yield store
    await store.settle()


async def texts(store: Store, vault: Vault, tenant: UUID, connection: asyncpg.Connection) -> list[object]:
    values = [value for fed in await feed(connection, tenant, 0, 1000) for value in sealed_values(fed)]
    return list((await Opener(vault).open(connection, tenant, values)).values())


async def begun(store: Store) -> tuple[UUID, UUID, UUID]:
    """An organization, and an engagement whose client has a sealed text."""
    tenant, client, coaching = new_id(), new_id(), new_id()
    await register(store, tenant)
    await record(store, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    return tenant, client, coaching


async def test_keys_move_under_a_new_key_and_the_old_one_may_go(mine: Store, own: FileKeyProvider, connection: asyncpg.Connection) -> None:
    tenant, client, coaching = await begun(mine)
    before = await mine.command_key(tenant, client, "k", "POST", "/", b"")
    old = own.path.read_text()
    own.path.write_text(f"second {base64.b64encode(os.urandom(32)).decode()}\n{old}")
    assert await mine.vault.rotate(connection, tenant) == 1
    own.path.write_text(own.path.read_text().splitlines()[0])
    fresh = Vault(own)
    assert await texts(mine, fresh, tenant, connection) == ["eight sessions"]
    assert await Store(mine.pool, fresh).command_key(tenant, client, "k", "POST", "/", b"") == before  # claims and commands still match
    await record(mine, tenant, coaching, [agreement(OfClient("nine sessions"))], client=client)
    assert await texts(mine, fresh, tenant, connection) == ["eight sessions", "nine sessions"]


async def test_a_process_that_remembers_the_old_keys_goes_on_after_a_rotation(
    mine: Store, own: FileKeyProvider, connection: asyncpg.Connection
) -> None:
    tenant, _, _ = await begun(mine)
    await Vault(own).rotate(connection, tenant)  # another process
    client, coaching = new_id(), new_id()
    await record(mine, tenant, coaching, [engagement(coaching, client), agreement(OfClient("nine sessions"))], client=client)
    assert await texts(mine, Vault(own), tenant, connection) == ["eight sessions", "nine sessions"]


async def test_no_key_is_lost_when_keys_are_made_during_a_rotation(
    mine: Store, own: FileKeyProvider, app: asyncpg.Pool, connection: asyncpg.Connection
) -> None:
    tenant, _, _ = await begun(mine)
    holders = [Holder(new_id(), new_id()) for _ in range(20)]
    others = [Vault(own) for _ in range(4)]

    async def make(vault: Vault, some: list[Holder]) -> dict[Holder, bytes]:
        return {holder: (await vault.sealing_keys(app, tenant, [holder]))[holder].key for holder in some}

    made = await asyncio.gather(*(make(vault, holders[place::4]) for place, vault in enumerate(others)), mine.vault.rotate(app, tenant))
    known = {holder: key for some in made[:4] for holder, key in some.items()}
    found = await Vault(own).opening_keys(connection, tenant, [(holder, 1) for holder in holders])
    assert {holder: found[holder, 1] for holder in holders} == known


async def test_a_key_wrapped_too_late_is_not_kept(log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection) -> None:
    """Between reading the wrapping key and adding what it wraps, the organization's keys were rotated."""
    before, _ = await vault.rows(connection, tenant, [])
    await vault.rotate(connection, tenant)
    statement = "SELECT es.add_subject_key($1, $2, $3, $4, $5)"
    assert await connection.fetchval(statement, tenant, new_id(), new_id(), before.wrapped, b"lost for ever") == "rotated"


async def test_a_rotation_that_began_before_an_erasure_revives_nothing(
    log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection
) -> None:
    gone = Holder(new_id(), new_id())
    await vault.sealing_keys(connection, tenant, [gone])
    before, _ = await vault.rows(connection, tenant, [])
    await vault.destroy(connection, tenant, *gone)
    stale = ([gone.subject], [gone.realm], [1], [b"wrapped anew"])
    assert await connection.fetchval(
        "SELECT es.rotate_key($1, $2, 'kek', $3, $4, $5, $6, $7, $8)", tenant, before.wrapped, b"new", b"index", *stale
    )
    (row,) = await connection.fetch("SELECT * FROM es.keys_of($1, $2, $3)", tenant, [gone.subject], [gone.realm])
    assert (row["wrapping"], row["wrapped"], row["destroyed_at"] is not None) == (b"new", None, True)


async def test_two_who_make_the_same_key_get_the_same(own: FileKeyProvider, mine: Store, app: asyncpg.Pool) -> None:
    tenant, _, _ = await begun(mine)
    holder = Holder(new_id(), new_id())
    both = await asyncio.gather(*(Vault(own).sealing_keys(app, tenant, [holder]) for _ in range(6)))
    assert len({keys[holder].key for keys in both}) == 1


async def test_an_erased_person_gets_no_key_anywhere(log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection) -> None:
    somebody, before, after = new_id(), new_id(), new_id()
    await vault.sealing_keys(connection, tenant, [Holder(somebody, before)])
    assert await vault.destroy(connection, tenant, somebody, None) == 1
    for realm in (before, after):
        with pytest.raises(SubjectErased):
            await vault.sealing_keys(connection, tenant, [Holder(somebody, realm)])
    with pytest.raises(SubjectErased):
        await record(log, tenant, somebody, [person(somebody)])


async def test_an_erased_realm_gives_nobody_a_key(log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection) -> None:
    client, coach, realm, another = new_id(), new_id(), new_id(), new_id()
    await vault.sealing_keys(connection, tenant, [Holder(client, realm), Holder(coach, another)])
    assert await vault.destroy(connection, tenant, None, realm) == 1
    for somebody in (client, coach):
        with pytest.raises(SubjectErased):
            await vault.sealing_keys(connection, tenant, [Holder(somebody, realm)])
    assert await vault.opening_keys(connection, tenant, [(Holder(client, realm), 1)]) == {(Holder(client, realm), 1): None}
    (key,) = (await vault.opening_keys(connection, tenant, [(Holder(coach, another), 1)])).values()
    assert key is not None


async def test_one_part_of_a_realm_can_be_erased(log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection) -> None:
    somebody, realm, another = new_id(), new_id(), new_id()
    await vault.destroy(connection, tenant, somebody, realm)
    with pytest.raises(SubjectErased):
        await vault.sealing_keys(connection, tenant, [Holder(somebody, realm)])
    assert await vault.sealing_keys(connection, tenant, [Holder(somebody, another)])


async def test_what_was_destroyed_stays_so_through_a_rotation(
    log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection
) -> None:
    gone, kept = Holder(new_id(), new_id()), Holder(new_id(), new_id())
    await vault.sealing_keys(connection, tenant, [gone, kept])
    await vault.destroy(connection, tenant, gone.subject, gone.realm)
    assert await vault.rotate(connection, tenant) == 1
    opened = await vault.opening_keys(connection, tenant, [(gone, 1), (kept, 1)])
    assert opened[gone, 1] is None
    assert opened[kept, 1] is not None


async def test_an_organization_without_keys_is_an_outage(vault: Vault, connection: asyncpg.Connection) -> None:
    with pytest.raises(KeyUnavailable, match="has no keys"):
        await vault.sealing_keys(connection, new_id(), [Holder(new_id(), new_id())])


async def test_keys_are_made_once(log: Store, tenant: UUID, vault: Vault, connection: asyncpg.Connection) -> None:
    before = await vault.index_hash(connection, tenant, b"x")
    await vault.create(connection, tenant)
    assert await Vault(vault.provider).index_hash(connection, tenant, b"x") == before


async def test_a_provider_that_comes_back_is_used_again(mine: Store, own: FileKeyProvider, connection: asyncpg.Connection) -> None:
    tenant, _, _ = await begun(mine)
    away = own.path.rename(own.path.with_name("away"))
    vault = Vault(own)
    with pytest.raises(KeyUnavailable):
        await texts(mine, vault, tenant, connection)
    away.rename(own.path)
    assert await texts(mine, vault, tenant, connection) == ["eight sessions"]


async def test_what_another_process_erased_opens_no_more_for_who_has_just_read_it(
    mine: Store, own: FileKeyProvider, connection: asyncpg.Connection
) -> None:
    tenant, client, coaching = await begun(mine)
    assert await texts(mine, mine.vault, tenant, connection) == ["eight sessions"]
    await Vault(own).destroy(connection, tenant, client, coaching)
    assert await texts(mine, mine.vault, tenant, connection) == [ERASED]


async def test_unwrapped_keys_are_remembered_for_a_minute_and_no_longer(
    mine: Store, own: FileKeyProvider, connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant, _, _ = await begun(mine)
    own.path.rename(own.path.with_name("away"))
    assert await texts(mine, mine.vault, tenant, connection) == ["eight sessions"]
    until = time.monotonic() + 60.0
    monkeypatch.setattr("infra.eventstore.vault.time", SimpleNamespace(monotonic=lambda: until))
    with pytest.raises(KeyUnavailable):
        await texts(mine, mine.vault, tenant, connection)
    with pytest.raises(KeyUnavailable):
        await mine.vault.index_hash(connection, tenant, b"")


def test_a_key_file_is_private_and_never_overwritten(own: FileKeyProvider) -> None:
    assert own.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        FileKeyProvider.create(own.path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused(own: FileKeyProvider, mode: int) -> None:
    own.path.chmod(mode)
    with pytest.raises(KeyUnavailable, match="chmod 600"):
        own.check()


@pytest.mark.parametrize("text", ["", "only-a-name\n", "first c2hvcnQ=\n", "first not/base64!\n", "first a b\n", "ünicode AAAA\n"])
def test_a_key_file_that_makes_no_sense_is_refused(own: FileKeyProvider, text: str) -> None:
    own.path.write_text(text)
    with pytest.raises(KeyUnavailable, match="kek"):
        own.check()


async def test_a_key_of_another_file_or_use_does_not_unwrap(own: FileKeyProvider, tmp_path: Path) -> None:
    wrapped = await own.wrap(bytes(32), b"index of one")
    assert await own.unwrap(wrapped, b"index of one") == bytes(32)
    FileKeyProvider.create(tmp_path / "other", "first")
    for provider, context in ((own, b"index of another"), (FileKeyProvider(tmp_path / "other"), b"index of one")):
        with pytest.raises(KeyUnavailable, match="not the one"):
            await provider.unwrap(wrapped, context)
    with pytest.raises(KeyUnavailable, match="put its line back"):
        await own.unwrap(wrapped._replace(kek="third"), b"index of one")
