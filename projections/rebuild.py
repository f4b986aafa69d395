"""Read models made, built anew and purged. They hold nothing that the log does not: any of them may be lost and rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from infra import citus
from infra.eventstore.errors import SchemaDiffers
from infra.eventstore.opening import Opener
from infra.postgres import tenant_transaction
from infra.sql import Statement, load
from projections import checkpoint
from projections.ahead import ahead
from projections.catalogue import PROJECTIONS
from projections.checkpoint import Lag
from projections.document import fold
from projections.projection import Projection, types_read
from projections.realm import realms

PAGE: Final = 2000  # events at a time, or the realm with more than that
SQL: Final = load(__file__)


async def ensure(connection: asyncpg.Connection, projections: Sequence[Projection[Any]] = PROJECTIONS) -> None:
    """Makes the tables of every projection at this code's generation, unless they are there. The connection may become the owner.

    In a new database they are read at once; later, the projector lets them be read when it has filled them. Who may read and
    write them is set for the schema as a whole, by the migrations. Where the log is spread over a cluster they are spread with it.
    """
    is_cluster = await citus.is_distributed(connection)
    state = "building" if await SQL.registered.value(connection) else "live"
    for projection in projections:
        await make(connection, projection, is_cluster=is_cluster)
        if is_cluster:
            await citus.distribute(connection)
        await SQL.register.execute(connection, projection=projection.name, generation=projection.version, state=state)


async def make(connection: asyncpg.Connection, projection: Projection[Any], *, is_cluster: bool) -> None:
    """Its tables. A spread one is changed by who connected, since the owner cannot log in on the other nodes."""
    if is_cluster and await projection.rows().is_spread.value(connection):
        for statement in definitions(projection, forced=False):
            await statement.execute(connection)
        return
    await SQL.as_owner.execute(connection)
    try:
        for statement in definitions(projection, forced=not is_cluster):
            await statement.execute(connection)
    finally:
        await SQL.as_before.execute(connection)


def definitions(projection: Projection[Any], *, forced: bool) -> Iterator[Statement]:
    """One statement of definition after the other, for they cannot all be sent at once everywhere."""
    rows = projection.rows()
    yield from (statement for name, statement in projection.sql().statements.items() if name.startswith("make"))
    yield from (rows.enable, rows.policy)
    if projection.personal is not None:
        yield from (rows.make_texts, rows.make_texts_index, rows.enable_texts, rows.policy_texts)
    if forced:
        yield rows.force
        if projection.personal is not None:
            yield rows.force_texts


class Rebuild(NamedTuple):
    """A rebuild of all organizations that is under way: since when, and those that wait, the longest log first, with its length."""

    began_at: datetime
    waiting: dict[UUID, int]


async def begin(connections: asyncpg.Pool, projection: Projection[Any], *, afresh: bool = False) -> Rebuild:
    """Begins, or goes on with one that was broken off, unless `afresh`: then also what that has done is done again.

    Raises `SchemaDiffers` when there is no such generation.
    """
    at = {"projection": projection.name, "generation": projection.version}
    await SQL.begin.execute(connections, **at, afresh=afresh)
    began_at = await SQL.began.value(connections, **at)
    if began_at is None:
        raise SchemaDiffers
    waiting = await SQL.waiting.fetch(connections, **at, since=began_at)
    return Rebuild(began_at, {row["tenant_id"]: row["position"] for row in waiting})


async def head(connections: asyncpg.Pool, tenant: UUID) -> int:
    """How many events an organization has."""
    return await SQL.head.value(connections, tenant_id=tenant) or 0


async def end(connections: asyncpg.Pool, projection: Projection[Any], began_at: datetime) -> None:
    """The next one begins with every organization."""
    await SQL.end.execute(connections, projection=projection.name, generation=projection.version, began_at=began_at)


async def rebuild(
    connections: asyncpg.Pool,
    opener: Opener,
    projection: Projection[Any],
    tenant: UUID,
    *,
    since: datetime | None = None,
    page: int = PAGE,
    tell: Callable[[int], None] = lambda events: None,
) -> int:
    """Builds an organization's rows anew from its log, unless that was done `since`; returns the position that they have reached.

    One transaction, in which it holds the lease: readers see the old rows until it commits, and when it fails they stay. Realm by
    realm, so that no document is read again, in memory that does not grow with the log. `tell` takes the number of events that
    were taken in meanwhile. Runs as `throughline_projector`, beside projectors that go on, and needs two connections: while one
    writes, the other reads ahead. (COPY would be faster still, but the server refuses it on tables with row security.)
    """
    row = Lag(tenant, projection, 0).row
    async with tenant_transaction(connections, tenant) as writing:
        await checkpoint.SQL.begin.execute(writing, **row)
        held = await checkpoint.SQL.hold.first(writing, **row)
        assert held is not None  # it has just been made
        if since is not None and held["rebuilt_at"] is not None and held["rebuilt_at"] >= since:
            return int(held["position"])
        await projection.rows().clear.execute(writing, tenant_id=tenant)
        if projection.personal is not None:
            await projection.rows().clear_texts.execute(writing, tenant_id=tenant)
        async with tenant_transaction(connections, tenant, isolation="REPEATABLE READ", read_only=True) as reading:
            until: int = await SQL.head.value(reading, tenant_id=tenant) or 0
            unknown = 0
            async with aclosing(ahead(realms(reading, tenant, until, page, types_read([projection])))) as groups:
                async for group in groups:
                    await fold(writing, tenant, projection, group.events, opener, is_empty=True)
                    unknown += group.unknown
                    tell(group.found)
        await checkpoint.SQL.rebuilt.execute(writing, **row, position=until, unknown=unknown)
    return until


async def purge(connections: asyncpg.Pool, tenant: UUID, *, subject: UUID | None = None, realm: UUID | None = None) -> None:
    """Deletes a person's plain text everywhere or in a realm, or everybody's in a realm. The keys must be destroyed before.

    It waits for the page that is being projected: what that opened while the key lived is deleted with the rest, and what
    comes later does not open any more.
    """
    async with tenant_transaction(connections, tenant) as connection:
        for projection in PROJECTIONS:
            if projection.personal is None:
                continue
            for row in await SQL.generations.fetch(connection, projection=projection.name):
                at = {"tenant_id": tenant, "projection": projection.name, "generation": row["generation"]}
                await checkpoint.SQL.begin.execute(connection, **at)  # waits also for a first page, whose row is not there yet
                await checkpoint.SQL.hold.value(connection, **at)
                await projection.rows(row["generation"]).purge_texts.execute(
                    connection, tenant_id=tenant, subject_id=subject, realm_id=realm
                )
