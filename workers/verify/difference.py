"""What was found to be otherwise than the log implies: the first of each kind, by its place, and how many there are."""

from __future__ import annotations

from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Struct

from infra.eventstore.feed import Fed

Builtin: TypeAlias = Any  # of JSON

KINDS: Final[dict[str, str]] = {
    "head": "es.tenant_head says where the log ends",
    "position": "positions are dense, from 1 to the head",
    "recorded_at": "record times never decrease with position, and none lies ahead",
    "stream": "es.stream holds a row for each stream, with the type and the engagement that its first event names",
    "version": "versions are dense in each stream, in the order of positions",
    "meta_hash": "SHA-256 of the stored meta",
    "payload_hash": "SHA-256 of the stored payload",
    "form": "type and form of each event are known, and what is stored decodes",
    "type": "an event is of its stream's type, and one that the command leads to which its meta names",
    "occurred_at": "events happen when they are recorded, but for reports of facts and imports; a report is neither early nor ahead",
    "erasure": "a stream has all its payloads, or none after a hard erasure",
    "key": "each sealed value's key exists, alive or destroyed, and no other was planted",
    "seal": "each sealed value opens where it stands",
    "digest": "what approvals and signatures bind is what was agreed at that moment",
    "fold": "each stream folds",
    "replay": "each plan folds to the same through the library's Application and Repository",
    "snapshot": "a snapshot has a shape that its stream had, and is the fold up to its version",
    "claim": "claims are those that the events take and do not give back",
    "api_key": "each API key is a person's, in a role that they were granted",
    "answer": "anonymous answers, and links to give them by, wait for a stream that is there and was not closed",
    "look": "a bookmark is a person's, in a stream and not beyond the log",
    "model": "each read model of this release was made",
    "checkpoint": "no read model claims more of the log than there is, or shows more than it claims",
    "row": "rows of read models are those of a rebuild",
    "text": "plain text of read models is what the sealed values open to",
}
"""Kind of difference -> what was expected to hold. In this order, the cause comes before what follows from it."""


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of them. A stream's place has version and position; a row's place has table, key and field.

    `expected` and `found` are ids, numbers, codes and hashes: words of people stay out of it.
    """

    kind: str
    tenant: UUID
    stream: UUID | None = None
    version: int | None = None
    position: int | None = None
    table: str | None = None
    key: str | None = None
    field: str | None = None
    expected: str
    found: str

    @staticmethod
    def at(tenant: UUID, event: Fed, kind: str, expected: str, found: str, field: str | None = None) -> Difference:
        """One at the place of an event."""
        return Difference(
            kind=kind,
            tenant=tenant,
            stream=event.stream,
            version=event.version,
            position=event.position,
            field=field,
            expected=expected,
            found=found,
        )

    @property
    def rank(self) -> tuple[str, int, str, str]:
        """Which of a kind is the first: by organization, then by position, those without one last."""
        return (str(self.tenant), self.position if self.position is not None else 2**63, str(self.stream or ""), str(self.key or ""))

    @property
    def text(self) -> str:
        named = ("tenant", "stream", "version", "position", "table", "key", "field")
        place = ", ".join(f"{name} {value}" for name in named if (value := getattr(self, name)) is not None)
        return f"{self.kind}: {place}: expected {self.expected}, found {self.found}"


class Findings:
    """The first difference of each kind, and how many there are of it."""

    def __init__(self) -> None:
        self.first: dict[str, Difference] = {}
        self.counts: dict[str, int] = {}

    def add(self, difference: Difference) -> None:
        self.put(difference, 1)

    def merge(self, other: Findings) -> None:
        for kind, difference in other.first.items():
            self.put(difference, other.counts[kind])

    def put(self, difference: Difference, count: int) -> None:
        before = self.first.get(difference.kind)
        if before is None or difference.rank < before.rank:
            self.first[difference.kind] = difference
        self.counts[difference.kind] = self.counts.get(difference.kind, 0) + count

    def listed(self) -> list[Difference]:
        return [self.first[kind] for kind in KINDS if kind in self.first]


def field_of(expected: Builtin, found: Builtin) -> tuple[str, str, str]:
    """The first place at which two documents differ, as a path, with what stands there in each."""
    same = ("", "a document", "one that is written otherwise")
    path, one, other = walk(expected, found, "") or same
    return path or ".", shown(one), shown(other)


def walk(expected: Builtin, found: Builtin, path: str) -> tuple[str, Builtin, Builtin] | None:
    if isinstance(expected, dict) and isinstance(found, dict):
        pairs = [
            (f"{path}.{key}", expected.get(key, msgspec.UNSET), found.get(key, msgspec.UNSET)) for key in sorted(expected.keys() | found)
        ]
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = [(f"{path}[{place}]", *both) for place, both in enumerate(zip(expected, found, strict=True))]
    else:
        return None if type(expected) is type(found) and expected == found else (path, expected, found)
    return next((inner for at, one, other in pairs if (inner := walk(one, other, at)) is not None), None)


def shown(value: Builtin) -> str:
    """A value in short. What is sealed is not readable, so it may be shown."""
    if value is msgspec.UNSET:
        return "nothing"
    text = msgspec.json.encode(value).decode() if not isinstance(value, str) else value
    return text if len(text) <= 80 else f"{text[:77]}..."
