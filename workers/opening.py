"""Whether the key file is the one that the database was written with: the wrong one is noticed late, for rows are in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import asyncpg

from infra import sql
from infra.eventstore.vault import Vault
from infra.keys import KeyProvider

SQL: Final = sql.load(__file__)


SEES_ALL: Final = "throughline_projector"


async def require_keys(connection: asyncpg.Connection, provider: KeyProvider) -> int:
    """Opens the keys of every organization, and answers how many there are.

    The connection is one that sees them all, such as the projector's. Raises `KeyUnavailable` for the first that does not open.
    """
    return await opened(connection, provider, await SQL.tenants.fetch(connection))


async def require_some_keys(connection: asyncpg.Connection, role: str, provider: KeyProvider) -> None:
    """Opens the keys of the oldest and of the newest organization, for a process that starts as that role.

    Without it, the process would run, and refuse every write. Raises `KeyUnavailable`, which names the file and the cure.
    """
    some = SQL.ends if role == SEES_ALL else SQL.some_tenants
    await opened(connection, provider, await some.fetch(connection))


async def opened(connection: asyncpg.Connection, provider: KeyProvider, rows: Sequence[asyncpg.Record]) -> int:
    vault = Vault(provider)
    for row in rows:
        await vault.index_hash(connection, row["tenant_id"], b"")
    return len(rows)
