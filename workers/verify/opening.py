"""The sealed values of a batch, opened: nobody without the keys can have written one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from domain.values import personal_values
from infra.eventstore.errors import KeyUnavailable, NewerRelease, SealBroken
from infra.eventstore.feed import Fed
from infra.eventstore.opening import Opener, SealedAt
from workers.verify.difference import Difference, Findings


class Value(NamedTuple):
    """A sealed value where it was found first."""

    at: SealedAt
    event: Fed


class Keys:
    """An organization's keys, as far as the key file opens them: without them nothing personal is compared."""

    def __init__(self, connection: asyncpg.Connection, tenant: UUID, opener: Opener) -> None:
        self.connection = connection
        self.tenant = tenant
        self.opener = opener
        self.are_there = False

    async def unlock(self, findings: Findings) -> None:
        try:
            await self.opener.vault.index_hash(self.connection, self.tenant, b"")
            self.are_there = True
        except KeyUnavailable as error:
            expected = "keys that the key file opens"
            findings.add(Difference(kind="key", tenant=self.tenant, table="es.tenant_key", expected=expected, found=str(error)))

    async def open(self, feds: Sequence[Fed], findings: Findings) -> dict[str, Any]:
        """Sealed text -> value or `ERASED`; what does not open is missing, and named."""
        if not self.are_there:
            return {}
        values = self.found_in(feds, findings)
        try:
            return await self.opener.open(self.connection, self.tenant, [value.at for value in values])
        except (KeyUnavailable, SealBroken, NewerRelease):
            return await self.one_by_one(values, findings)

    async def one_by_one(self, values: Sequence[Value], findings: Findings) -> dict[str, Any]:
        opened: dict[str, Any] = {}
        for at, event in values:
            try:
                opened |= await self.opener.open(self.connection, self.tenant, [at])
            except (KeyUnavailable, SealBroken, NewerRelease) as error:
                kind, expected = ("key", "its key") if isinstance(error, KeyUnavailable) else ("seal", "a value that opens")
                findings.add(Difference.at(self.tenant, event, kind, expected, str(error)))
        return opened

    def found_in(self, feds: Sequence[Fed], findings: Findings) -> list[Value]:
        """Each sealed value once. It may be copied inside its stream, unopened, and nowhere else."""
        values: dict[str, Value] = {}
        for each in feds:
            for value in personal_values(each.event):
                if value.sealed is None:
                    continue
                first = values.setdefault(value.sealed, Value(SealedAt(each.stream, each.engagement_id or each.stream, value.sealed), each))
                if first.event.stream != each.stream:
                    findings.add(Difference.at(self.tenant, each, "seal", "a value of its own", f"that of stream {first.event.stream}"))
        return list(values.values())
