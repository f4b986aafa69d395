"""What an organization may use at most: set by the operator, kept beside its short name, and known before its log is read."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg
from msgspec import Struct

from domain.engagement.events import EngagementActivated
from domain.event import STORED, Event
from domain.person.events import PersonRegistered
from infra import sql
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Source
from projections.current import report_bytes

SQL: Final = sql.load(__file__)


class Quota(Struct, frozen=True, kw_only=True):
    """The most of each; None: as much as there is room for, and of requests as many as the installation allows every organization.

    A megabyte is a million bytes. `people` are those who were registered, `engagements` those whose coaching began and is
    not over, `storage_mb` the files of reports that are kept.
    The first two hold however many come at once; a report is asked for as long as there is room, for its size is known once it is
    made.
    """

    people: int | None = None
    engagements: int | None = None
    requests_per_minute: int | None = None
    storage_mb: int | None = None


MEGABYTE: Final = 1_000_000
LAST: Final = 2**63 - 1
"""Beyond every position of a log."""


async def quota_of(connection: Source, tenant: UUID) -> Quota:
    """One look-up by key. Of an organization that there is not: as where the operator set none."""
    with outages():
        row = await SQL.quota_of.first(connection, tenant=tenant)
    return Quota(**row) if row else Quota()


async def set_quota(connection: asyncpg.Pool, tenant: UUID, quota: Quota) -> bool:
    """Puts it in the place of what held. False when there is no such organization."""
    with outages():
        return bool(
            await SQL.set_quota.value(
                connection,
                tenant=tenant,
                people=quota.people,
                engagements=quota.engagements,
                requests_per_minute=quota.requests_per_minute,
                storage_mb=quota.storage_mb,
            )
        )


async def people_left(reading: Reading) -> int | None:
    """How many more may be registered, None: any number. Should others come first, the command is tried again."""
    at_most = (await quota_of(reading.source, reading.tenant)).people
    return None if at_most is None else await places_left(reading, PersonRegistered, at_most)


async def engagements_left(reading: Reading) -> int | None:
    """How many more may be activated, None: any number. Should others come first, the command is tried again.

    What has ended by now leaves its place to another. What ends until the append leaves one more, which the next finds.
    """
    at_most = (await quota_of(reading.source, reading.tenant)).engagements
    if at_most is None:
        return None
    until = reading.head.position if reading.head else 0
    return await places_left(reading, EngagementActivated, at_most + await ended(reading.source, reading.tenant, until))


async def engagements_open(source: Source, tenant: UUID) -> int:
    """How many engagements have begun and are not over."""
    return await counted(source, tenant, STORED[EngagementActivated].name) - await ended(source, tenant)


async def bytes_left(reading: Reading) -> int | None:
    """How much more room the files of reports have, None: any amount."""
    at_most = (await quota_of(reading.source, reading.tenant)).storage_mb
    return None if at_most is None else at_most * MEGABYTE - await report_bytes(reading.source, reading.tenant)


async def places_left(reading: Reading, kind: type[Event], at_most: int) -> int:
    """How many more events of a type there may be. It is counted again under the lock of the append, which is guarded from here on.

    Counted is up to where the log ended when it was read: so who asks for the same thing again, with what they asked for before
    appended meanwhile, is not refused for it. Those that are about to be appended by who decided before in the same append count.
    """
    name, until = STORED[kind].name, reading.head.position if reading.head else 0
    reading.limits[name] = at_most
    return at_most - await counted(reading.source, reading.tenant, name, until) - reading.added[name]


async def ended(source: Source, tenant: UUID, until: int = LAST) -> int:
    """How many engagements that had begun were over, up to a position."""
    with outages():
        return int(await SQL.count_ended.value(source, tenant=tenant, until=until))


async def counted(source: Source, tenant: UUID, name: str, until: int = LAST) -> int:
    """How many events of a type that is limited there are, up to a position."""
    with outages():
        return int(await SQL.count_limited.value(source, tenant=tenant, type=name, until=until))
