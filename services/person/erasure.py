"""How far an erasure reaches, and what forbids it: read from the log and the keys, for a read model may lag behind."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.claims import PERSONAL
from domain.organization.state import OrganizationState
from infra import sql
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.postgres import Pool, tenant_transaction, transaction

SQL: Final = sql.load(__file__)


class Reach(NamedTuple):
    """`own` are the engagements that end with the person, `written` those, and other streams, with words of theirs or about them."""

    own: tuple[UUID, ...]
    written: frozenset[UUID]

    @property
    def all(self) -> frozenset[UUID]:
        return self.written | set(self.own)


async def reach(connection: asyncpg.Connection, tenant: UUID, person: UUID) -> Reach:
    """In the caller's transaction."""
    at = {"tenant_id": tenant, "person_id": person}
    own = [row["realm_id"] for row in await SQL.own_realms.fetch(connection, **at)]
    return Reach(tuple(own), frozenset(row["realm_id"] for row in await SQL.written_realms.fetch(connection, **at)))


async def holds(reading: Reading, person: UUID) -> tuple[UUID, ...]:
    """The holds that forbid to erase the person. The organization's stream is guarded by whoever decides on it."""
    source = reading.source
    assert not isinstance(source, asyncpg.Pool)  # it is the connection that the command is decided on
    with outages():
        async with transaction(source, reading.tenant, read_only=True):
            found = await reach(source, reading.tenant, person)
    organization: OrganizationState = reading.state(reading.tenant, "organization")
    return tuple(hold.id for hold in organization.keeping(person, found.all))


async def reach_of(connections: Pool, tenant: UUID, person: UUID) -> Reach:
    """The same for who has no connection of their own yet."""
    with outages():
        async with tenant_transaction(connections, tenant, read_only=True) as connection:
            return await reach(connection, tenant, person)


async def coached(connections: Pool, tenant: UUID, person: UUID) -> list[UUID]:
    """The engagements in which the person is or was coached, alone or with others."""
    with outages():
        async with tenant_transaction(connections, tenant, read_only=True) as connection:
            return [row["stream_id"] for row in await SQL.coached.fetch(connection, tenant_id=tenant, person_id=person)]


async def destroyed(connections: Pool, tenant: UUID, person: UUID, realms: tuple[UUID, ...]) -> list[Any]:
    """The keys of the person and of the realms, with when each was destroyed."""
    with outages():
        async with tenant_transaction(connections, tenant, read_only=True) as connection:
            return list(await SQL.keys.fetch(connection, tenant_id=tenant, person_id=person, realms=list(realms)))


async def destroy(connections: Pool, tenant: UUID, person: UUID, realms: tuple[UUID, ...], organization_version: int) -> bool:
    """Destroys every key of the person and of the realms, and gives back what they claimed. Safe to repeat.

    False when the organization has changed since that version: there may be a hold now.
    """
    with outages():
        return bool(
            await SQL.destroy.value(
                connections.of(tenant),
                tenant=tenant,
                person=person,
                realms=list(realms),
                organization_version=organization_version,
                personal=sorted(PERSONAL),
            )
        )
