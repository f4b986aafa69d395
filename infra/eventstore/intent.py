"""What an attempt of a command wants to happen, and how it becomes the arrays of one append."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.anonymity import CLOSED_BY, CLOSING, Traceable, require_untraceable
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
    """All that a command changes. `client` is whom values `OfClient` are about.

    `result` is what a repetition of the command is answered with: ids, versions and codes, never text. `decided_at` is taken
    for when it occurs by who decides next in the same append, where it has no time of its own and is not recorded yet.
    """

    meta: Actors
    changes: Sequence[Change]
    client: UUID | None = None
    occurred_at: datetime | None = None
    result: bytes = b"{}"
    decided_at: datetime | None = None


class Draft(NamedTuple):
    """What is to be written, as `es.append` takes it."""

    streams: list[AppendStream]
    events: list[AppendEvent]
    claims: list[AppendClaim]
    releases: list[AppendClaim]
    keys: list[UsedKey]


class Writing:
    """One append in the making: an intent, or several, each decided on what those before it made of the streams."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.streams: dict[UUID, AppendStream] = {}  # changed, in the order of their places, at the versions that were read
        self.places: dict[UUID, int] = {}  # from 1
        self.events: list[AppendEvent] = []
        self.taken: dict[tuple[str, bytes], int] = {}
        self.given: dict[tuple[int, str, bytes], None] = {}
        self.takers: dict[tuple[str, bytes], int] = {}  # the number of the intent
        self.keys: dict[Holder, SubjectKey] = {}
        self.closes = False

    async def add(self, intent: Intent, number: int = 0) -> None:
        """Seals, claims and guards. Raises `SubjectErased`, `KeyUnavailable`, or the refusal of a claim taken twice in one append.

        An intent that is refused leaves nothing here but guards.
        """
        changes = [change for change in intent.changes if change.events]
        self.require_anonymous(intent, changes)
        subjects = Subjects(self.reading, intent)
        self.keys |= await self.reading.vault.sealing_keys(self.reading.source, self.reading.tenant, subjects.holders(changes))
        self.put(changes)
        await self.claim(changes, number)
        meta = msgspec.json.encode(intent.meta)
        for change in changes:
            for event in change.events:
                payload = subjects.encode(change, event, self.keys)
                self.events.append(AppendEvent(self.places[change.stream], *STORED[type(event)], intent.occurred_at, meta, payload))

    def require_anonymous(self, intent: Intent, changes: Sequence[Change]) -> None:
        """Answers come with what closes their stream, at its time, and hold no id; with it all that were read and waited are taken in.

        Raises `Traceable`, and nothing is stored.
        """
        for change in changes:
            kinds = {type(event) for event in change.events}
            for event in change.events:
                require_untraceable(event)
            if any(CLOSED_BY[kind] not in kinds for kind in kinds & CLOSED_BY.keys()):
                raise Traceable("answers come into the log with what closes them, and never before")
            if kinds & CLOSED_BY.keys() and intent.occurred_at is not None:
                raise Traceable("answers have the time at which what closes them is recorded, and no other")
            if kinds & CLOSING:
                if self.reading.waiting is None or self.reading.waiting.stream != change.stream:
                    raise Traceable("what waits in a stream has to be read by what closes it")
                self.closes = True

    def put(self, changes: Sequence[Change]) -> None:
        """The changed streams; an engagement is always guarded by what changes under it."""
        if len({change.stream for change in changes}) != len(changes):
            raise ValueError("one change a stream: put its events together")
        for change in changes:
            engagement = engagement_of(self.reading, change)
            if engagement is not None:
                self.reading.guard(engagement)
            if change.stream not in self.streams:
                self.places[change.stream] = len(self.places) + 1
                self.streams[change.stream] = AppendStream(change.stream, version_of(self.reading, change.stream), engagement)

    async def claim(self, changes: Sequence[Change], number: int) -> None:
        """What the events take and give back, as it stands after the last of them."""
        taken, given, takers = dict(self.taken), dict(self.given), dict(self.takers)
        for change in changes:
            of = self.places[change.stream]
            for event in change.events:
                for claim in claims_of(event):
                    key = await self.reading.claim_key(claim.kind, claim.value, claim.personal)
                    if not claim.takes:
                        taken.pop((claim.kind, key), None)
                        given[of, claim.kind, key] = None
                    elif taken.setdefault((claim.kind, key), of) != of:
                        raise REFUSALS[claim.kind]
                    else:
                        takers[claim.kind, key] = number
        self.taken, self.given, self.takers = taken, given, takers
        self.reading.foretell_claims(taken, [(kind, key) for _, kind, key in given])

    def foretell(self, since: int, decided_at: datetime | None) -> None:
        """Lets the reading show the streams as the events from that number on leave them, for who decides next in this append."""
        changed = list(self.streams.values())
        for event in self.events[since:]:
            self.reading.grow(changed[event.of - 1].id, changed[event.of - 1].engagement, event, decided_at)

    def draft(self) -> Draft:
        guards = sorted(self.reading.guarded.difference(self.streams))
        return Draft(
            streams=[*self.streams.values(), *(AppendStream(stream, self.reading.version(stream)) for stream in guards)],
            events=self.events,
            claims=[AppendClaim(of, *claim) for claim, of in self.taken.items()],
            releases=[AppendClaim(*claim) for claim in self.given],
            keys=[UsedKey(*holder, key.v) for holder, key in self.keys.items()],
        )


def version_of(reading: Reading, stream: UUID) -> int:
    """A stream that was not read is taken to be new."""
    return reading.version(stream) if stream in reading.streams else 0


def engagement_of(reading: Reading, change: Change) -> UUID | None:
    return reading.engagement_of(change.stream) if version_of(reading, change.stream) else change.engagement


class Subjects:
    """Whose each personal value is, and in which realm it is sealed."""

    def __init__(self, reading: Reading, intent: Intent) -> None:
        self.reading = reading
        self.intent = intent

    def holders(self, changes: Sequence[Change]) -> list[Holder]:
        """Every key that is needed, once."""
        unsealed = [
            self.holder(change, value)
            for change in changes
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
