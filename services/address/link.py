"""The links in the mails about another address. Each names the person; the rest is a signature over what it is for and in which version
the address was named, by the organization's own key. So nobody makes one, nothing of it is stored, and that of an earlier one is void.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args
from uuid import UUID

from infra.eventstore.answer import SECRET, Link
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.postgres import Pool

PAGE: Final = "/address"
Purpose: TypeAlias = Literal["confirm", "stop"]
"""What the mail to the new address lets do, and what that to the old one does."""
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)


class AddressLinks:
    """Those of one installation."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self.pool = pool
        self.vault = vault

    async def path(self, tenant: UUID, person: UUID, purpose: Purpose, asked: int) -> str:
        """The same for the same address that waits. Raises `NoKeys` or `Unavailable`."""
        return f"{PAGE}/{Link(tenant, person, await self.signature(tenant, person, purpose, asked)).text()}"

    async def signature(self, tenant: UUID, person: UUID, purpose: Purpose, asked: int) -> bytes:
        """Of 200 bits."""
        content = b"throughline-address-link-v1\n" + person.bytes + f"{purpose}\n{asked}".encode()
        with outages():
            signed = await self.vault.index_hash(self.pool.of(tenant), tenant, content)
        return signed[:SECRET]
