"""Whose an address is, asked on the connection of a command that is being decided."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg

from domain.claims import EMAIL
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.postgres import transaction
from infra.sql import load

SQL: Final = load(__file__)


async def holder_of(reading: Reading, address: bytes) -> UUID | None:
    """The person who has the address, given as the key of its claim; None of nobody's."""
    assert not isinstance(reading.source, asyncpg.Pool)  # it is the connection that the command is decided on
    with outages():
        async with transaction(reading.source, reading.tenant, read_only=True):
            holder: UUID | None = await SQL.holder.value(reading.source, tenant_id=reading.tenant, kind=EMAIL, key=address)
    return holder
