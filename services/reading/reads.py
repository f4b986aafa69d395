"""How a read is answered: the actor and the resource from their streams, never stale; the content from the read models."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from msgspec import Struct, structs

from domain.access.events import AccessClass
from domain.engagement.state import EngagementState
from domain.errors import NotFound
from domain.glossary import Disclosure
from domain.organization.state import OrganizationState
from infra.eventstore.folded import Folded
from infra.eventstore.reading import Reading
from infra.eventstore.store import Store
from infra.eventstore.vault import Source
from infra.postgres import Pool, Share
from projections.current import Current
from projections.members import names
from projections.projection import Projection
from projections.snapshot import NotCaughtUp, Snapshot, caught_up
from services.actor import Actor
from services.errors import Fault, Unreadable
from services.permission import policy
from services.permission.membership import acting, held_since
from services.permission.relation import facts_of, of_engagement, others
from services.reading.decision import Decided, changed
from services.reading.following import SECONDS, follow
from services.reading.handover import Handovers, Kept, without
from services.reading.recorder import Recorder, classes_of
from services.reading.sweep import Sweep
from services.reading.view import NONE, Sight, sight

if TYPE_CHECKING:
    from litestar import Request  # workers read, too, and need nothing else of it

__all__ = ["Found", "Look", "NotCaughtUp", "Reads", "names"]

BELONGING: Final = frozenset({"plan", "assessment", "session", "evaluation"})
"""Nouns whose streams are shown from their rows, and to those who may see their engagement: of the log they need no more."""
IN_EMERGENCY: Final = frozenset({"read_plan"})
"""Reads that an emergency opens: the plan as it stands. What happened, how it stood, lists, ledgers and reports stay as they are."""
PROFILE: Final[frozenset[AccessClass]] = frozenset({"profile"})


class Look(NamedTuple):
    """An actor who may do what they ask for, with what was read to know it. `engagement` is that of the stream, if any.

    `opened`: an emergency opens to them what they ask for, at this moment. `kept` is what was not handed over to them.
    """

    actor: Actor
    action: str
    reading: Reading
    organization: OrganizationState
    engagement: EngagementState | None
    today: date
    opened: bool
    kept: Kept

    @property
    def sight(self) -> Sight:
        """What the actor sees of the engagement, by the consent of this moment."""
        among = others(self.actor, self.engagement)
        return sight(self.actor, self.consents, opened=self.opened, kept=self.kept, others=among)

    @property
    def consents(self) -> frozenset[Disclosure]:
        return self.engagement.facts(self.today).consents if self.engagement else NONE


S = TypeVar("S")


class Seen(NamedTuple):
    """An engagement at this moment, and what the actor sees of it."""

    engagement: EngagementState
    sight: Sight

    def shown(self, one: Current[S]) -> Current[S]:
        """A row that was opened before it was known for whom, as this reader may have it."""
        return structs.replace(one, state=without(one.state, self.sight.opens))


A = TypeVar("A", bound=Struct)


class Found(NamedTuple, Generic[A]):
    """What a query answers: as of a position of the log, and at which version of the stream, if it is about one."""

    answer: A
    position: int
    version: int | None = None


class Reads:
    """Answers reads of one installation. The clock is the server's. What works through many engagements takes its turn in `sweep`."""

    def __init__(self, store: Store, connections: Pool, clock: Callable[[], datetime], recorder: Recorder) -> None:
        self.store = store
        self.connections = connections
        self.clock = clock
        self.recorder = recorder
        self.sweep = Sweep()
        self.handovers = Handovers()
        self.engagements = Folded(store, "engagement")

    def share(self, tenant: UUID) -> Share:
        """The connections, for what reads the log past `store`."""
        return self.connections.of(tenant)

    async def look(self, actor: Actor, action: str, noun: str | None = None, stream: UUID | None = None) -> Look:
        """Whether the actor may do it, to a stream or in general. Raises `NotFound` and `NotPermitted`.

        Of a stream that is about somebody it is in the log that they look when this returns: nothing may be shown before.
        """
        if stream is not None and noun in BELONGING:
            reading = await self.store.read_around(actor.tenant, stream, actor.tenant, actor.person_id)
        else:
            reading = await self.store.read(actor.tenant, actor.tenant, actor.person_id, *([stream] if stream else []))
        organization: OrganizationState = reading.state(actor.tenant, "organization")
        now = self.clock()
        today = organization.day(now)
        actor = acting(reading, actor, today)
        if stream is not None and reading.kind(stream) != noun:
            raise NotFound
        policy.require(actor, action, facts_of(reading, stream) if stream else None)
        engagement = stream if noun == "engagement" or stream is None else reading.engagement_of(stream)
        state: EngagementState | None = reading.state(engagement, "engagement") if engagement else None
        opened = state is not None and is_open_to(actor, action, state, now, held_since(reading, actor, today))
        kept = await self.handovers.kept_from(self.share(actor.tenant), actor, state)
        look = Look(actor, action, reading, organization, state, today, opened, kept)
        subjects = state.ever_coached if state is not None else [stream if noun == "person" else None]
        classes = PROFILE if action == "read_person" else classes_of(look.sight)
        await self.recorder.note(actor, action, subjects, classes, stream, "emergency" if opened else "role")
        return look

    async def note(self, look: Look, shown: Iterable[tuple[UUID | None, frozenset[AccessClass]]]) -> None:
        """Notes that a list shows these people, each with what it tells of them; before it is shown."""
        together: dict[frozenset[AccessClass], list[UUID | None]] = defaultdict(list)
        for person, classes in shown:
            together[classes].append(person)
        await asyncio.gather(*(self.recorder.note(look.actor, look.action, people, classes) for classes, people in together.items()))

    async def sights(self, look: Look, engagements: Sequence[UUID]) -> dict[UUID, Seen]:
        """What the actor sees of each of these engagements at this moment; one that is not theirs any more, or not yet, is missing.

        It is noted as `look` does.
        """
        found = await self.seen(look, engagements, self.share(look.actor.tenant))
        await self.note_sights(look, found)
        return found

    async def seen(self, look: Look, engagements: Sequence[UUID], source: Source) -> dict[UUID, Seen]:
        """The same by a connection, at the moment of its transaction. Pass it to `note_sights` before anything of it is shown."""
        states: dict[UUID, EngagementState] = await self.engagements.states(look.actor.tenant, engagements, source)
        mine = [one for one in states.values() if isinstance(policy.decide(look.actor, look.action, of_engagement(one)), policy.Allow)]
        kept = {state.id: await self.handovers.kept_from(source, look.actor, state) for state in mine}
        return {
            state.id: Seen(
                state,
                sight(look.actor, consents_to(look.actor, state, look.today), kept=kept[state.id], others=others(look.actor, state)),
            )
            for state in mine
        }

    async def note_sights(self, look: Look, found: Mapping[UUID, Seen]) -> None:
        """Notes that what belongs to these engagements is shown."""
        people = ((person, classes_of(one.sight)) for one in found.values() for person in one.engagement.ever_coached)
        await self.note(look, people)

    @asynccontextmanager
    async def snapshot(
        self, request: Request[Any, Any, Any] | None, actor: Actor, *projections: Projection[Any], shown_by: Look | Decided
    ) -> AsyncIterator[tuple[Snapshot, int]]:
        """Rows of one moment with the position that they reach.

        Waits for the one that the request names, where there is a request; a page after a form for what the form did.
        `shown_by` is by what was decided who may see them. If it would be decided otherwise by now, as after a consent was withdrawn,
        these rows may hold what was written since: raises `NotCaughtUp`, and the next try decides anew. Of many engagements it is
        decided by `seen` within the snapshot, or by `sights` after it.
        """
        wanted = min_position(request) if request is not None else 0
        if request is not None:
            await follow(self.connections, request, actor.tenant, *projections)
        async with caught_up(self.connections, actor.tenant, wanted, *projections, seconds=SECONDS) as rows:
            if isinstance(shown_by, Look):
                await self.require_valid(shown_by, rows)
            yield rows, rows.position(*projections)

    async def require_valid(self, look: Look, rows: Snapshot) -> None:
        """The reader, and what they see of the engagement that was looked at, are what they were. Raises `NotCaughtUp`."""
        reader, engagement = look.actor.person_id, look.engagement
        streams = [reader] if engagement is None else [reader, engagement.id]
        happened = await changed(rows.connection, look.actor.tenant, look.reading, *streams)
        if reader in happened:
            raise NotCaughtUp
        if engagement is None or engagement.id not in happened:
            return
        state = (await self.engagements.states(look.actor.tenant, [engagement.id], rows.connection)).get(engagement.id)
        if state is None or of_engagement(state) != of_engagement(engagement):
            raise NotCaughtUp
        kept = await self.handovers.kept_from(rows.connection, look.actor, state)
        opened = is_open_to(look.actor, look.action, state, self.clock(), held_since(look.reading, look.actor, look.today))
        if look._replace(engagement=state, opened=opened, kept=kept).sight != look.sight:
            raise NotCaughtUp


def consents_to(actor: Actor, engagement: EngagementState, today: date) -> frozenset[Disclosure]:
    """What the client's consent lets somebody see: nobody's sight but a sponsor's follows from it, and a list has many engagements."""
    return engagement.facts(today).consents if actor.role == "sponsor" else NONE


def is_open_to(actor: Actor, action: str, engagement: EngagementState, now: datetime, since: datetime) -> bool:
    """Whether an emergency opens this read of the engagement to the actor: to the person who asked for it, in the role that asked.

    `since` is when they began to hold it.
    """
    return action in IN_EMERGENCY and actor.role == "program_manager" and engagement.is_open_to(actor.person_id, now, since)


def min_position(request: Request[Any, Any, Any]) -> int:
    given = request.headers.get("throughline-min-position", "0")
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise Unreadable([Fault("/header/Throughline-Min-Position", "invalid", "A position, as a command answered it.")])
    return int(given)
