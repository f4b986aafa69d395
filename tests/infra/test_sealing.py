"""Sealed values: they open where they were sealed and nowhere else, to what was sealed and nothing else."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from domain.values import ERASED, OfClient
from infra.eventstore import codec
from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.errors import KeyUnavailable, NewerRelease, SealBroken
from infra.eventstore.feed import Fed, feed
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.sealing import Place, SubjectKey, open_sealed, seal, split
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from tests.infra.told import agreement, engagement, new_id, record, register, sealed_values

IDS = st.uuids()
KEYS = st.binary(min_size=32, max_size=32)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
PLACES = st.builds(Place, IDS, IDS, IDS)
SUBJECTS = st.builds(SubjectKey, IDS, st.integers(1, 65535), KEYS)


@given(VALUES, SUBJECTS, PLACES)
def test_a_value_opens_to_itself(value: Any, key: SubjectKey, place: Place) -> None:
    text = seal(value, key, place)
    assert open_sealed(text, key.key, place) == value
    assert (split(text).subject, split(text).key_v) == (key.subject, key.v)
    assert text != seal(value, key, place)


@given(st.text(), SUBJECTS, PLACES, IDS, st.sampled_from(["tenant", "stream", "realm"]))
def test_a_value_that_was_moved_does_not_open(value: str, key: SubjectKey, place: Place, other: UUID, moved: str) -> None:
    if other != getattr(place, moved):
        with pytest.raises(SealBroken):
            open_sealed(seal(value, key, place), key.key, place._replace(**{moved: other}))


@given(st.text(), SUBJECTS, PLACES, st.data())
def test_a_value_of_which_a_bit_was_turned_does_not_open(value: str, key: SubjectKey, place: Place, data: st.DataObject) -> None:
    raw = bytearray(base64.urlsafe_b64decode(seal(value, key, place)))
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[at // 8] ^= 1 << at % 8
    with pytest.raises((SealBroken, NewerRelease)):  # the first byte is the form's version
        open_sealed(base64.urlsafe_b64encode(raw).decode(), key.key, place)


@given(st.text(), SUBJECTS, PLACES, KEYS)
def test_another_key_does_not_open(value: str, key: SubjectKey, place: Place, other: bytes) -> None:
    if other != key.key:
        with pytest.raises(SealBroken, match="committed"):
            open_sealed(seal(value, key, place), other, place)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_anything_else_is_no_sealed_value(text: str) -> None:
    with pytest.raises((SealBroken, NewerRelease)):
        open_sealed(text, bytes(32), Place(UUID(int=1), UUID(int=2), UUID(int=3)))


def test_the_form_is_the_documented_one() -> None:
    """Opened step by step, with nothing of our own: what is stored must open in ten years, by whoever holds the key."""
    tenant, stream, realm, subject = (new_id() for _ in range(4))
    key = bytes(range(32))
    raw = base64.urlsafe_b64decode(seal("a text", SubjectKey(subject, 7, key), Place(tenant, stream, realm)))
    salt, commitment, nonce, ciphertext = raw[19:35], raw[35:67], raw[67:79], raw[79:]
    both = HKDFExpand(hashes.SHA256(), 64, b"tl-field-v1" + stream.bytes + salt).derive(key)
    bound = b"throughline-seal-v1" + tenant.bytes + stream.bytes + subject.bytes + realm.bytes + b"\x00\x07"
    assert raw[:19] == b"\x01" + subject.bytes + b"\x00\x07"
    assert commitment == both[32:]
    assert AESGCM(both[:32]).decrypt(nonce, ciphertext, bound) == b'"a text"'


async def agreed(log: Store, tenant: UUID, client: UUID, connection: asyncpg.Connection) -> Fed:
    """A recorded event with one sealed value."""
    coaching = new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    return (await feed(connection, tenant, 0, 1000))[-1]


async def test_what_is_stored_does_not_show_the_text(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    fed = await agreed(log, tenant, new_id(), connection)
    assert fed.payload is not None
    assert b"eight" not in fed.payload
    assert repr(fed.event.text) == "OfClient(...)"


async def test_a_reader_opens_to_the_values_and_to_typed_events(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    fed = await agreed(log, tenant, new_id(), connection)
    opened = await Opener(log.vault).open(connection, tenant, sealed_values(fed))
    assert list(opened.values()) == ["eight sessions"]
    event = codec.decode_open(fed.type, fed.schema_v, fed.payload or b"", opened)
    assert event.text.plain() == "eight sessions"
    assert not codec.decode_open(fed.type, fed.schema_v, fed.payload or b"", {}).text.is_open


async def test_a_destroyed_key_opens_to_erased(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    client = new_id()
    fed = await agreed(log, tenant, client, connection)
    assert await log.vault.destroy(connection, tenant, client, None) == 1
    opened = await Opener(log.vault).open(connection, tenant, sealed_values(fed))
    assert list(opened.values()) == [ERASED]
    assert codec.decode_open(fed.type, fed.schema_v, fed.payload or b"", opened).text.is_erased


async def test_a_payload_in_another_stream_does_not_open(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    fed = await agreed(log, tenant, new_id(), connection)
    meta, elsewhere = b'{"actor":"%s"}' % str(tenant).encode(), new_id()
    assert fed.payload is not None
    await append(connection, tenant, [AppendStream(elsewhere, 0, fed.stream)], [AppendEvent(1, fed.type, 1, None, meta, fed.payload)])
    text = fed.event.text.sealed
    with pytest.raises(SealBroken):
        await Opener(log.vault).open(connection, tenant, [SealedAt(elsewhere, fed.stream, text)])


async def test_a_payload_in_another_organization_has_no_key_there(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    fed, elsewhere = await agreed(log, tenant, new_id(), connection), new_id()
    await register(log, elsewhere)
    with pytest.raises(KeyUnavailable):
        await Opener(log.vault).open(connection, elsewhere, sealed_values(fed))


async def test_a_missing_key_is_an_outage_and_never_erased(log: Store, tenant: UUID, connection: asyncpg.Connection) -> None:
    fed = await agreed(log, tenant, new_id(), connection)
    (there,) = sealed_values(fed)
    with pytest.raises(KeyUnavailable):
        await Opener(log.vault).open(connection, tenant, [there._replace(realm=new_id())])


async def test_a_failing_provider_is_an_outage_and_never_erased(
    log: Store, tenant: UUID, connection: asyncpg.Connection, tmp_path: Any
) -> None:
    fed = await agreed(log, tenant, new_id(), connection)
    with pytest.raises(KeyUnavailable, match="restore it"):
        await Opener(Vault(FileKeyProvider(tmp_path / "gone"))).open(connection, tenant, sealed_values(fed))


async def test_nothing_to_open_asks_nobody(log: Store, connection: asyncpg.Connection) -> None:
    assert await Opener(log.vault).open(connection, new_id(), []) == {}
