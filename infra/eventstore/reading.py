"""What one attempt of a command, or one query, has read: streams, folded when asked, and what must still hold."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.errors import NotFound
from domain.nouns import NOUNS
from infra.eventstore import codec
from infra.eventstore.append import AppendEvent, Waiting
from infra.eventstore.outage import outages
from infra.eventstore.stream import Folds, Placed, Stream
from infra.eventstore.turn import Turn
from infra.eventstore.vault import Source, Vault

LOAD: Final = "SELECT * FROM es.load_v2($1, $2, $3, $4, $5)"
STATE_V: Final[dict[str, int]] = {
    **{"plan": 5, "engagement": 9, "organization": 7, "report": 4},
    **{"program": 4, "person": 5, "session": 4, "assessment": 3, "evaluation": 2},
}
"""Noun -> version of its folded state, from 1. Raise it whenever the state's fields change, or what a fold makes of an event."""


class Head(NamedTuple):
    """Where the tenant's log ends."""

    position: int
    recorded_at: datetime


class Earlier(NamedTuple):
    """A command that was executed before."""

    position: int
    recorded_at: datetime
    result: bytes
    fingerprint: bytes


class Reading:
    """Streams as they were at one moment each. What is guarded must still be at that version when the command is appended."""

    def __init__(
        self, source: Source, vault: Vault, tenant: UUID, *, snapshots: bool = True, folds: Folds | None = None, turn: Turn | None = None
    ) -> None:
        self.source = source
        self.vault = vault
        self.tenant = tenant
        self.head: Head | None = None
        self.earlier: Earlier | None = None
        self.streams: dict[UUID, Stream] = {}
        self.states: dict[UUID, Any] = {}
        self.guarded: set[UUID] = set()
        self.searched: set[str] = set()
        self.limits: dict[str, int] = {}
        self.added: Counter[str] = Counter()
        self.listed: dict[tuple[UUID, str], list[UUID]] = {}
        self.foretold: dict[tuple[str, bytes], bool] = {}  # claims that are about to be taken (True) or given back
        self.waiting: Waiting | None = None
        self.folds = folds
        self.turn = turn
        self.shapes = [shape(noun) for noun in NOUNS] if snapshots else []

    def exists(self, stream: UUID) -> bool:
        return self.version(stream) > 0

    def version(self, stream: UUID) -> int:
        """0: does not exist."""
        return self.found(stream).version

    def kind(self, stream: UUID) -> str | None:
        """The stream's noun, None when it does not exist."""
        return self.found(stream).kind

    def engagement_of(self, stream: UUID) -> UUID | None:
        return self.found(stream).engagement

    def state(self, stream: UUID, noun: str | None = None) -> Any:
        """The folded state; of a stream that does not exist, the initial one of `noun`.

        Raises `NotFound` when it does not exist and no noun is given, or is of another noun; `StreamErased`; `NewerRelease`.
        """
        found = self.found(stream)
        if found.kind is None and noun is not None:
            return NOUNS[noun].initial
        if found.kind is None or (noun is not None and noun != found.kind):
            raise NotFound
        if stream not in self.states:
            noun_of = NOUNS[found.kind]
            kept = self.folds
            is_kept = kept is not None and not found.is_foretold
            self.states[stream] = kept.state(self.tenant, stream, found, noun_of) if kept and is_kept else found.fold(noun_of)
        return self.states[stream]

    def guard(self, stream: UUID) -> None:
        """The stream's version must still hold when the command is appended."""
        self.found(stream)
        self.guarded.add(stream)

    async def load(self, *streams: UUID, guard: bool = True) -> None:
        """Reads more streams, and the engagements that they belong to; what was read before stays as it was."""
        wanted = [stream for stream in dict.fromkeys(streams) if stream not in self.streams]
        if wanted:
            await self.fetch(wanted)
        if guard:
            engagements = {engagement for stream in streams if (engagement := self.streams[stream].engagement)}
            self.guarded |= {*streams, *engagements}

    async def engaged(self, engagement: UUID, noun: str) -> list[UUID]:
        """The engagement's streams of a noun, oldest first. Not guarded: what is unique among them is a claim."""
        if (engagement, noun) not in self.listed:
            with outages():
                rows = await self.source.fetch("SELECT * FROM es.streams_of($1, $2, $3)", self.tenant, engagement, noun)
            self.listed[engagement, noun] = [row[0] for row in rows]
        listed = self.listed[engagement, noun]
        begun = [stream for stream, found in self.streams.items() if (found.engagement, found.kind) == (engagement, noun)]
        return [*listed, *(stream for stream in begun if stream not in listed)]

    async def free_claim(self, kind: str, values: Sequence[str]) -> str | None:
        """The first of the values, none of them personal, that is not claimed. Should another take it before the append, the command is tried again."""
        taken = await self.holders(kind, values)
        return next((value for value in values if value not in taken), None)

    async def holders(self, kind: str, values: Sequence[str]) -> dict[str, UUID | None]:
        """Who holds those of the values, none of them personal, that are claimed; None: who is about to, in the same append.

        Should another take one that is free before the append, the command is tried again, if it takes it, too.
        """
        keys = {await self.claim_key(kind, value, False): value for value in values}

        async def search() -> dict[bytes, UUID]:
            with outages():
                rows = await self.source.fetch("SELECT * FROM es.holders($1, $2, $3)", self.tenant, kind, list(keys))
            return {row["key"]: row["stream_id"] for row in rows}

        found = await self.turn.held(kind, keys, search) if self.turn else await search()
        self.searched.add(kind)
        held = {keys[key]: stream for key, stream in found.items() if self.foretold.get((kind, key), True)}
        return held | {value: None for key, value in keys.items() if value not in held and self.foretold.get((kind, key), False)}

    async def claimed(self, kind: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the claims that somebody has."""
        with outages():
            return {row[0] for row in await self.source.fetch("SELECT * FROM es.claimed($1, $2, $3)", self.tenant, kind, keys)}

    async def claim_key(self, kind: str, value: str, personal: bool) -> bytes:
        """What a claim is stored as: a hash, keyed when the value is personal and could be guessed."""
        content = claim_content(kind, value)
        return await self.vault.index_hash(self.source, self.tenant, content) if personal else hashlib.sha256(content).digest()

    def foretell_claims(self, taken: Iterable[tuple[str, bytes]], given: Iterable[tuple[str, bytes]]) -> None:
        """What is about to be appended takes and gives back, for who decides next in the same append."""
        self.foretold = dict.fromkeys(given, False) | dict.fromkeys(taken, True)

    def grow(self, stream: UUID, engagement: UUID | None, event: AppendEvent, decided_at: datetime | None) -> None:
        """Shows the stream as an event that is about to be appended leaves it.

        One without a time of its own, which will have that of its recording, seems to occur when it was decided.
        """
        if (at := event.occurred_at or decided_at) is None:
            raise ValueError("what another decision in the same append is to see needs a time of its own, or that of its decision")
        found = self.streams.setdefault(stream, Stream())
        if found.kind is None:
            found.kind, found.engagement = event.type.partition(".")[0], engagement
        row = {
            **{"type": event.type, "schema_v": event.schema_v, "version": found.version + 1, "at": at},
            **{"meta": event.meta, "body": event.payload, "hash": hashlib.sha256(event.payload).digest()},
        }
        found.events.append(row)
        self.added[event.type] += 1
        found.is_foretold = found.is_foretold or event.occurred_at is None
        if stream in self.states:
            self.states[stream] = NOUNS[found.kind].evolve(self.states[stream], codec.recorded(row))

    def found(self, stream: UUID) -> Stream:
        if stream not in self.streams:
            raise LookupError(f"stream {stream} was not read")
        return self.streams[stream]

    async def fetch(self, streams: Sequence[UUID], command: UUID | None = None) -> None:
        with outages():
            rows = await self.source.fetch(LOAD, self.tenant, streams, command, self.shapes, None)
        self.take(streams, rows)

    async def fetch_around(self, about: UUID, streams: Sequence[UUID]) -> None:
        """The streams, and the engagement that one more belongs to: of that one itself only what it is, however long it is."""
        with outages():
            rows = await self.source.fetch(LOAD, self.tenant, streams, None, self.shapes, about)
        self.take([*streams, about], rows)
        if (found := self.streams[about]).engagement is not None:
            self.streams[about] = Placed(found)

    def stream(self) -> Stream:
        """A stream before its rows are taken."""
        return Stream()

    def take(self, streams: Iterable[UUID], rows: Sequence[Any]) -> None:
        new: dict[UUID, Stream] = {stream: self.stream() for stream in streams}
        stream = self.stream()
        for row in rows:
            match row["what"]:
                case b"e":  # of the stream that was named last, as is a snapshot
                    stream.events.append(row)
                case b"t":
                    stream = new.setdefault(row["id"], self.stream())
                    stream.kind, stream.engagement = row["type"], row["engagement_id"]
                case b"s":
                    stream.snapshot = row
                case b"h":
                    self.head = self.head or Head(row["at_position"], row["at"])
                case b"c":
                    self.earlier = Earlier(row["at_position"], row["at"], row["body"], row["hash"])
        self.streams = new | self.streams


def claim_content(kind: str, value: str) -> bytes:
    """What is hashed of a claim."""
    return f"{kind}\n{value}".encode()


def shape(noun: str) -> str:
    """The form of a noun's folded state, which a snapshot must have to be used."""
    return f"{noun}@{STATE_V.get(noun, 1)}"
