"""Whether the key file is the one that the database was written with: the wrong one is noticed late, for rows are in plain text."""

from __future__ import annotations

from typing import Final

import asyncpg

from infra import sql
from infra.eventstore.vault import Vault
from infra.keys import KeyProvider

SQL: Final = sql.load(__file__)


async def require_keys(connection: asyncpg.Connection, provider: KeyProvider) -> int:
    """Opens the keys of every organization, and answers how many there are.

    The connection is one that sees them all, such as the projector's. Raises `KeyUnavailable` for the first that does not open.
    """
    vault = Vault(provider)
    tenants = [row["tenant_id"] for row in await SQL.tenants.fetch(connection)]
    for tenant in tenants:
        await vault.index_hash(connection, tenant, b"")
    return len(tenants)
