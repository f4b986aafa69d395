"""One command through the house: load, policy, decide, append. The same for HTTP, the command line and the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from domain.command import Command, Report
from domain.context import Context
from domain.engagement.state import EngagementState
from domain.errors import NotFound, Refusal, VersionConflict
from domain.event import Actors, Event
from domain.nouns import NOUNS
from domain.organization.state import OrganizationState
from domain.plan.smart.verdict import Unmet
from infra.eventstore.reading import Reading
from infra.eventstore.store import Change, Intent, Store
from services.actor import Actor
from services.command.call import Call
from services.command.identity import Ids
from services.command.known import require_known, require_seen
from services.command.table import TABLE, Entry
from services.directory import Directory
from services.errors import PreconditionFailed
from services.permission import policy
from services.permission.membership import acting
from services.permission.relation import facts_of
from services.permission.suspension import require_going_on
from services.problems import snake

OWN_CHANGE: Final = "You changed this since: read what it is now, then send the command again with that value."


class Answer(NamedTuple):
    """What came of a command. `item_id` is what it made inside the stream, such as an objective; `warnings` what would be refused next."""

    id: UUID
    item_id: UUID | None
    version: int
    position: int
    replayed: bool
    warnings: tuple[Unmet, ...] = ()


class Result(msgspec.Struct, frozen=True):
    """What a command's row keeps for a replay: ids, a version and codes, never text."""

    id: UUID
    item_id: UUID | None
    version: int
    warnings: tuple[Unmet, ...] = ()


class Once(NamedTuple):
    """An idempotency key, and what makes two requests with it the same."""

    key: str
    method: str
    path: str
    body: bytes


def utc_now() -> datetime:
    return datetime.now(UTC)


class Commands:
    """Executes commands against one store. `clock` is another than the server's only where a story is played.

    `appended` is called after each append, and must neither wait nor fail: it rings for the projector.
    """

    def __init__(
        self, store: Store, directory: Directory, clock: Callable[[], datetime] = utc_now, appended: Callable[[], None] = lambda: None
    ) -> None:
        self.store = store
        self.directory = directory
        self.clock = clock
        self.appended = appended

    async def execute(
        self, actor: Actor, command: Command, target: UUID | None = None, *, once: Once | None = None, expected: int | None = None
    ) -> Answer:
        """Does what `command` says to the stream `target`, or to a new one when it begins a stream.

        `expected` is the version that the stream must still have. Raises a `Refusal`, or `Unavailable` when the same
        command may succeed later.
        """
        attempt = Attempt(actor, command, target, expected, self.clock(), self.directory)
        key = await self.store.command_key(actor.tenant, actor.principal, *once) if once else None
        try:
            done = await self.store.execute(actor.tenant, attempt.streams(), attempt.decide, key=key)
        except Refusal as refusal:
            if actor.outsider:
                refusal.facts = {}  # versions, digests and ids of what they may not see
            raise
        self.appended()
        result = msgspec.json.decode(done.result, type=Result)
        return Answer(result.id, result.item_id, result.version, done.position, done.replayed, result.warnings)


class Attempt:
    """A command with all that stays the same when it is tried again: its time and its ids."""

    def __init__(
        self,
        actor: Actor,
        command: Command,
        target: UUID | None,
        expected: int | None,
        now: datetime,
        directory: Directory,
        ids: Sequence[UUID] = (),
    ) -> None:
        self.actor = actor
        self.command = command
        self.entry: Entry = TABLE[type(command)]
        self.name = snake(type(command).__name__)
        self.directory = directory
        self.expected = expected
        self.now = now
        founds = self.entry.begins and self.entry.noun == "organization"
        self.ids = ids or Ids(lambda place: actor.tenant if founds and place == 0 else uuid7())
        self.parent: UUID | None = getattr(command, self.entry.parent) if self.entry.parent else None
        self.stream = self.ids[0] if self.entry.begins or target is None else target

    def streams(self) -> Sequence[UUID]:
        """What one round trip reads: the policy, the roles held, the target and what it begins under."""
        found = (self.actor.tenant, self.actor.person_id, self.stream, self.parent)
        return [stream for stream in dict.fromkeys(found) if stream is not None]

    async def decide(self, reading: Reading) -> Intent:
        """What follows from the command in the light of what was read; called anew when that changed meanwhile."""
        shared = self.shared(reading)
        organization: OrganizationState = reading.state(self.actor.tenant, "organization")
        actor = acting(reading, self.actor, organization.day(self.now))  # roles held at the time of asking, not at that of a report
        self.check(reading, actor)
        await require_known(reading, self.command)
        noun = NOUNS[self.entry.noun]
        call = Call(reading, actor, self.command, self.stream, shared, self.directory)
        state, context = reading.state(self.stream, noun.name), await self.entry.context(call)
        try:
            events = noun.decide(state, self.command, context)
        except VersionConflict as conflict:
            raise told_to(actor.person_id, conflict) from conflict
        return Intent(
            meta=self.meta(shared),
            changes=[Change(self.stream, events, self.engagement(reading)), *await self.entailed(call, events)],
            client=self.client(reading),
            occurred_at=shared.occurred_at if self.is_dated(shared) else None,
            result=self.result(reading, events, self.entry.warns(state, context) if self.entry.warns else ()),
            decided_at=self.now,
        )

    async def entailed(self, call: Call, events: Sequence[Event]) -> list[Change]:
        """What follows for other streams in the same append, each decided by the rules of its own noun."""
        changes = []
        for stream, command in await self.entry.entails(call, events) if self.entry.entails else ():
            entry = TABLE[type(command)]
            context = await entry.context(call._replace(command=command, target=stream, entailed=True))
            state = call.reading.state(stream, entry.noun)
            under = getattr(command, entry.parent) if entry.parent else None
            changes.append(Change(stream, NOUNS[entry.noun].decide(state, command, context), under))
        return changes

    def check(self, reading: Reading, actor: Actor) -> None:
        """The stream is there and of the right kind, the actor may change it now, and it is at the version that they expect."""
        about = self.parent if self.entry.begins else self.stream
        if about is not None and not reading.exists(about):
            raise NotFound
        if not self.entry.begins and reading.kind(self.stream) != self.entry.noun:
            raise NotFound
        policy.require(actor, self.name, None if about is None else facts_of(reading, about))
        organization: OrganizationState = reading.state(actor.tenant, "organization")
        require_going_on(organization, actor, self.name, organization.day(self.now))
        if self.expected is not None and self.expected != reading.version(self.stream):
            raise PreconditionFailed(version=reading.version(self.stream))
        require_seen(self.command, reading.version(self.stream))

    def shared(self, reading: Reading) -> Context:
        organization: OrganizationState = reading.state(self.actor.tenant, "organization")
        occurred_at = (self.command.occurred_at if isinstance(self.command, Report) else None) or self.now
        return Context(
            actor=self.actor.person_id,
            role=self.actor.role,
            now=self.now,
            occurred_at=occurred_at,
            today=organization.day(occurred_at),
            policy=organization.policy,
            ids=self.ids,
            rulesets=organization.rulesets(organization.day(occurred_at)),
        )

    def is_dated(self, shared: Context) -> bool:
        """Whether the events get a business time of their own: reports that have one, and all that is imported."""
        return self.actor.channel == "import" or shared.occurred_at != self.now

    def engagement(self, reading: Reading) -> UUID | None:
        """The engagement that the stream belongs to, or is begun under; an engagement belongs to none."""
        if self.parent is not None and reading.kind(self.parent) == "engagement":
            return self.parent
        return reading.engagement_of(self.stream)

    def client(self, reading: Reading) -> UUID | None:
        """Whom the words about a client are about.

        Those about a group are the group's, and outlast each of its members; what one of these says of themselves is theirs.
        """
        engagement = self.stream if self.entry.noun == "engagement" else self.engagement(reading)
        if engagement is None:
            return None
        if not reading.exists(engagement):
            return getattr(self.command, "client_id", None)
        state: EngagementState = reading.state(engagement, "engagement")
        if state.kind == "individual":
            return state.client_id
        return self.actor.person_id if self.actor.person_id in state.coached and self.entry.of_oneself else state.id

    def meta(self, shared: Context) -> Actors:
        return Actors(
            actor=self.actor.person_id,
            role=self.actor.role,
            on_behalf_of=None,
            channel=self.actor.channel,
            command=self.name,
            correlation=self.ids[-1],
            causation=None,
            policy_version=shared.policy.version,
        )

    def result(self, reading: Reading, events: Sequence[Event], warnings: Sequence[Unmet]) -> bytes:
        """What was made inside the stream has the first of this command's ids, when an event took it."""
        made = not self.entry.begins and any(self.ids[0] == getattr(event, name) for event in events for name in event.__struct_fields__)
        version = reading.version(self.stream) + len(events)
        return msgspec.json.encode(Result(self.stream, self.ids[0] if made else None, version, tuple(warnings)))


def told_to(sender: UUID, conflict: VersionConflict) -> VersionConflict:
    """One's own change is told as one's own. `changed_at` is a version, and stands under the name that says so, too."""
    own = conflict.facts.get("changed_by") == sender and str(conflict) == VersionConflict.__doc__
    facts = conflict.facts | ({"changed_version": conflict.facts["changed_at"]} if "changed_at" in conflict.facts else {})
    return VersionConflict(OWN_CHANGE if own else str(conflict), pointer=conflict.pointer, **facts)
