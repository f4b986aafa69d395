"""The library's recorders over our log: what it inserts, selects, follows and tracks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from asyncpg import Record
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    DataError,
    IntegrityError,
    ListenNotifySubscription,
    Notification,
    NotSupportedError,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)
from msgspec.json import encode

from domain.event import Actors
from domain.nouns import NOUNS
from domain.values import NIL
from infra.eventstore.bridge.session import Session
from infra.sql import load

SQL: Final = load(__file__)
LAST: Final = 2**62  # above every version and position
POLL_SECONDS: Final = 0.05  # between two looks of a subscription at the log
META: Final = encode(
    Actors(actor=NIL, role="library", on_behalf_of=None, channel="bridge", command="bridge", correlation=NIL, causation=None)
)


class BridgeRecorder:
    """A recorder over a session; `follower` is the application whose tracking it records."""

    def __init__(self, session: Session, follower: str) -> None:
        self.session = session
        self.follower = follower

    def append(self, events: Sequence[StoredEvent], tracking: Tracking | None) -> list[int]:
        """Records events and tracking together, and returns the events' positions.

        Raises `IntegrityError` when a version is taken or would leave a hole, or the position is tracked already.
        """
        for event in events:
            if event.topic.partition(".")[0] in NOUNS:
                raise NotSupportedError(f"{event.topic} is named like the product's own events, which are recorded by their commands")
        if not events and tracking is None:
            return []
        ((status, last),) = self.session.ask(
            SQL.append.fetch,
            **columns(events),
            meta=META,
            tracker=self.follower,
            tracks=tracking and tracking.application_name,
            reached=tracking and tracking.notification_id,
        )
        if status == "conflict":
            raise IntegrityError(f"a version is taken, or would leave a hole: {[(e.originator_id, e.originator_version) for e in events]}")
        if status == "tracked":
            raise IntegrityError(f"{self.follower} has tracked that position already: {tracking}")
        return list(range(last - len(events) + 1, last + 1)) if events else []


class BridgeAggregateRecorder(BridgeRecorder, AggregateRecorder):
    """Events by stream."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        self.append(stored_events, None)
        return None

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        return [stored(originator_id, row) for row in self.session.ask(SQL.events.fetch, **window(originator_id, gt, lte, desc, limit))]


class BridgeSnapshotRecorder(BridgeRecorder, AggregateRecorder):
    """Snapshots by stream: as many as the library cares to take."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        given = columns(stored_events)
        self.session.ask(SQL.keep.execute, states=given.pop("payloads"), **given)
        return None

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        return [stored(originator_id, row) for row in self.session.ask(SQL.snapshots.fetch, **window(originator_id, gt, lte, desc, limit))]


class BridgeApplicationRecorder(BridgeAggregateRecorder, ApplicationRecorder):
    """Events by stream and in the tenant's order; a notification id is a position."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        return self.append(stored_events, kwargs.get("tracking"))

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]:
        above = 0 if start is None else start - inclusive_of_start
        rows = self.session.ask(
            SQL.notifications.fetch, above=above, up_to=LAST if stop is None else stop, only_types=list(topics), most=limit
        )
        return [Notification(**vars(stored(UUID(bytes=row["stream_id"].bytes), row)), id=row["position"]) for row in rows]

    def max_notification_id(self) -> int | None:
        position: int | None = self.session.ask(SQL.head.value)
        return position

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        return BridgeSubscription(self, gt, topics)


class BridgeTrackingRecorder(BridgeRecorder, TrackingRecorder):
    """How far this application has followed others."""

    def insert_tracking(self, tracking: Tracking) -> None:
        self.append([], tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        position: int | None = self.session.ask(SQL.reached.value, tracker=self.follower, tracks=application_name)
        return position


class BridgeProcessRecorder(BridgeTrackingRecorder, BridgeApplicationRecorder, ProcessRecorder):
    """Events together with the tracking of what they follow from."""


class BridgeSubscription(ListenNotifySubscription[ApplicationRecorder]):
    """Follows the log by looking: an append sends no notification, for that would make all tenants' commits wait in line."""

    def _loop_on_pull(self) -> None:
        try:
            while not self._has_been_stopped:
                self._pull()
                self._has_been_notified.wait(POLL_SECONDS)  # set when the subscription is stopped
        except BaseException as error:  # the library raises it where the subscription is iterated
            self._thread_error = error
            self.stop()


def columns(events: Sequence[StoredEvent]) -> dict[str, list[Any]]:
    return {
        "streams": [event.originator_id for event in events],
        "numbers": [event.originator_version for event in events],
        "types": [event.topic for event in events],
        "payloads": [event.state for event in events],
    }


def window(stream: UUID | str, gt: int | None, lte: int | None, desc: bool, limit: int | None) -> dict[str, Any]:
    return {"stream": stream, "above": -1 if gt is None else gt, "up_to": LAST if lte is None else lte, "backwards": desc, "most": limit}


def stored(stream: UUID | str, row: Record) -> StoredEvent:
    """A row as the library knows it. Raises `DataError` when its payload was erased."""
    if row["body"] is None:
        raise DataError(f"event {row['version']} of {stream} is erased")
    return StoredEvent(originator_id=stream, originator_version=row["version"], topic=row["type"], state=row["body"])
