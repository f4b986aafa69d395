"""Streams as they stood at a moment: what was known then, and of that what it says of the time up to then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.errors import NotFound, StreamErased
from domain.hindsight import CORRECTIONS, said_of
from domain.nouns import Noun
from infra.eventstore import codec
from infra.eventstore.feed import event_id
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.eventstore.stream import Stream, recorded
from infra.eventstore.vault import Source, Vault

AS_OF: Final = "SELECT * FROM es.hindsight($1, $2, $3, $4, $5, $6, $7)"


class At(NamedTuple):
    """A moment on two clocks. The record clock is a position or, without one, a time; without either it stands at the end of the log.

    `occurred` is the business clock: only what had happened by then counts. Without it everything that was recorded does.
    """

    position: int | None = None
    recorded: datetime | None = None
    occurred: datetime | None = None


class Mark(NamedTuple):
    """An event by which anybody can check what was read: its place, and the SHA-256 of what is stored there."""

    stream: UUID
    version: int
    position: int
    payload_hash: bytes

    @property
    def event_id(self) -> UUID:
        return event_id(self.stream, self.version)


class PastStream(Stream):
    """The rows of one stream that a moment holds, and those of corrections, of which the fold knows whether it does."""

    def __init__(self, occurred: datetime | None) -> None:
        super().__init__()
        self.occurred = occurred
        self.versions: tuple[int, ...] = ()

    @property
    def is_prefix(self) -> bool:
        return self.occurred is None

    @property
    def since(self) -> int:
        """The version of the snapshot that the fold begins with, 0 without one."""
        return int(self.snapshot["version"]) if self.snapshot else 0

    @property
    def reached(self) -> int:
        """The version of the last event that the fold took, 0 when it took none."""
        return self.versions[-1] if self.versions else self.since

    def fold(self, noun: Noun) -> Any:
        """As the stream's own, and remembers which events it took. Raises the same."""
        if self.occurred is None:
            self.versions = tuple(row["version"] for row in self.events)
            return super().fold(noun)
        if any(row["body"] is None for row in self.events):
            raise StreamErased
        begun = codec.decode_state(type(noun.initial), self.snapshot["body"]) if self.snapshot else None
        events = [recorded(row) for row in self.events]
        said = said_of(noun, events, self.occurred, state=begun, since=self.since)
        self.versions = said.versions
        return said.state


class Hindsight(Reading):
    """What was read of one moment. `head` says where the record clock stood, None before the first event."""

    def __init__(self, source: Source, vault: Vault, tenant: UUID, at: At, *, snapshots: bool = True) -> None:
        super().__init__(source, vault, tenant, snapshots=snapshots)
        self.at = at

    async def fetch(self, streams: Sequence[UUID], command: UUID | None = None) -> None:
        at = self.at if self.head is None else self.at._replace(position=self.head.position)
        with outages():
            rows = await self.source.fetch(AS_OF, self.tenant, streams, *at, self.shapes, CORRECTIONS)
        self.take(streams, rows)
        for stream in streams:
            if not self.streams[stream].version:
                self.streams[stream] = Stream()  # it was begun later

    def stream(self) -> Stream:
        return PastStream(self.at.occurred)

    @property
    def position(self) -> int:
        """Where the record clock stood; 0 before the first event."""
        return self.head.position if self.head else 0

    def holds(self, stream: UUID) -> bool:
        """Whether the stream had begun by then, on both clocks."""
        return self.exists(stream) and bool(self.state(stream).exists)

    def last(self, stream: UUID) -> Mark:
        """The last event that the state was folded from. Raises `NotFound` when there is none."""
        found = self.folded(stream)
        row = next((row for row in reversed(found.events) if row["version"] == found.reached), found.snapshot)
        return Mark(stream, row["version"], row["at_position"], row["hash"])

    def is_whole(self, stream: UUID) -> bool:
        """Whether every event up to the last one counted: only then was there ever a plan, or an agreement, with this content."""
        found = self.folded(stream)
        return found.since + len(found.versions) == found.reached

    def folded(self, stream: UUID) -> PastStream:
        self.state(stream)
        found = self.found(stream)
        if not isinstance(found, PastStream) or not found.reached:
            raise NotFound
        return found
