"""One stream as it was read, folded to a state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from domain.errors import StreamErased
from domain.event import Recorded
from domain.nouns import Noun
from infra.eventstore import codec
from infra.eventstore.errors import EventUnreadable
from infra.recent import Recent


class Stream:
    """The rows of one stream: its snapshot, if there is one, and the events after that."""

    def __init__(self) -> None:
        self.kind: str | None = None
        self.engagement: UUID | None = None
        self.snapshot: Any = None
        self.events: list[Any] = []
        self.is_foretold = False  # the time of an event is not the one that it will be recorded with

    @property
    def is_prefix(self) -> bool:
        """Whether these are all the events up to the last of them."""
        return True

    @property
    def version(self) -> int:
        """0 when it does not exist."""
        last = self.events[-1] if self.events else self.snapshot
        return int(last["version"]) if last else 0

    def fold(self, noun: Noun) -> Any:
        """Raises `StreamErased`, `NewerRelease` for an event that this release does not know, and `EventUnreadable`."""
        if any(row["body"] is None for row in self.events):
            raise StreamErased
        self.require_all()
        state = codec.decode_state(type(noun.initial), self.snapshot["body"]) if self.snapshot else noun.initial
        try:
            for row in self.events:
                state = noun.evolve(state, recorded(row))
        except LookupError as error:  # it tells of what there is not: somebody gave it another id
            raise EventUnreadable(row["id"], row["version"], row["at_position"]) from error
        return state

    def require_all(self) -> None:
        """Raises `EventUnreadable` when an event is missing among these: it names the one behind the gap."""
        since = int(self.snapshot["version"]) if self.snapshot else 0
        if self.events and self.events[-1]["version"] != since + len(self.events):
            row = next(row for version, row in enumerate(self.events, since + 1) if row["version"] != version)
            raise EventUnreadable(row["id"], row["version"], row["at_position"])


class Placed(Stream):
    """A stream of which only the noun and the engagement were read."""

    def __init__(self, found: Stream) -> None:
        super().__init__()
        self.kind, self.engagement = found.kind, found.engagement

    @property
    def version(self) -> int:
        raise LookupError("the events of this stream were not read")

    def fold(self, noun: Noun) -> Any:
        raise LookupError("the events of this stream were not read")


def recorded(row: Any) -> Recorded[Any]:
    """A row of an event as a fold gets it. Raises `EventUnreadable` where somebody changed it so that it does not decode."""
    try:
        return codec.recorded(row)
    except msgspec.DecodeError as error:
        raise EventUnreadable(row["id"], row["version"], row["at_position"]) from error


class Folds:
    """The states that were folded last, by stream and version, for an import, which reads the same few again and again."""

    def __init__(self, most: int = 100) -> None:
        self.kept: Recent[tuple[UUID, UUID, int], Any] = Recent(most)

    def state(self, tenant: UUID, stream: UUID, found: Stream, noun: Noun) -> Any:
        """As `Stream.fold`. What is in the log does not change, so neither does its fold; only erased it may be."""
        key = (tenant, stream, found.version)
        state = self.kept.find(key)
        if state is None or any(row["body"] is None for row in found.events):
            state = self.kept.keep(key, found.fold(noun))
        return state
