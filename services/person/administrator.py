"""Whether an organization keeps an administrator: read from the log, for a read model may not have seen yet who left."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg

from domain.person.state import PersonState
from infra import sql
from infra.eventstore.outage import outages
from infra.postgres import transaction
from services.command.call import Call

SQL: Final = sql.load(__file__)


async def another_admin(call: Call) -> bool:
    """Whether somebody else administers the whole organization for good.

    The first who does is guarded from here on: of the last two, who take the role from each other at the same moment, one is
    refused.
    """
    found = await administrators(call)
    await call.reading.load(*found, guard=False)
    for id in found:
        person: PersonState = call.reading.state(id, "person")
        if any(membership.administers_for_good for membership in person.memberships):
            call.reading.guard(id)
            return True
    return False


async def administrators(call: Call) -> list[UUID]:
    """Everybody else who ever was one, in the order of their ids, and of those who were read already anybody: what goes into the same
    append may make them one."""
    source = call.reading.source
    assert not isinstance(source, asyncpg.Pool)  # it is the connection that the command is decided on
    with outages():
        async with transaction(source, call.actor.tenant, read_only=True):
            rows = await SQL.administrators.fetch(source, tenant_id=call.actor.tenant, besides=call.target)
    read = {stream for stream, found in call.reading.streams.items() if found.kind == "person"} - {call.target}
    return sorted({row["stream_id"] for row in rows} | read)
