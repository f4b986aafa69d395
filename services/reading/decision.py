"""What is shown is never newer than the decision who may see it, however long a read waits for its rows."""

from __future__ import annotations

from enum import Enum
from typing import Final
from uuid import UUID

import asyncpg

from infra import sql
from infra.eventstore.reading import Reading

SQL: Final = sql.load(__file__)


class Decided(Enum):
    """Why the rows of a snapshot need not be held against a `Look`: nothing that happens to an engagement changes who may see them."""

    BY_ROLE = "Names, programs and sizes of files, which a role shows or withholds, of no engagement."
    PAST = "They only find what is then read from the log, up to a position that was known when it was decided."


async def changed(connection: asyncpg.Connection, tenant: UUID, reading: Reading, *streams: UUID) -> frozenset[UUID]:
    """Those of these streams to which something happened since they were read, as the connection sees them."""
    found = await SQL.stand_at.fetch(connection, tenant_id=tenant, streams=streams)
    return frozenset(row["stream_id"] for row in found if row["version"] != reading.version(row["stream_id"]))
