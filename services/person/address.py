"""Who has an address today: asked of the log by the keyed hash that keeps it one person's, and no address is opened for it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from domain.claims import EMAIL, email_1
from infra import sql
from infra.eventstore.outage import outages
from services.reading.reads import Look, Reads

SQL: Final = sql.load(__file__)


async def holder(reads: Reads, look: Look, address: str) -> UUID | None:
    """None: nobody of the organization, whatever the upper and lower case it is written in. Raises `Unavailable`."""
    key = await look.reading.claim_key(EMAIL, email_1(address), True)
    tenant = look.actor.tenant
    with outages():
        rows = await SQL.holder.fetch(reads.share(tenant), tenant=tenant, kind=EMAIL, keys=[key])
    return next((row["stream_id"] for row in rows), None)
