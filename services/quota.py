"""What an organization may use at most: set by the operator, kept beside its short name, and known before its log is read."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg
from msgspec import Struct

from infra import sql
from infra.eventstore.outage import outages

SQL: Final = sql.load(__file__)
REQUESTS_PER_MINUTE: Final = 6000
"""Where the operator set none: a firm of 40 coaches stays far below it, and a loop that went wild does not."""


class Quota(Struct, frozen=True, kw_only=True):
    """The most of each; None: as much as there is room for. A megabyte is a million bytes.

    `people` are those whose address is on record, `engagements` those that are active, `storage_mb` the files of reports.
    """

    people: int | None = None
    engagements: int | None = None
    requests_per_minute: int = REQUESTS_PER_MINUTE
    storage_mb: int | None = None


async def quota_of(connection: asyncpg.Pool | asyncpg.Connection, tenant: UUID) -> Quota:
    """One look-up by key. Of an organization that there is not: the defaults."""
    with outages():
        row = await SQL.quota_of.first(connection, tenant=tenant)
    return Quota(**{name: value for name, value in row.items() if value is not None}) if row else Quota()


async def set_quota(connection: asyncpg.Pool, tenant: UUID, quota: Quota) -> bool:
    """Puts it in the place of what held. False when there is no such organization."""
    with outages():
        return bool(
            await SQL.set_quota.value(
                connection,
                tenant=tenant,
                people=quota.people,
                engagements=quota.engagements,
                requests_per_minute=None if quota.requests_per_minute == REQUESTS_PER_MINUTE else quota.requests_per_minute,
                storage_mb=quota.storage_mb,
            )
        )
