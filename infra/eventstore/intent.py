"""What an attempt of a command wants to happen, and how it becomes the arrays of one append."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.claims import REFUSALS, claims_of
from domain.event import STORED, Actors, Event
from domain.values import OfAuthor, OfClient, Personal, personal_values
from infra.eventstore import codec
from infra.eventstore.append import AppendClaim, AppendEvent, AppendStream, UsedKey
from infra.eventstore.reading import Reading
from infra.eventstore.sealing import Place, SubjectKey, seal
from infra.eventstore.vault import Holder


class Change(NamedTuple):
    """Events of one stream, in order. `engagement` is what a new stream belongs to; an existing one keeps its own."""

    stream: UUID
    events: Sequence[Event]
    engagement: UUID | None = None


class Intent(NamedTuple):
    """All that a command changes, in one append. `client` is whom values `OfClient` are about.

    `result` is what a repetition of the command is answered with: ids, versions and codes, never text.
    """

    meta: Actors
    changes: Sequence[Change]
    client: UUID | None = None
    occurred_at: datetime | None = None
    result: bytes = b"{}"


class Draft(NamedTuple):
    """An intent as `es.append` takes it."""

    streams: list[AppendStream]
    events: list[AppendEvent]
    claims: list[AppendClaim]
    releases: list[AppendClaim]
    keys: list[UsedKey]


async def drafted(reading: Reading, intent: Intent) -> Draft:
    """Seals, claims and guards. Raises `SubjectErased`, `KeyUnavailable`, or the refusal of a claim taken twice in one call."""
    changes = [change for change in intent.changes if change.events]
    streams = stream_rows(reading, changes)
    claims, releases = await claim_rows(reading, changes)
    subjects = Subjects(reading, intent, changes)
    keys = await reading.vault.sealing_keys(reading.source, reading.tenant, subjects.holders())
    meta = msgspec.json.encode(intent.meta)
    events = [
        AppendEvent(of, *STORED[type(event)], intent.occurred_at, meta, subjects.encode(change, event, keys))
        for of, change in enumerate(changes, start=1)
        for event in change.events
    ]
    return Draft(streams, events, claims, releases, [UsedKey(*holder, key.v) for holder, key in keys.items()])


def stream_rows(reading: Reading, changes: Sequence[Change]) -> list[AppendStream]:
    """The changed streams, then the guards; an engagement is always guarded by what changes under it."""
    changed = [change.stream for change in changes]
    if len(set(changed)) != len(changed):
        raise ValueError("one change a stream: put its events together")
    for change in changes:
        engagement = engagement_of(reading, change)
        if engagement is not None and engagement not in changed:
            reading.guard(engagement)
    rows = [AppendStream(change.stream, version_of(reading, change.stream), engagement_of(reading, change)) for change in changes]
    guards = sorted(reading.guarded.difference(changed))
    return rows + [AppendStream(stream, reading.version(stream)) for stream in guards]


def version_of(reading: Reading, stream: UUID) -> int:
    """A stream that was not read is taken to be new."""
    return reading.version(stream) if stream in reading.streams else 0


def engagement_of(reading: Reading, change: Change) -> UUID | None:
    return reading.engagement_of(change.stream) if version_of(reading, change.stream) else change.engagement


async def claim_rows(reading: Reading, changes: Sequence[Change]) -> tuple[list[AppendClaim], list[AppendClaim]]:
    """What the events take and give back, as it stands after the last of them."""
    taken: dict[tuple[str, bytes], int] = {}
    given: dict[tuple[int, str, bytes], None] = {}
    for of, change in enumerate(changes, start=1):
        for event in change.events:
            for claim in claims_of(event):
                key = await reading.claim_key(claim.kind, claim.value, claim.personal)
                if not claim.takes:
                    taken.pop((claim.kind, key), None)
                    given[of, claim.kind, key] = None
                elif taken.setdefault((claim.kind, key), of) != of:
                    raise REFUSALS[claim.kind]
    return [AppendClaim(of, *claim) for claim, of in taken.items()], [AppendClaim(*claim) for claim in given]


class Subjects:
    """Whose each personal value is, and in which realm it is sealed."""

    def __init__(self, reading: Reading, intent: Intent, changes: Sequence[Change]) -> None:
        self.reading = reading
        self.intent = intent
        self.changes = changes

    def holders(self) -> list[Holder]:
        """Every key that is needed, once."""
        unsealed = [
            self.holder(change, value)
            for change in self.changes
            for event in change.events
            for value in personal_values(event)
            if value.sealed is None
        ]
        return list(dict.fromkeys(unsealed))

    def holder(self, change: Change, value: Personal[Any]) -> Holder:
        subject = (
            self.intent.client if isinstance(value, OfClient) else self.intent.meta.actor if isinstance(value, OfAuthor) else value.subject
        )
        if subject is None:
            raise ValueError(f"whose is {value!r} of stream {change.stream}?")
        return Holder(subject, engagement_of(self.reading, change) or change.stream)

    def encode(self, change: Change, event: Event, keys: dict[Holder, SubjectKey]) -> bytes:
        def sealed(value: Personal[Any]) -> str:
            holder = self.holder(change, value)
            return seal(value.plain(), keys[holder], Place(self.reading.tenant, change.stream, holder.realm))

        return codec.encode(event, sealed)
