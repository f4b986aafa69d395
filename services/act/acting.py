"""What a mailed link lets its person do at this moment, and that it is done once, as that person, by the rules for everybody."""

from __future__ import annotations

import hmac
from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

from msgspec import json

from domain.engagement.state import EngagementState
from domain.errors import NotFound, NotPermitted, Refusal, StreamErased
from domain.errors.engagement import EngagementNotActive
from domain.errors.organization import OrganizationSuspended
from domain.errors.plan import PlanNotActive
from domain.glossary import Role
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.reminder.events import DedupeKey
from domain.reminder.state import ReminderState
from infra.eventstore.answer import Link, link
from infra.eventstore.errors import IdempotencyKeyReused, NoKeys
from infra.eventstore.reading import Reading
from services.act.kind import KINDS, Asks, Kind
from services.act.link import LASTS, ActLinks
from services.actor import Actor
from services.command.execution import Commands, Once
from services.permission import policy
from services.permission.membership import acting
from services.permission.relation import facts_of
from services.permission.suspension import require_going_on
from services.wording.language import ENGLISH, Language, language_of

Standing: TypeAlias = Literal["open", "wrong", "done", "settled", "over", "resting", "unpermitted", "expired", "unknown"]
"""How a link stands. What there never was, or is another organization's, or was erased, is `unknown`, in the same words."""
OVER: Final = (EngagementNotActive, PlanNotActive)


class Act(NamedTuple):
    """A link as it stands; `asks` is what its form asks for, while it is open. Nothing in it is confidential, but for the ids."""

    standing: Standing
    language: Language = ENGLISH
    organization: str = ""
    key: DedupeKey | None = None
    asks: Asks = "nothing"
    actor: Actor | None = None
    target: UUID | None = None


UNKNOWN: Final = Act("unknown")


class Acts:
    """Of one installation."""

    def __init__(self, commands: Commands) -> None:
        self.commands = commands
        self.store = commands.store
        self.links = ActLinks(self.store.pool, self.store.vault)

    async def asked(self, text: str) -> Act:
        """How the link stands; changes nothing. Raises `Unavailable`."""
        found = link(text)
        if found is None or not await self.is_ours(found):
            return UNKNOWN
        try:
            return await self.standing(found)
        except (NotFound, StreamErased):
            return UNKNOWN

    async def is_ours(self, found: Link) -> bool:
        try:
            signature = await self.links.signature(found.tenant, found.stream)
        except NoKeys:
            return False
        return hmac.compare_digest(signature, found.secret)

    async def standing(self, found: Link) -> Act:
        """Of a link of ours. Raises `NotFound` or `StreamErased` for what is there no more."""
        reading = await self.store.read(found.tenant, found.tenant, found.stream)
        reminder: ReminderState = reading.state(found.stream, "reminder")
        if reading.head is None or reminder.key is None or reminder.engagement_id is None or reminder.due_at is None:
            raise NotFound
        key = reminder.key
        kind = KINDS.get(key.rule)
        if kind is None:
            raise NotFound
        await reading.load(key.recipient_id)
        organization: OrganizationState = reading.state(found.tenant, "organization")
        person: PersonState = reading.state(key.recipient_id, "person")
        act = Act("expired", language_of(person.locale, organization.locale), organization.name, key)
        if reminder.due_at + LASTS <= self.commands.clock():
            return act
        role = role_in(reading.state(reminder.engagement_id, "engagement"), key.recipient_id)
        if role is None:
            return act._replace(standing="unpermitted")
        actor = Actor(found.tenant, key.recipient_id, role, found.stream, "email", since=reminder.due_at)
        return await self.permitted(reading, kind, act._replace(actor=actor), reminder.engagement_id)

    async def permitted(self, reading: Reading, kind: Kind, act: Act, engagement_id: UUID) -> Act:
        """The same act, as far as its person may do it now."""
        assert act.actor is not None  # who was found to have a part in the engagement
        assert act.key is not None
        organization: OrganizationState = reading.state(act.actor.tenant, "organization")
        today = organization.day(self.commands.clock())
        target = await target_of(reading, kind, act.key, engagement_id)
        try:
            actor = acting(reading, act.actor, today)
            policy.require(actor, kind.action, facts_of(reading, target))
            require_going_on(organization, actor, kind.action, today)
        except Refusal as refusal:
            return act._replace(standing=standing_of(refusal))
        engagement: EngagementState = reading.state(engagement_id, "engagement")
        state = reading.state(target, kind.noun)
        if kind.noun == "plan" and (engagement.stage != "active" or state.status != "active"):
            return act._replace(standing="over")
        asks = kind.asks(state, act.key)
        return act._replace(standing="settled") if asks is None else act._replace(standing="open", asks=asks, target=target)

    async def act(self, text: str, entered: str) -> Act:
        """Does it, once for each reminder, whatever is sent again. Raises `Unavailable`."""
        act = await self.asked(text)
        if act.standing != "open":
            return act
        assert act.actor is not None  # as it is open
        assert act.key is not None
        command = KINDS[act.key.rule].command(act.key, entered)
        if command is None:
            return act._replace(standing="wrong")
        once = Once(str(act.actor.key_id), "POST", "/act", json.encode(command))
        try:
            await self.commands.execute(act.actor, command, act.target, once=once)
        except Refusal as refusal:
            return act._replace(standing=standing_of(refusal))
        return act._replace(standing="done")


async def target_of(reading: Reading, kind: Kind, key: DedupeKey, engagement_id: UUID) -> UUID:
    """The session itself, or the engagement's plan. Raises `NotFound`."""
    target = key.subject_id
    if kind.noun == "plan":
        plans = await reading.engaged(engagement_id, "plan")
        if not plans:
            raise NotFound
        target = plans[-1]
    await reading.load(target)
    return target


def role_in(engagement: EngagementState, person: UUID) -> Role | None:
    """As what somebody has a part in an engagement, among those who do something in it."""
    if person in engagement.coached:
        return "client"
    return "coach" if person == engagement.coach_id else None


def standing_of(refusal: Refusal) -> Standing:
    """What is said of a refusal: what its reason is to whoever has the mail, and no more."""
    match refusal:
        case OrganizationSuspended():
            return "resting"
        case NotFound() | NotPermitted():
            return "unpermitted"
        case IdempotencyKeyReused():
            return "settled"
    return "over" if isinstance(refusal, OVER) else "wrong"
