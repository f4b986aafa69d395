"""The plain text of who was erased goes from a read model, when it follows to the event that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from domain.person.events import PersonErased
from infra.eventstore.feed import Fed
from infra.sql import load
from projections.projection import Projection

SQL: Final = load(__file__)


async def forget(connection: asyncpg.Connection, tenant: UUID, projection: Projection[Any], page: Sequence[Fed]) -> None:
    """Deletes what stands in the clear of those who were erased in this page, and of the realms that ended with them.

    Their keys were destroyed before: what an earlier page had opened goes here, and no later one, nor a rebuild, opens it again. So do the
    texts of other generations, which nobody may follow any more.
    """
    erased = [(fed.stream, fed.event.realms) for fed in page if isinstance(fed.event, PersonErased)]
    if not erased or projection.personal is None:
        return
    for found in await SQL.generations.fetch(connection, projection=projection.name):
        rows = projection.rows(found["generation"])
        for person, realms in erased:
            await rows.purge_texts.execute(connection, tenant_id=tenant, subject_id=person, realm_id=None)
            for realm in realms:
                await rows.purge_texts.execute(connection, tenant_id=tenant, subject_id=None, realm_id=realm)
