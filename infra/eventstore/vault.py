"""The keys: of each tenant, and of each person in each realm. Made when first needed, unwrapped here, destroyed for ever.

Three layers: the provider's key-encryption key wraps a tenant's wrapping key and index key, the wrapping key wraps the
persons' keys. Unwrapped tenant keys and sealing keys are remembered for up to a minute. That is safe, for `es.append`
refuses what was sealed with a key that is gone; keys for opening are looked up each time, so what is erased is erased.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from domain.errors import SubjectErased
from infra.eventstore.errors import Busy, KeyLost, KeyUnavailable, NoKeys
from infra.eventstore.sealing import SubjectKey
from infra.keys import KeyProvider, Wrapped
from infra.postgres import Share

Source: TypeAlias = "asyncpg.Connection | asyncpg.Pool | Share"

REMEMBERED: Final = 60.0  # seconds
KEPT: Final = 10_000  # sealing keys; above that all are looked up anew
ATTEMPTS: Final = 4  # the second finds what the first has made
ROTATIONS: Final = 25  # attempts: each key that is made meanwhile costs one


class Holder(NamedTuple):
    """Whose key: a person's, in a realm."""

    subject: UUID
    realm: UUID


class TenantKeys(NamedTuple):
    """`wrapped` is the stored form of `wrapping`: it tells whether the tenant's keys were rotated since."""

    wrapped: bytes
    wrapping: bytes
    index_key: bytes


class Vault:
    def __init__(self, provider: KeyProvider) -> None:
        self.provider = provider
        self.tenants: dict[UUID, tuple[float, TenantKeys]] = {}
        self.sealing: dict[tuple[UUID, Holder], tuple[float, SubjectKey]] = {}

    async def create(self, source: Source, tenant: UUID) -> None:
        """Gives a new tenant its keys; one that has them keeps them."""
        under, wrapping, index = await self.fresh(tenant, os.urandom(32), os.urandom(32))
        await source.execute("SELECT es.add_tenant_key($1, $2, $3, $4)", tenant, under, wrapping, index)

    async def index_hash(self, source: Source, tenant: UUID, content: bytes) -> bytes:
        """A keyed hash, the same for the same content for ever: it can be compared, but not guessed without the key."""
        until, keys = self.tenants.get(tenant, (0.0, None))
        if keys is None or until < time.monotonic():
            keys, _ = await self.rows(source, tenant, [])
        return hmac.digest(keys.index_key, content, hashlib.sha256)

    async def sealing_keys(self, source: Source, tenant: UUID, holders: Collection[Holder]) -> dict[Holder, SubjectKey]:
        """A key for each, made where there was none. Raises `SubjectErased` or `KeyUnavailable`."""
        now = time.monotonic()
        known = {holder: kept[1] for holder in holders if (kept := self.sealing.get((tenant, holder))) and kept[0] >= now}
        for _ in range(ATTEMPTS):
            missing = [holder for holder in holders if holder not in known]
            if not missing:
                return known
            keys, found = await self.newest(source, tenant, missing)
            known |= found
            for holder in missing:
                if holder not in found:
                    await self.add(source, tenant, keys, holder)
        raise Busy("The organization's keys are being rotated: try again.")

    async def opening_keys(
        self, source: Source, tenant: UUID, wanted: Iterable[tuple[Holder, int]]
    ) -> dict[tuple[Holder, int], bytes | None]:
        """The keys by holder and version, None for one that was destroyed. Raises `KeyLost` when one does not exist, else `KeyUnavailable`."""
        asked = set(wanted)
        if not asked:
            return {}
        keys, found = await self.rows(source, tenant, {holder for holder, _ in asked})
        there = {(holder_of(row), row["key_v"]): row["wrapped"] for row in found}
        if absent := asked - there.keys():
            holder, v = next(iter(absent))
            raise KeyLost(f"{len(absent)} keys do not exist, among them {v} of {holder.subject} in {holder.realm}")
        return {each: None if there[each] is None else unwrap(keys, there[each]) for each in asked}

    async def destroy(self, source: Source, tenant: UUID, subject: UUID | None, realm: UUID | None) -> int:
        """Destroys a person's keys in a realm; with realm None everywhere; with subject None everybody's in the realm.

        Returns how many. What they sealed can never be read again.
        """
        destroyed = int(await source.fetchval("SELECT es.destroy_key($1, $2, $3)", tenant, subject, realm))
        self.forget(tenant)
        return destroyed

    async def rotate(self, source: Source, tenant: UUID) -> int:
        """A new wrapping key under the provider's first key, and every person's key under it; returns how many.

        The index key stays, for claims are compared for ever; it is only wrapped anew.
        """
        for _ in range(ROTATIONS):
            self.forget(tenant)
            old, _ = await self.rows(source, tenant, [])
            live = await source.fetch("SELECT * FROM es.live_keys($1)", tenant)
            wrapping = os.urandom(32)
            under, wrapped, index = await self.fresh(tenant, wrapping, old.index_key)
            try:
                again = [aes_key_wrap(wrapping, unwrap(old, row["wrapped"])) for row in live]
            except KeyUnavailable:
                continue  # another rotation came between the two reads
            columns = [[row[name] for row in live] for name in ("subject_id", "realm_id", "key_v")]
            done = await source.fetchval(
                "SELECT es.rotate_key($1, $2, $3, $4, $5, $6, $7, $8, $9)", tenant, old.wrapped, under, wrapped, index, *columns, again
            )
            if done:
                self.forget(tenant)
                return len(live)
        raise Busy("Keys kept being made while they were rotated: try again.")

    def forget(self, tenant: UUID) -> None:
        """Drops what is remembered of a tenant, so that it is read anew."""
        self.tenants.pop(tenant, None)
        self.sealing = {key: kept for key, kept in self.sealing.items() if key[0] != tenant}

    async def newest(self, source: Source, tenant: UUID, holders: Collection[Holder]) -> tuple[TenantKeys, dict[Holder, SubjectKey]]:
        """The tenant's keys, and what there is of the holders' sealing keys."""
        keys, found = await self.rows(source, tenant, holders)
        newest: dict[Holder, SubjectKey] = {}
        for row in sorted(found, key=lambda row: row["key_v"]):
            if row["destroyed_at"] is not None:
                raise SubjectErased
            newest[holder_of(row)] = SubjectKey(row["subject_id"], row["key_v"], unwrap(keys, row["wrapped"]))
        if len(self.sealing) > KEPT:
            self.sealing.clear()
        until = time.monotonic() + REMEMBERED
        self.sealing |= {(tenant, holder): (until, key) for holder, key in newest.items()}
        return keys, newest

    async def add(self, source: Source, tenant: UUID, keys: TenantKeys, holder: Holder) -> None:
        """Makes a key, unless another call was first or the tenant's keys are others by now: look again."""
        wrapped = aes_key_wrap(keys.wrapping, os.urandom(32))
        answer = await source.fetchval("SELECT es.add_subject_key($1, $2, $3, $4, $5)", tenant, *holder, keys.wrapped, wrapped)
        if answer == "erased":
            raise SubjectErased

    async def rows(self, source: Source, tenant: UUID, holders: Collection[Holder]) -> tuple[TenantKeys, list[Any]]:
        """The tenant's keys, and the rows of these holders' keys, of one moment."""
        subjects, realms = [holder.subject for holder in holders], [holder.realm for holder in holders]
        found = await source.fetch("SELECT * FROM es.keys_of($1, $2, $3)", tenant, subjects, realms)
        if not found:
            raise NoKeys(f"organization {tenant} has no keys")
        return await self.unwrapped(tenant, found[0]), [row for row in found if row["subject_id"] is not None]

    async def unwrapped(self, tenant: UUID, row: Any) -> TenantKeys:
        now = time.monotonic()
        until, keys = self.tenants.get(tenant, (0.0, None))
        if keys is None or until < now or keys.wrapped != row["wrapping"]:
            wrapping = await self.provider.unwrap(Wrapped(row["kek"], row["wrapping"]), b"wrapping" + tenant.bytes)
            index = await self.provider.unwrap(Wrapped(row["kek"], row["index_key"]), b"index" + tenant.bytes)
            keys = TenantKeys(row["wrapping"], wrapping, index)
            self.tenants[tenant] = (now + REMEMBERED, keys)
        return keys

    async def fresh(self, tenant: UUID, wrapping: bytes, index: bytes) -> tuple[str, bytes, bytes]:
        """Both keys under the provider's key: its name, and the two wrapped."""
        first = await self.provider.wrap(wrapping, b"wrapping" + tenant.bytes)
        second = await self.provider.wrap(index, b"index" + tenant.bytes)
        if first.kek != second.kek:
            raise KeyUnavailable("the provider changed its key between two calls")
        return first.kek, first.key, second.key


def holder_of(row: Any) -> Holder:
    return Holder(row["subject_id"], row["realm_id"])


def unwrap(keys: TenantKeys, wrapped: bytes) -> bytes:
    try:
        return aes_key_unwrap(keys.wrapping, wrapped)
    except InvalidUnwrap as error:
        raise KeyLost("a key does not unwrap under its organization's wrapping key") from error
