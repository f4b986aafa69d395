"""What a query reads from: the rows of one organization, all of one moment.

A release reads the generations that it names itself, for it cannot decode others: while a newer release's are being filled,
this one goes on with its own, and the newer one answers `NotCaughtUp`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Raw

from infra.eventstore.errors import Unavailable
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from projections import checkpoint
from projections.projection import WHOLE, Opening, Projection, Texts

D = TypeVar("D")
POLL_SECONDS: Final = 0.02
WORDS: Final = msgspec.json.Decoder(dict[str, Raw])


class NotCaughtUp(Unavailable):
    """What was just recorded is not shown yet: try again."""


class Scope(NamedTuple):
    """Which engagements somebody may see: those of this client, coach or sponsor, in these programs.

    With `member_id` also the groups that somebody is a member of today, beside those of the client. Of those that are over only what ended on `open_since` or later. None limits nothing.
    """

    client_id: UUID | None = None
    coach_id: UUID | None = None
    sponsor_id: UUID | None = None
    program_ids: frozenset[UUID] | None = None
    open_since: date | None = None
    member_id: UUID | None = None

    @property
    def row(self) -> dict[str, Any]:
        """Of read models that know no members."""
        return {name: value for name, value in self._asdict().items() if name != "member_id"}

    @property
    def with_member(self) -> dict[str, Any]:
        """Of engagements: the member as the row of a group holds them."""
        member = [{"client_id": str(self.member_id), "left_on": None}]
        return self.row | {"member": None if self.member_id is None else msgspec.json.encode(member).decode()}


class Row(NamedTuple, Generic[D]):
    """A document, and the position of the last event that changed it."""

    key: UUID
    position: int
    document: D


class Snapshot:
    """Made by `snapshot`; lives as long as its transaction."""

    def __init__(self, connection: asyncpg.Connection, tenant: UUID, positions: dict[tuple[str, int], int]) -> None:
        self.connection = connection
        self.tenant = tenant
        self.positions = positions

    async def sealed(self, projection: Projection[D], statement: str, **arguments: Any) -> list[Row[D]]:
        """The rows of a statement that gives key, position and doc; personal values stay sealed."""
        found = await self.fetch(projection, statement, arguments)
        return [Row(row["key"], row["position"], projection.decode(row["doc"])) for row in found]

    async def read(self, projection: Projection[D], statement: str, words: Opening | bool, **arguments: Any) -> list[Row[D]]:
        """As far as a reader has personal values opened."""
        opening = Opening.of(words)
        if not opening:
            return await self.sealed(projection, statement, **arguments)
        return await self.opened(projection, statement, opening, **arguments)

    async def opened(self, projection: Projection[D], statement: str, opening: Opening = WHOLE, **arguments: Any) -> list[Row[D]]:
        """The same with personal values opened, or erased, but for those that are kept."""
        found = await self.fetch(projection, statement, arguments)
        texts = await self.texts(projection, [row["key"] for row in found], opening)
        return [
            Row(row["key"], row["position"], projection.open(row["doc"], texts[row["key"]].of(partial(projection.decode, row["doc"]))))
            for row in found
        ]

    async def texts(self, projection: Projection[Any], keys: list[UUID], opening: Opening = WHOLE) -> dict[UUID, Texts]:
        """What the sealed values of these rows open to."""
        rows = projection.rows()
        found: dict[UUID, dict[bytes, Any]] = {key: {} for key in keys}
        read = await rows.texts.fetch(self.connection, tenant_id=self.tenant, keys=keys)
        values = msgspec.json.decode(f"[{','.join(text['text'] for text in read)}]")  # all at once
        for text, value in zip(read, values, strict=True):
            found[text["key"]][text["ref"]] = value
        return {key: Texts(by_reference, opening) for key, by_reference in found.items()}

    async def words(self, projection: Projection[Any], keys: list[UUID]) -> dict[str, Raw]:
        """The same of all these rows together, each as the JSON that it is: by references in hexadecimal."""
        found = await projection.rows().words.value(self.connection, tenant_id=self.tenant, keys=keys)
        return {} if found is None else WORDS.decode(found)

    async def fetch(self, projection: Projection[Any], statement: str, arguments: dict[str, Any]) -> list[asyncpg.Record]:
        self.position(projection)
        return await projection.sql().statements[statement].fetch(self.connection, tenant_id=self.tenant, **arguments)

    def position(self, *projections: Projection[Any]) -> int:
        """How far all of these have followed; 0 before the first event. Raises `NotCaughtUp` while one is filled for the first time."""
        try:
            return min(self.positions[projection.name, projection.version] for projection in projections)
        except KeyError:
            raise NotCaughtUp from None

    def has_reached(self, position: int, *projections: Projection[Any]) -> bool:
        """Whether all of these have followed up to a position; not while one is filled for the first time."""
        return all(self.positions.get((projection.name, projection.version), -1) >= position for projection in projections)


@asynccontextmanager
async def snapshot(connections: asyncpg.Pool, tenant: UUID) -> AsyncIterator[Snapshot]:
    async with tenant_transaction(connections, tenant, isolation="REPEATABLE READ", read_only=True) as connection:
        yield await of_connection(connection, tenant)


async def of_connection(connection: asyncpg.Connection, tenant: UUID) -> Snapshot:
    """What the caller's own transaction reads from. Where that is not one of a single moment, rows may have followed further than it says."""
    found = await checkpoint.SQL.readable.fetch(connection, tenant_id=tenant)
    return Snapshot(connection, tenant, {(row["projection"], row["generation"]): row["position"] for row in found})


@asynccontextmanager
async def caught_up(
    connections: asyncpg.Pool, tenant: UUID, position: int, *projections: Projection[Any], seconds: float
) -> AsyncIterator[Snapshot]:
    """The same, as soon as all of these have reached a position. Raises `NotCaughtUp` when that takes longer than `seconds`."""
    clock = asyncio.get_running_loop().time
    ends_at = clock() + seconds
    while True:
        with outages():
            async with snapshot(connections, tenant) as rows:
                if rows.has_reached(position, *projections):
                    yield rows
                    return
        if clock() >= ends_at:
            raise NotCaughtUp
        await asyncio.sleep(POLL_SECONDS)
