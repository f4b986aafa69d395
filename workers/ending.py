"""How an organization ends: its keys at once, for good; after a time of grace everything that is left of it.

The role that changes the schema does it, for no other may delete from the log. The grace is for those who hold proofs: until
it is over, hashes and digests can still be compared. Words are gone from the first moment on, in backups too as soon as the
key-encryption key of that time is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.errors import NotFound
from infra import sql
from infra.blobs import Folder
from services.entry.credential import key_hash
from workers.schema import connected

SQL: Final = sql.load(__file__)


class Ended(NamedTuple):
    """The receipt: how far the log went, how many keys were destroyed, when; and how many rows were dropped by this call.

    `emptied` is true when nothing but the receipt is left.
    """

    tenant: UUID
    position: int
    keys: int
    ended_at: datetime
    emptied: bool
    rows: int = 0


async def end(dsn: str, slug: str, grace: timedelta, blobs: Folder) -> Ended:
    """Ends the organization, and empties it when its grace is over. Each step bears being repeated, so it goes on where it broke off.

    Answers with the last receipt, should the name have had several owners. Raises `NotFound` when no organization has, or had, that name.
    """
    connection = await connected(dsn)
    try:
        receipts = await SQL.end_tenant.fetch(connection, slug=slug, grace=grace)
        if not receipts:
            raise NotFound(f"No organization is called {slug}.")
        return [await emptied(connection, receipt, blobs) for receipt in receipts][-1]
    finally:
        await connection.close()


async def is_strange(dsn: str, slug: str, keys: Iterable[str]) -> bool:
    """Whether an organization that has this name now is another one than these keys open."""
    connection = await connected(dsn)
    try:
        return bool(await SQL.is_strange.value(connection, slug=slug, hashes=[key_hash(key) for key in keys]))
    finally:
        await connection.close()


async def emptied(connection: asyncpg.Connection, receipt: asyncpg.Record, blobs: Folder) -> Ended:
    ended = Ended(receipt["tenant_id"], receipt["position"], receipt["keys"], receipt["ended_at"], receipt["emptied"])
    if ended.emptied or not receipt["is_over"]:
        return ended
    blobs.drop(ended.tenant)
    names = [table["name"] for table in await SQL.tables.fetch(connection)]
    dropped = [await SQL.drop_rows.value(connection, tenant_id=ended.tenant, name=name) for name in names]
    await SQL.note_emptied.execute(connection, tenant_id=ended.tenant)
    return ended._replace(emptied=True, rows=sum(dropped))
