"""Every organization's rows built anew, one after the other, and a read model as the next release has it."""

from __future__ import annotations

from typing import Any

import asyncpg

from infra.eventstore.opening import Opener
from projections import rebuild
from projections.projection import Projection


async def rebuild_all(connections: asyncpg.Pool, opener: Opener, projection: Projection[Any], *, page: int = rebuild.PAGE) -> None:
    began_at, waiting = await rebuild.begin(connections, projection)
    for tenant in waiting:
        await rebuild.rebuild(connections, opener, projection, tenant, page=page)
    await rebuild.end(connections, projection, began_at)


def newer(projection: Projection[Any], version: int) -> Projection[Any]:
    """A projection in a version to come."""
    return Projection(
        projection.module,
        name=projection.name,
        version=version,
        document=projection.document,
        reads=projection.reads,
        key=projection.key,
        apply=projection.apply,
        personal=projection.personal,
    )
