"""Opens sealed values for a reader, many at once: one look-up of keys, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.values import ERASED, Personal
from infra.eventstore.outage import outages
from infra.eventstore.sealing import Place, split, unsealed
from infra.eventstore.vault import Holder, Source, Vault


class SealedAt(NamedTuple):
    """A sealed value and where it stands. The realm is the engagement of the stream, or else the stream itself."""

    stream: UUID
    realm: UUID
    text: str


class Opener:
    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    async def open(self, source: Source, tenant: UUID, values: Iterable[SealedAt]) -> dict[str, Any]:
        """Sealed text -> value, or `ERASED` when its key is destroyed. A value is a JSON builtin: a date is its text.

        Keys are looked up each time, so what is erased opens no more. Raises `KeyUnavailable` and `SealBroken`.
        """
        places = {each.text: each for each in values}
        sealed = {text: split(text) for text in places}
        keys = {text: (Holder(sealed[text].subject, at.realm), sealed[text].key_v) for text, at in places.items()}
        there = await self.vault.opening_keys(source, tenant, keys.values())
        opened: dict[str, Any] = {}
        for text, at in places.items():
            key = there[keys[text]]
            opened[text] = ERASED if key is None else unsealed(sealed[text], key, Place(tenant, at.stream, at.realm))
        return opened

    async def plain(
        self, source: Source, tenant: UUID, stream: UUID, values: Sequence[Personal[Any] | None], realm: UUID | None = None
    ) -> list[Any]:
        """What values of one stream say, in their order: None where there is none, or it is erased. Raises `Unavailable` and `SealBroken`.

        Without a realm the stream belongs to no engagement.
        """
        sealed = [None if value is None else value.sealed for value in values]
        places = [SealedAt(stream, realm or stream, text) for text in sealed if text is not None]
        with outages():
            opened = await self.open(source, tenant, places)
        return [None if text is None or opened[text] is ERASED else opened[text] for text in sealed]
