"""The link in the mail of a reminder. It names the reminder, which says in the log whose it is, what it is about and since when; the
rest of it is a signature by the organization's own key, so that nobody makes one, and nothing of it is stored anywhere.

What uses it up is what it is for: an action that is done, a value that was measured and a session that was rated need no second one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from infra.eventstore.answer import SECRET, Link
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.postgres import Pool

PAGE: Final = "/act"
LASTS: Final = timedelta(days=14)
"""From when the reminder was due: mails are read after a holiday, and asked about again before that."""


class ActLinks:
    """Those of one installation."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self.pool = pool
        self.vault = vault

    async def path(self, tenant: UUID, reminder: UUID) -> str:
        """The same for the same reminder for ever. Raises `NoKeys` or `Unavailable`."""
        return f"{PAGE}/{Link(tenant, reminder, await self.signature(tenant, reminder)).text()}"

    async def signature(self, tenant: UUID, reminder: UUID) -> bytes:
        """Of 200 bits, as many as are random in a rater's link."""
        with outages():
            signed = await self.vault.index_hash(self.pool.of(tenant), tenant, b"throughline-act-link-v1\n" + reminder.bytes)
        return signed[:SECRET]
