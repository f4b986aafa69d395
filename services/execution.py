"""One command through the house: load, policy, decide, append. The same for HTTP, the command line and the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from uuid_utils.compat import uuid7

from domain.command import Command, Report
from domain.context import Context
from domain.errors import NotFound, OccurredAtOutOfRange
from domain.event import Actors, Event
from domain.nouns import NOUNS
from domain.rules import CLOCKS_DIFFER
from infra.eventstore.reading import Reading
from infra.eventstore.store import Change, Intent, Store
from services import policy
from services.actor import Actor
from services.call import Call
from services.commands import TABLE, Entry
from services.errors import PreconditionFailed
from services.membership import require_role
from services.problems import snake
from services.relation import client_of, facts_of

IDS: Final = 16
"""Ids made ahead for one command: more than any makes things."""


class Answer(NamedTuple):
    """What came of a command. `item_id` is what it made inside the stream, such as an objective."""

    id: UUID
    item_id: UUID | None
    version: int
    position: int
    replayed: bool


class Result(msgspec.Struct, frozen=True):
    """What a command's row keeps for a replay: ids and a version, never text."""

    id: UUID
    item_id: UUID | None
    version: int


class Once(NamedTuple):
    """An idempotency key, and what makes two requests with it the same."""

    key: str
    method: str
    path: str
    body: bytes


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


class Commands:
    """Executes commands against one store. `clock` is another than the server's only where a story is played."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self.store = store
        self.clock = clock

    async def execute(
        self, actor: Actor, command: Command, target: UUID | None = None, *, once: Once | None = None, expected: int | None = None
    ) -> Answer:
        """Does what `command` says to the stream `target`, or to a new one when it begins a stream.

        `expected` is the version that the stream must still have. Raises a `Refusal`, or `Unavailable` when the same
        command may succeed later.
        """
        ids = tuple(uuid7() for _ in range(IDS))
        attempt = Attempt(actor, command, target, expected, self.clock(), ids)
        key = await self.store.command_key(actor.tenant, actor.key_id, *once) if once else None
        done = await self.store.execute(actor.tenant, attempt.streams(), attempt.decide, key=key)
        result = msgspec.json.decode(done.result, type=Result)
        return Answer(result.id, result.item_id, result.version, done.position, done.replayed)


class Attempt:
    """A command with all that stays the same when it is tried again: time and ids."""

    def __init__(
        self, actor: Actor, command: Command, target: UUID | None, expected: int | None, now: datetime, ids: tuple[UUID, ...]
    ) -> None:
        self.actor = actor
        self.command = command
        self.entry: Entry = TABLE[type(command)]
        self.parent: UUID | None = getattr(command, self.entry.parent) if self.entry.parent else None
        self.stream = target or (actor.tenant if self.entry.noun == "organization" else ids[0])
        self.expected = expected
        self.now = now
        self.ids = ids

    def streams(self) -> Sequence[UUID]:
        """What one round trip reads: the policy, the roles held, the target and what it begins under."""
        found = {self.actor.tenant, self.actor.person_id, self.stream, self.parent}
        return [stream for stream in found if stream is not None]

    async def decide(self, reading: Reading) -> Intent:
        require_role(reading, self.actor, self.now)
        self.check_target(reading)
        shared = self.shared(reading)
        call = Call(reading, self.actor, self.command, self.stream, shared)
        context = await self.entry.context(call)
        noun = NOUNS[self.entry.noun]
        events = noun.decide(reading.state(self.stream, noun.name), self.command, context)
        engagement = self.engagement(reading)
        return Intent(
            meta=self.meta(),
            changes=[Change(self.stream, events, engagement)],
            client=client_of(reading, engagement, self.stream, events),
            occurred_at=shared.occurred_at if self.dates(shared) else None,
            result=self.result(reading, events),
        )

    def check_target(self, reading: Reading) -> None:
        """The stream is there, is of the right kind, may be changed by this actor and is at the version they expect."""
        action, seen = snake(type(self.command).__name__), self.parent if self.entry.begins else self.stream
        if seen is not None and not reading.exists(seen):
            raise NotFound
        if not self.entry.begins and reading.kind(self.stream) != self.entry.noun:
            raise NotFound
        policy.require(self.actor, action, facts_of(reading, seen) if seen is not None else None)
        if self.expected is not None and self.expected != reading.version(self.stream):
            raise PreconditionFailed(version=reading.version(self.stream))

    def shared(self, reading: Reading) -> Context:
        organization = reading.state(self.actor.tenant, "organization")
        occurred_at = (self.command.occurred_at if isinstance(self.command, Report) else None) or self.now
        if occurred_at > self.now + CLOCKS_DIFFER:
            raise OccurredAtOutOfRange(pointer="/occurred_at", latest=self.now + CLOCKS_DIFFER)
        return Context(
            actor=self.actor.person_id,
            role=self.actor.role,
            now=self.now,
            occurred_at=occurred_at,
            today=occurred_at.astimezone(ZoneInfo(organization.time_zone)).date(),
            policy=organization.policy,
            ids=self.ids,
        )

    def dates(self, shared: Context) -> bool:
        """Whether the events get a business time of their own: reports with one, and all that is imported."""
        return self.actor.channel == "import" or shared.occurred_at != self.now

    def engagement(self, reading: Reading) -> UUID | None:
        return self.parent if self.entry.parent == "engagement_id" else reading.engagement_of(self.stream)

    def meta(self) -> Actors:
        return Actors(
            actor=self.actor.person_id,
            role=self.actor.role,
            on_behalf_of=None,
            channel=self.actor.channel,
            command=snake(type(self.command).__name__),
            correlation=self.ids[-1],
            causation=None,
        )

    def result(self, reading: Reading, events: Sequence[Event]) -> bytes:
        """The id of what was made inside the stream is the first of this command's ids, when an event took it."""
        made = not self.entry.begins and any(self.ids[0] == getattr(event, name) for event in events for name in event.__struct_fields__)
        version = reading.version(self.stream) + len(events)
        return msgspec.json.encode(Result(self.stream, self.ids[0] if made else None, version))
