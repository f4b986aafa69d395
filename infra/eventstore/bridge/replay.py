"""The second engine: our streams, read by the library's `Application` and folded through its `Repository`.

What the store and the read models show is checked against it: another loop over the events, over another way of reading
them. It shares with the store what is stored (the codec) and what an event means (`evolve`), and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple, TypeVar
from uuid import UUID

from asyncpg import Record
from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import InterfaceError, Mapper, NotSupportedError, OperationalError, StoredEvent

from domain.errors import StreamErased
from domain.event import Recorded
from infra.eventstore import codec
from infra.eventstore.bridge.recorder import SQL, BridgeApplicationRecorder, window

S = TypeVar("S")
OUTAGES: Final = (OperationalError, InterfaceError)
"""What a replay raises when the database is away."""


class Replayed(NamedTuple):
    """A recorded event under the names that the library reads."""

    originator_id: UUID
    originator_version: int
    recorded: Recorded[Any]


@dataclass(frozen=True)
class LogRow(StoredEvent):
    """An event with what the library's own record has no place for: form, time, meta and hash."""

    row: Record


class LogRecorder(BridgeApplicationRecorder):
    """Reads rows as they stand in the log, and writes nothing."""

    def append(self, events: Sequence[StoredEvent], tracking: Any) -> list[int]:
        raise NotSupportedError("a replay only reads")

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        """Raises `StreamErased` when payloads are gone, as the store's own fold does."""
        rows = self.session.ask(SQL.events.fetch, **window(originator_id, gt, lte, desc, limit))
        if any(row["body"] is None for row in rows):
            raise StreamErased
        return [LogRow(originator_id, row["version"], row["type"], row["body"], row) for row in rows]


class LogMapper(Mapper[UUID]):
    """Rows to events by our codec; personal values stay sealed."""

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """Raises `NewerRelease` for an event that this release does not know."""
        assert isinstance(stored_event, LogRow)
        assert isinstance(stored_event.originator_id, UUID)
        return Replayed(stored_event.originator_id, stored_event.originator_version, codec.recorded(stored_event.row))


class Replay(Application[UUID]):
    """One tenant's streams: `Replay(env={"BRIDGE_TENANT": ..., "DATABASE_URL": ...})`, as a context manager.

    The application's own role is enough, since it reads only.
    """

    env: ClassVar[dict[str, str]] = {
        "PERSISTENCE_MODULE": "infra.eventstore.bridge",
        "APPLICATION_RECORDER_TOPIC": f"{__name__}:{LogRecorder.__name__}",
        "MAPPER_TOPIC": f"{__name__}:{LogMapper.__name__}",
    }

    def state(self, stream: UUID, initial: S, evolve: Callable[[S, Recorded[Any]], S], *, version: int | None = None) -> S:
        """A stream as it stands, or stood at a version. Raises the library's `AggregateNotFoundError` when there is none."""
        state: S = self.repository.get(stream, version=version, projector_func=projector(initial, evolve))
        return state


def projector(initial: S, evolve: Callable[[S, Recorded[Any]], S]) -> Callable[[Any, Iterable[Any]], Any]:
    """A fold as the library's `projector_func`: without events there is nothing (None), and not an initial state."""

    def project(state: S | None, events: Iterable[Replayed]) -> S | None:
        for event in events:
            state = evolve(initial if state is None else state, event.recorded)
        return state

    return project
