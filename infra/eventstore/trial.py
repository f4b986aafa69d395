"""Several attempts that go into one append: what each of them wants, and which of them are refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

from domain.claims import REFUSALS
from domain.errors import Refusal
from infra.eventstore.append import Appended
from infra.eventstore.errors import Busy, Unavailable, UnknownTenant
from infra.eventstore.intent import Intent, Writing
from infra.eventstore.reading import Reading


class Outcome(NamedTuple):
    """What came of one attempt: its result and how many events it adds, or why it is refused."""

    result: bytes
    events: int
    refusal: Refusal | None = None


class Again(Exception):
    """What was read does not hold any more: read and decide again, these streams too; `otherwise` when that never ends."""

    def __init__(self, otherwise: Unavailable, streams: Sequence[UUID] = ()) -> None:
        super().__init__()
        self.otherwise = otherwise
        self.streams = streams


class Fewer(Exception):
    """Some of the attempts cannot have what they claim: read and decide again, without them."""


Attempt: TypeAlias = Callable[[Reading], Awaitable[Intent]]
Summary: TypeAlias = Callable[[Sequence[Outcome]], bytes]


class Trial:
    """Attempts of which each decides on what those before it made of the streams.

    Without a `summary`, the first that is refused refuses all, and the result is that of the last. With one, those that are
    refused change nothing and the others go on; the summary makes the result of all, or raises, and nothing is appended.
    """

    def __init__(self, attempts: Sequence[Attempt], summary: Summary | None = None) -> None:
        self.attempts = attempts
        self.summary = summary
        self.aside: dict[int, Refusal] = {}  # by the attempt's number: the append said that others have what it claims

    async def decided(self, reading: Reading) -> tuple[Writing, bytes]:
        """What the attempts want, and the result."""
        writing = Writing(reading)
        outcomes = [await self.outcome(reading, writing, number) for number in range(len(self.attempts))]
        return writing, self.summary(outcomes) if self.summary else outcomes[-1].result

    async def outcome(self, reading: Reading, writing: Writing, number: int) -> Outcome:
        if number in self.aside:
            return Outcome(b"", 0, self.aside[number])
        since = len(writing.events)
        try:
            intent = await self.attempts[number](reading)
            await self.require_keys(reading, intent)
            await writing.add(intent, number)
        except Refusal as refusal:
            if self.summary is None:
                raise
            return Outcome(b"", 0, refusal)
        if number + 1 < len(self.attempts):
            writing.foretell(since, intent.decided_at)
        return Outcome(intent.result, len(writing.events) - since)

    async def require_keys(self, reading: Reading, intent: Intent) -> None:
        """Those of an organization that is about to begin. Raises `UnknownTenant`."""
        if reading.head is None:
            if not any(change.stream == reading.tenant for change in intent.changes) or reading.exists(reading.tenant):
                raise UnknownTenant  # or it was ended: its stream is still there, and gets no new keys
            await reading.vault.create(reading.source, reading.tenant)

    async def learn(self, reading: Reading, writing: Writing, outcome: Appended) -> None:
        """After an append that was not made: puts those aside who claim what others have, if it was that.

        Raises `Fewer` then, or `Again` where only a new reading can tell who is refused.
        """
        if self.summary is None or outcome.status not in {"claimed", "erased"}:
            return
        if outcome.status == "erased":
            reading.vault.forget(reading.tenant)
            raise Again(Busy())
        kind = str(outcome.taken)
        given = {(given_kind, key) for _, given_kind, key in writing.given}
        wanted = {key: number for (claimed, key), number in writing.takers.items() if claimed == kind and (kind, key) not in given}
        taken = await reading.claimed(kind, list(wanted)) if kind not in reading.searched else set()
        if not taken:
            raise Again(Busy())
        self.aside |= {wanted[key]: REFUSALS[kind]() for key in taken}
        raise Fewer
