"""One writer of events, on a connection that it holds, in each of the ways that are compared: an event a call, of 300 bytes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

import asyncpg
import msgspec
from eventsourcing.persistence import ApplicationRecorder, StoredEvent

from domain.event import STORED
from domain.person.events import PersonRegistered
from infra.eventstore.append import AppendClaim, AppendCommand, AppendEvent, AppendStream, UsedKey, append
from infra.eventstore.codec import encode
from infra.eventstore.sealing import Place, SubjectKey, seal
from infra.sql import load
from tests.infra.told import actors, new_id, person

SQL: Final = load(__file__)
NAME, SCHEMA_V = STORED[PersonRegistered]
PAYLOAD: Final = os.urandom(300)
AT: Final = datetime(2026, 1, 5, tzinfo=UTC)


class Firm(NamedTuple):
    """An organization, and a person of it whose words can be sealed."""

    tenant: UUID
    key: SubjectKey
    realm: UUID


class Refused(Exception):
    """An append that was to succeed did not."""


class Appending:
    """Appends an event to a stream, in a call of its own."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.meta = msgspec.json.encode(actors(new_id()))

    async def append(self, tenant: UUID, stream: UUID, version: int, payload: bytes = PAYLOAD, **more: Any) -> None:
        event = AppendEvent(1, NAME, SCHEMA_V, None, self.meta, payload)
        done = await append(self.connection, tenant, [AppendStream(stream, version)], [event], **more)
        if done.status != "ok":
            raise Refused(done.status)


def anew() -> AppendCommand:
    """A command that was not executed before."""
    return AppendCommand(uuid4(), os.urandom(32), b"{}")


class Writer(Appending):
    """Writes to a random one of the firms, into a stream of its own there, which grows."""

    def __init__(self, connection: asyncpg.Connection, library: ApplicationRecorder, firms: Sequence[Firm], seed: int) -> None:
        super().__init__(connection)
        self.library, self.firms = library, firms
        self.chance = Random(seed)
        self.streams: dict[tuple[str, UUID], list[Any]] = {}  # way and tenant -> stream, version

    def next(self, way: str) -> tuple[Firm, UUID, int]:
        """A firm, a stream of it, and the version that the stream is at."""
        firm = self.chance.choice(self.firms)
        stream = self.streams.setdefault((way, firm.tenant), [new_id(), 0])
        stream[1] += 1
        return firm, stream[0], stream[1] - 1

    async def bare(self) -> None:
        firm, stream, version = self.next("bare")
        await SQL.insert.execute(
            self.connection,
            **{"tenant_id": firm.tenant, "stream_id": stream, "version": version},
            **{"types": [NAME], "schema_vs": [SCHEMA_V], "occurred": [AT], "metas": [self.meta], "payloads": [PAYLOAD]},
        )

    async def plain(self) -> None:
        """No command row."""
        firm, stream, version = self.next("ours")
        await self.append(firm.tenant, stream, version)

    async def command(self) -> None:
        firm, stream, version = self.next("ours")
        await self.append(firm.tenant, stream, version, command=anew())

    async def whole(self) -> None:
        """A command row, a claim, and two personal values sealed here and now, whose key is checked."""
        firm, stream, version = self.next("ours")
        place = Place(firm.tenant, stream, firm.realm)
        await self.append(
            firm.tenant,
            stream,
            version,
            encode(person(firm.key.subject), lambda value: seal(value.plain(), firm.key, place)),
            command=anew(),
            claims=[AppendClaim(1, "person-email", os.urandom(32))],
            keys=[UsedKey(firm.key.subject, firm.realm, firm.key.v)],
        )

    def recorded(self) -> None:
        """By the library's recorder, which knows no tenants."""
        _, stream, version = self.next("library")
        self.library.insert_events([StoredEvent(stream, version + 1, NAME, PAYLOAD)])
