"""Read models made, built anew and purged. They hold nothing that the log does not: any of them may be lost and rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from infra.eventstore.opening import Opener
from infra.postgres import tenant_transaction
from infra.sql import Statement, load
from projections import checkpoint
from projections.catalogue import PROJECTIONS
from projections.checkpoint import Lag
from projections.document import fold
from projections.projection import Projection
from projections.realm import realms

PAGE: Final = 2000  # events
SQL: Final = load(__file__)


async def ensure(connection: asyncpg.Connection, projections: Sequence[Projection[Any]] = PROJECTIONS) -> None:
    """Makes the tables of every projection at this code's generation, unless they are there. The connection may become the owner.

    In a new database they are read at once; later, the projector lets them be read when it has filled them. Who may read and
    write them is set for the schema as a whole, by the migrations.
    """
    await SQL.as_owner.execute(connection)
    try:
        state = "building" if await SQL.registered.value(connection) else "live"
        for projection in projections:
            for statement in definitions(projection):
                await statement.execute(connection)
            await SQL.register.execute(connection, projection=projection.name, generation=projection.version, state=state)
    finally:
        await SQL.as_before.execute(connection)


def definitions(projection: Projection[Any]) -> Iterator[Statement]:
    """One statement of definition after the other, for they cannot all be sent at once everywhere."""
    rows = projection.rows()
    yield from (statement for name, statement in projection.sql().statements.items() if name.startswith("make"))
    yield from (rows.enable, rows.force, rows.policy)
    if projection.personal is not None:
        yield from (rows.make_texts, rows.make_texts_index, rows.enable_texts, rows.force_texts, rows.policy_texts)


async def rebuild(
    connections: asyncpg.Pool,
    opener: Opener,
    name: str,
    *,
    tenant: UUID | None = None,
    page: int = PAGE,
    tell: Callable[[UUID, int], None] = lambda tenant, position: None,
) -> None:
    """Builds a projection's rows anew from the log, of one organization or of all, one after the other.

    Readers see the old rows until an organization's new ones are complete; where one cannot be rebuilt they stay, and the error
    says which. Runs as `throughline_projector`, beside projectors that go on; it may be broken off and begun again. `tell` takes
    the organization and how many of its events are taken in.
    """
    projection = next(each for each in PROJECTIONS if each.name == name)
    tenants = [row["tenant_id"] for row in await SQL.tenants.fetch(connections)] if tenant is None else [tenant]
    for each in tenants:
        try:
            await rebuild_tenant(connections, opener, projection, each, page, tell)
        except Exception as error:
            error.add_note(f"{name} of organization {each} was not rebuilt: its rows are as before")
            raise


async def rebuild_tenant(
    connections: asyncpg.Pool, opener: Opener, projection: Projection[Any], tenant: UUID, page: int, tell: Callable[[UUID, int], None]
) -> None:
    """One transaction, in which it holds the lease.

    Realm by realm, so that no document is read again, and the order of the log counts only inside of a realm.
    """
    row = Lag(tenant, projection, 0).row
    async with tenant_transaction(connections, tenant) as connection:
        await checkpoint.SQL.begin.execute(connection, **row)
        await checkpoint.SQL.hold.value(connection, **row)
        await projection.rows().clear.execute(connection, tenant_id=tenant)
        if projection.personal is not None:
            await projection.rows().clear_texts.execute(connection, tenant_id=tenant)
        until = await SQL.head.value(connection, tenant_id=tenant) or 0
        done = 0
        async for events in realms(connection, tenant, until, page):
            await fold(connection, tenant, projection, events, opener)
            done += len(events)
            tell(tenant, done)
        await checkpoint.SQL.advance.execute(connection, **row, position=until)


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
