"""The short names of organizations, which must be unique in the whole installation."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from infra import sql
from infra.eventstore.outage import outages

SQL: Final = sql.load(__file__)


class Named(NamedTuple):
    """Whose a short name is, and whether it is theirs for good or only reserved."""

    tenant: UUID
    confirmed: bool


class Directory:
    """Reserve a name, append, confirm it; each may be repeated for the same organization."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool

    async def reserve(self, tenant: UUID, slug: str) -> bool:
        """False when another organization has the name."""
        with outages():
            return bool(await SQL.reserve_slug.value(self.pool, tenant=tenant, slug=slug))

    async def find(self, slug: str) -> Named | None:
        """Who has the name, exactly as it is written."""
        with outages():
            row = await SQL.find_slug.first(self.pool, slug=slug)
        return Named(row["tenant_id"], row["state"] == "active") if row else None

    async def confirm(self, tenant: UUID) -> None:
        """The organization is registered, so its name is its own for good."""
        with outages():
            await SQL.confirm_slug.execute(self.pool, tenant=tenant)
