"""What stands at this moment, from the streams themselves: read models may be behind, and a mail cannot be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import structs

from domain.errors import StreamErased
from domain.glossary import PARTIES, Party
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.plan.state import PlanState
from domain.values import NIL, OfClient, Personal
from infra.eventstore.codec import META
from infra.eventstore.feed import Fed
from infra.eventstore.feed import read as read_event
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.reading import Reading
from projections.reminder.facts import Facts
from projections.reminder.follow import follow
from services.actor import Actor
from services.command.execution import Commands
from services.reading.handover import Handovers, references
from workers.reminder.rule import Firing

NOUNS: Final = ("plan", "evaluation", "session")


class Item(NamedTuple):
    """What the mail says of one reminder. `title` is None when the recipient may not read it, or it is erased."""

    firing: Firing
    party: Party | None
    title: str | None
    client: str | None
    zone: ZoneInfo


class Truth:
    """The streams that a digest is about, read in a few round trips. `subjects` are the people whom a reminder is about itself."""

    def __init__(self, commands: Commands, tenant: UUID) -> None:
        store = commands.store
        self.reading = Reading(store.pool, store.vault, tenant, snapshots=False)
        self.opener = Opener(store.vault)
        self.handovers = Handovers()
        self.facts: dict[UUID, Facts] = {}
        self.subjects: list[UUID] = []

    async def load(self, recipient: UUID, found: Sequence[Firing]) -> None:
        """Raises `Unavailable`."""
        wanted = list(dict.fromkeys(firing.engagement_id for firing in found if firing.engagement_id is not None))
        self.subjects = list(dict.fromkeys(firing.key.subject_id for firing in found if firing.engagement_id is None))
        await self.reading.load(self.reading.tenant, recipient, *wanted, *self.subjects)
        parts = {one: [stream for noun in NOUNS for stream in await self.reading.engaged(one, noun)] for one in wanted}
        await self.reading.load(*(stream for streams in parts.values() for stream in streams))
        for one, streams in parts.items():
            self.facts[one] = await self.opened(self.folded(one, streams))
        await self.reading.load(*(client for one in self.facts.values() if (client := one.client_id) is not None))

    def folded(self, engagement: UUID, streams: Iterable[UUID]) -> Facts:
        facts = Facts(engagement_id=engagement)
        for stream in (engagement, *streams):
            for fed in self.fed(stream, engagement):
                facts = follow(facts, fed) if type(fed.event) in follow.table else facts
        return facts

    async def opened(self, facts: Facts) -> Facts:
        """With its ratings open: some ask for a reminder."""
        sealed = [(one, one.scores.sealed) for one in facts.ratings if one.scores.sealed is not None]
        places = [SealedAt(one.session_id, facts.engagement_id, text) for one, text in sealed]
        texts = await self.opener.open(self.reading.source, self.reading.tenant, places)
        ratings = (structs.replace(one, scores=OfClient(texts[text], sealed=text)) for one, text in sealed)
        return structs.replace(facts, ratings=tuple(ratings))

    def fed(self, stream: UUID, engagement: UUID) -> Iterator[Fed]:
        for row in self.reading.found(stream).events:
            yield Fed(
                event=read_event(row["type"], row["schema_v"], row["body"]),
                type=row["type"],
                schema_v=row["schema_v"],
                version=row["version"],
                occurred_at=row["at"],
                meta=META.decode(row["meta"]),
                payload_hash=row["hash"],
                stream=stream,
                engagement_id=None if stream == engagement else engagement,
                position=0,
                recorded_at=row["at"],
                payload=row["body"],
            )

    @property
    def organization(self) -> OrganizationState:
        state: OrganizationState = self.reading.state(self.reading.tenant, "organization")
        return state

    def person(self, id: UUID) -> PersonState:
        """One whose stream was erased is nobody."""
        try:
            state: PersonState = self.reading.state(id, "person")
        except StreamErased:
            return PersonState()
        return state

    def zone(self, id: UUID) -> ZoneInfo:
        """Where somebody is."""
        zone = self.person(id).time_zone
        return ZoneInfo(zone) if zone else self.organization.zone

    async def plain(self, stream: UUID, value: Personal[str] | None, realm: UUID | None = None) -> str | None:
        """What it says; None where there is none, or it is erased. Raises `Unavailable`."""
        text: str | None
        (text,) = await self.opener.plain(self.reading.source, self.reading.tenant, stream, [value], realm)
        return text

    async def name(self, id: UUID | None) -> str | None:
        return None if id is None else await self.plain(id, self.person(id).name)

    async def items(self, recipient: UUID, found: Iterable[Firing]) -> list[Item]:
        """With the words that the recipient may read: titles are for client and coach."""
        items, zone = [], self.zone(recipient)
        for firing in found:
            if firing.engagement_id is None:
                items.append(Item(firing, None, None, None, zone))
                continue
            facts = self.facts[firing.engagement_id]
            party = "client" if recipient in facts.members else next((side for side in PARTIES if facts.person(side) == recipient), None)
            client = await self.name(facts.client_id) if party != "client" else None
            title = await self.title(firing, facts, party, recipient) if party in ("client", "coach") else None
            items.append(Item(firing, party, title, client, zone))
        return items

    async def title(self, firing: Firing, facts: Facts, party: Party, recipient: UUID) -> str | None:
        """None also of what was not handed over to a coach who took over."""
        if facts.plan_id is None:
            return None
        try:
            plan: PlanState = self.reading.state(facts.plan_id, "plan")
        except StreamErased:
            return None
        reader = Actor(self.reading.tenant, recipient, party, NIL)
        kept = await self.handovers.kept_from(self.reading.source, reader, self.reading.state(plan.engagement_id, "engagement"))
        title = title_of(plan, firing.key.subject_id)
        if title is None or references(title) & kept:
            return None
        return await self.plain(plan.id, title, plan.engagement_id)


def title_of(plan: PlanState, item: UUID) -> Personal[str] | None:
    """What the plan calls an action, a milestone or an objective; None of anything else."""
    if item in plan.actions:
        return plan.actions[item].text
    if item in plan.milestones:
        return plan.milestones[item].title
    return plan.objectives[item].terms.title if item in plan.objectives else None
