"""Many commands about one stream, decided one after the other and appended together: how an import writes.

Nothing goes round the rules: each row is judged as if it had been sent at its time, by who gave it. An append holds at most
500 events, so a long stream takes several; each has a command id of its own, so an import that was killed goes on after the
last one that was written. A stream of which one row is refused gets none of its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from domain.command import Command
from domain.engagement.commands import SignAgreement
from domain.errors import Refusal
from domain.plan.commands import ApprovePlan
from infra.eventstore.reading import Reading
from infra.eventstore.store import Intent
from services.actor import Actor
from services.command.execution import Attempt, Commands, Once
from services.command.identity import IDS, Ids
from services.errors import RowRefused

ROWS: Final = 250
"""Rows of one append. No command leads to more than two events."""
VERSION_7: Final = (0x7 << 76) | (0b10 << 62)
FREE: Final = (1 << 80) - (0xF << 76) - (0b11 << 62) - IDS  # without the bits of version and variant, and the last five, to count in
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """One command of an import: by whom and when it was given, and where it stands in what is imported.

    `id` is the first of the ids that it may make something under (see `named_id`); the same row has the same id each time.
    """

    actor: Actor
    command: Command
    at: datetime
    id: UUID
    place: str


class Batch(NamedTuple):
    """All rows of one stream, oldest first. `name` is its own among everything that its import will ever write."""

    tenant: UUID
    stream: UUID
    importer: UUID
    name: str
    rows: Sequence[Row]


READ: Final[Mapping[type[Command], Callable[[Any], dict[str, Any]]]] = {
    SignAgreement: lambda engagement: {"digest": engagement.digest},
    ApprovePlan: lambda plan: {"plan_version": plan.plan_version, "digest": plan.digest},
}
"""What binds a signature to what was read. An imported one signs what the stream says at its place."""


class RowAttempt(Attempt):
    """A row as an attempt: its time and ids are its own."""

    def __init__(self, row: Row, stream: UUID, commands: Commands) -> None:
        super().__init__(row.actor, row.command, stream, None, row.at, commands.directory, ids_of(row.id))
        self.place = row.place

    async def decide(self, reading: Reading) -> Intent:
        """Raises `RowRefused`."""
        try:
            if read := READ.get(type(self.command)):
                self.command = msgspec.structs.replace(self.command, **read(reading.state(self.stream, self.entry.noun)))
            return await super().decide(reading)
        except Refusal as refusal:
            raise RowRefused(self.place, refusal) from refusal


async def register(commands: Commands, row: Row) -> None:
    """The organization of an import, whose keys are made with it: so there is no command id, and a repetition changes nothing."""
    attempt = RowAttempt(row, row.actor.tenant, commands)
    await commands.store.execute(row.actor.tenant, attempt.streams(), attempt.decide)
    await commands.directory.confirm(row.actor.tenant)


async def write(commands: Commands, batch: Batch) -> int:
    """Writes what is not written yet; returns where the log ends with the last of it.

    Raises `RowRefused`, also where other rows were written under this name before, or `Unavailable`.
    """
    store, position = commands.store, 0
    attempts = [RowAttempt(row, batch.stream, commands) for row in batch.rows]
    chunks = [slice(first, first + ROWS) for first in range(0, len(attempts), ROWS)]
    keys = [await store.command_key(batch.tenant, batch.importer, *once_of(batch, chunk)) for chunk in chunks]
    if len(chunks) > 1:
        await store.rehearse(batch.tenant, read_by(attempts), [attempt.decide for attempt in attempts], keys[0])
    for chunk, key in zip(chunks, keys, strict=True):
        some = attempts[chunk]
        try:
            done = await store.execute_all(batch.tenant, read_by(some), [attempt.decide for attempt in some], key=key)
        except Refusal as refusal:  # by the append, or by what was written before
            raise RowRefused(batch.name, refusal) from refusal
        position = done.position
        commands.appended()
    return position


def once_of(batch: Batch, chunk: slice) -> Once:
    """The name of a part of the batch, and what is in it."""
    rows = [(row.actor.person_id, row.actor.role, type(row.command).__name__, row.command, row.at, row.id) for row in batch.rows[chunk]]
    return Once(f"{batch.name} {chunk.start}", "IMPORT", batch.name, msgspec.json.encode(rows))


def read_by(attempts: Sequence[Attempt]) -> list[UUID]:
    """What one round trip reads for all of them."""
    return list(dict.fromkeys(stream for attempt in attempts for stream in attempt.streams()))


def named_id(at: datetime, name: str) -> UUID:
    """A UUIDv7 that is the same for the same time and name (RFC 9562, 5.7): an import that is repeated makes the same ids."""
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    rest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:10], "big")
    return UUID(int=(milliseconds << 80) | (rest & FREE) | VERSION_7)


def ids_of(first: UUID) -> Ids:
    """The ids that a row may use: the one given, and those that follow it (RFC 9562, 6.2: a counter in the random bits)."""
    return Ids(lambda number: UUID(int=first.int + number))
