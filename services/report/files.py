"""The files of reports: sealed for whom they are about before they are kept, so that erasing a person erases them, too."""

from __future__ import annotations

import asyncio
import base64
from typing import NamedTuple
from uuid import UUID

from domain.errors import SubjectErased
from infra.blobs import Blobs
from infra.eventstore.outage import outages
from infra.eventstore.sealing import Place, open_sealed, seal, split
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool


class About(NamedTuple):
    """Which report of which organization, and whose key seals it: the client's in the engagement's realm, or the program's."""

    tenant: UUID
    report: UUID
    holder: Holder

    @property
    def place(self) -> Place:
        return Place(self.tenant, self.report, self.holder.realm)


class Files:
    def __init__(self, connections: Pool, vault: Vault, blobs: Blobs) -> None:
        self.connections = connections
        self.vault = vault
        self.blobs = blobs

    async def keep(self, about: About, content: bytes) -> str:
        """The key that it is kept under; of the same content another one each time. Raises `SubjectErased` and `Unavailable`."""
        with outages():
            keys = await self.vault.sealing_keys(self.connections.of(about.tenant), about.tenant, [about.holder])
        sealed = seal(content, keys[about.holder], about.place)
        return await asyncio.to_thread(self.blobs.put, about.tenant, sealed.encode())

    async def fetch(self, about: About, key: str) -> bytes:
        """Raises `SubjectErased` when its key was destroyed, and `Unavailable`."""
        sealed = (await asyncio.to_thread(self.blobs.get, about.tenant, key)).decode()
        wanted = (about.holder, split(sealed).key_v)
        with outages():
            found = (await self.vault.opening_keys(self.connections.of(about.tenant), about.tenant, [wanted]))[wanted]
        if found is None:
            raise SubjectErased
        return base64.b64decode(open_sealed(sealed, found, about.place))

    async def discard(self, about: About, key: str) -> None:
        await asyncio.to_thread(self.blobs.delete, about.tenant, key)
