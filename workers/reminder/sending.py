"""One person's digest: claimed, checked once more, sent, noted. Each step may be done again after a crash.

Claims are taken before anything is sent, and looked for first, so that whoever begins anew goes on with the same reminders.
A crash between sending and noting sends the mail again, with the same Message-ID.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg
from prometheus_client import Histogram

from domain.claims import reminder
from domain.command import Command
from domain.reminder.commands import FailReminder, PlanReminder, SendReminder, SuppressReminder
from domain.reminder.events import SuppressedBecause
from domain.reminder.state import ReminderState
from infra.mail import MailAway, MailRefused, Post
from infra.metrics import REGISTRY
from infra.postgres import tenant_transaction
from services.act.kind import KINDS
from services.act.link import ActLinks
from services.actor import Actor, worker
from services.command.execution import Commands
from services.wording.language import language_of
from workers.alone import alone
from workers.reminder.due import Digest, holders, terms_of, zone_of
from workers.reminder.letter import Letter, letter
from workers.reminder.person import firings_about
from workers.reminder.rule import Firing, firings
from workers.reminder.slot import awake
from workers.reminder.truth import Item, Truth

GIVE_UP: Final = timedelta(hours=3)  # for a server that does not answer
LATENESS: Final = Histogram(
    "throughline_reminder_lateness_seconds",
    "How long after its time a reminder went out.",
    buckets=(60, 300, 900, 1800, 3600, 7200, 21_600, 86_400, 172_800),
    registry=REGISTRY,
)


class NotNow(Exception):
    """The recipient's quiet hours have begun; they end at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Claimed(NamedTuple):
    """A reminder that is this digest's to settle; `stands` tells whether there is still a reason for it."""

    id: UUID
    firing: Firing
    stands: bool


class Sending:
    """Sends the digests of one installation, as the worker. `locks` are connections that one digest a person is held by."""

    def __init__(self, commands: Commands, locks: asyncpg.Pool, post: Post, address: str) -> None:
        self.commands = commands
        self.clock: Callable[[], datetime] = commands.clock
        self.locks = locks
        self.post = post
        self.address = address
        self.links = ActLinks(commands.store.pool, commands.store.vault)

    async def send(self, tenant: UUID, digest: Digest, made_at: datetime) -> None:
        """Raises `MailAway` or `Unavailable` when it is to be tried again, and `NotNow`."""
        async with alone(self.locks, f"reminder {tenant} {digest.recipient}"):
            truth = Truth(self.commands, tenant)
            await truth.load(digest.recipient, digest.firings)
            claimed = await self.claim(worker(tenant), truth, digest)
            left = await self.suppress(worker(tenant), truth, digest.recipient, claimed)
            if left:
                await self.deliver(worker(tenant), truth, digest, left, made_at)

    async def claim(self, who: Actor, truth: Truth, digest: Digest) -> list[Claimed]:
        """Claims what stands and nobody has claimed; adds what was claimed before and is not settled."""
        terms = terms_of(truth.organization)
        recipient = truth.person(digest.recipient)
        zones = {digest.recipient: (zone := zone_of(recipient, terms))}
        now = self.clock()
        if (until := awake(now, zone, terms.quiet)) > now:
            raise NotNow(until)
        found = [firing for facts in truth.facts.values() for firing in firings(facts, terms, zones)]
        for subject in truth.subjects:
            found += firings_about(truth.person(subject), {digest.recipient: recipient}, terms, zones)
        standing = {reminder(firing.key): firing.due_at for firing in found}
        async with tenant_transaction(self.commands.store.pool, who.tenant, read_only=True) as connection:
            held = await holders(connection, truth.reading, digest.firings)
        await truth.reading.load(*held.values())
        claimed = []
        for firing in digest.firings:
            name = reminder(firing.key)
            id, due_at = held.get(name), standing.get(name)
            if id is None and due_at is not None and due_at <= now:
                id = await self.plan(who, firing)
            elif id is not None and not is_open(truth, id):
                continue
            if id is not None:
                claimed.append(Claimed(id, firing, due_at is not None))
        return claimed

    async def plan(self, who: Actor, firing: Firing) -> UUID | None:
        """The reminder that was planned; None when somebody was faster."""
        answer = await self.commands.execute(who, PlanReminder(engagement_id=firing.engagement_id, key=firing.key, due_at=firing.due_at))
        return answer.id if answer.version else None

    async def suppress(self, who: Actor, truth: Truth, recipient: UUID, claimed: Sequence[Claimed]) -> list[Claimed]:
        """Notes what is left out, and why; returns what is to be sent."""
        organization = truth.organization
        suspended = organization.suspended_on(organization.day(self.clock()))
        left, unreachable = [], await self.address_of(truth, recipient) is None
        for one in claimed:
            why: SuppressedBecause | None = None
            if one.firing.is_stale(self.clock()):
                why = "stale"
            elif not one.stands:
                why = "settled"
            elif unreachable:
                why = "unreachable"
            elif suspended:
                why = "suspended"
            if why is None:
                left.append(one)
            else:
                await self.commands.execute(who, SuppressReminder(why=why), one.id)
        return left

    async def address_of(self, truth: Truth, recipient: UUID) -> str | None:
        """None when the person has left, or was erased."""
        person = truth.person(recipient)
        today = terms_of(truth.organization).day(self.clock())
        if not person.memberships_on(today):
            return None
        return await truth.plain(recipient, person.email)

    async def deliver(self, who: Actor, truth: Truth, digest: Digest, left: Sequence[Claimed], made_at: datetime) -> None:
        to = await self.address_of(truth, digest.recipient)
        assert to is not None  # or everything would have been left out
        items = await truth.items(digest.recipient, [one.firing for one in left])
        written = letter(
            Letter(
                to=to,
                name=await truth.name(digest.recipient),
                organization=truth.organization.name,
                address=self.address,
                reference=reference(who.tenant, digest),
                at=self.clock(),
                items=items,
                plans={id: one.plan_id for id, one in truth.facts.items()},
                acts=await self.acts(who.tenant, left, items),
                language=language_of(truth.person(digest.recipient).locale, truth.organization.locale),
            )
        )
        try:
            await self.post.send(written)
        except MailRefused:
            await self.each(who, left, FailReminder(why="refused"))
        except MailAway:
            if self.clock() - made_at < GIVE_UP:
                raise
            await self.each(who, left, FailReminder(why="gave_up"))
        else:
            for one in left:
                LATENESS.observe((self.clock() - one.firing.due_at).total_seconds())
            await self.each(who, left, SendReminder(provider_ref=written.reference))

    async def acts(self, tenant: UUID, left: Sequence[Claimed], items: Sequence[Item]) -> dict[str, str]:
        """The links by which client and coach answer a reminder at once, where it is of such a kind."""
        parties = {reminder(item.firing.key): item.party for item in items}
        names = {reminder(one.firing.key): one.id for one in left if one.firing.key.rule in KINDS}
        return {name: await self.links.path(tenant, id) for name, id in names.items() if parties[name] in ("client", "coach")}

    async def each(self, who: Actor, left: Sequence[Claimed], command: Command) -> None:
        for one in left:
            await self.commands.execute(who, command, one.id)


def is_open(truth: Truth, id: UUID) -> bool:
    state: ReminderState = truth.reading.state(id, "reminder")
    return state.outcome is None


def reference(tenant: UUID, digest: Digest) -> str:
    """What the mail is known by: the same whenever the same digest is sent again."""
    keys = sorted(reminder(firing.key) for firing in digest.firings)
    return hashlib.sha256("\n".join([str(tenant), *keys]).encode()).hexdigest()[:32]
