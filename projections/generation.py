"""Generations of read models that no release reads any more: found, and dropped.

A release reads the generations that it names itself (`projections/catalogue.py`). A newer one makes its own beside them, which
projectors fill while the older release goes on, so that there is nothing to switch and nobody is kept waiting; as long as both
stand, the older release can come back. Projectors of a release follow only its own: those of the older one run until its last API
has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import asyncpg

from infra.postgres import transaction
from infra.sql import load
from projections.catalogue import PROJECTIONS
from projections.projection import Projection

SQL: Final = load(__file__)


class Generation(NamedTuple):
    """A generation of a read model's tables."""

    projection: str
    number: int


async def missing(connection: asyncpg.Connection, projections: Sequence[Projection[Any]] = PROJECTIONS) -> list[str]:
    """The tables of this release that are not made yet, as any role may know."""
    tables = [f"{each.name}_g{each.version}" for each in projections]
    return [row["name"] for row in await SQL.missing.fetch(connection, tables=tables)]


async def older(connection: asyncpg.Connection, projections: Sequence[Projection[Any]] = PROJECTIONS) -> list[Generation]:
    """The generations of an earlier release whose successors are filled."""
    names, numbers = [each.name for each in projections], [each.version for each in projections]
    return [Generation(*row) for row in await SQL.older.fetch(connection, projections=names, generations=numbers)]


async def drop(owner: asyncpg.Connection, connection: asyncpg.Connection, generation: Generation) -> None:
    """Drops a generation for ever, as `throughline_owner` may, and its checkpoints, as `throughline_projector` may.

    Broken off, it may be called again: the row that names the generation goes last.
    """
    named = next(each for each in PROJECTIONS if each.name == generation.projection)
    rows = named.rows(generation.number)
    await SQL.as_owner.execute(owner)
    try:
        await rows.drop.execute(owner)
        await rows.drop_text_table.execute(owner)
    finally:
        await SQL.as_before.execute(owner)
    for tenant in await SQL.followed.fetch(connection, projection=generation.projection, generation=generation.number):
        async with transaction(connection, tenant["tenant_id"]):
            await SQL.forget.execute(
                connection, tenant_id=tenant["tenant_id"], projection=generation.projection, generation=generation.number
            )
    await SQL.unregister.execute(connection, projection=generation.projection, generation=generation.number)
