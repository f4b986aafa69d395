"""Writes a history: an append a stream, one stream after the other, and again from where it stopped when it was interrupted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from infra import postgres
from infra.eventstore.store import Store
from infra.eventstore.stream import Folds
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.settings import Settings
from services.command.batch import EPOCH, named_id, register, write
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from workers.demo import keys
from workers.demo.history import note
from workers.demo.history.coaching import Coaching
from workers.demo.history.contract import assessment, engagement
from workers.demo.history.course import Course, course
from workers.demo.history.firm import Firm, Founding
from workers.demo.history.judging import evaluations
from workers.demo.history.meeting import sessions
from workers.demo.history.planning import Planning
from workers.demo.history.script import Person, Script, morning
from workers.demo.history.size import Size
from workers.demo.keys import DemoKey

SECONDS: Final = 5.0  # between two lines about how far it is
LANES: Final = 4  # at a time: while the database writes one stream, the next are decided

Say = Callable[[str], None]


class Loading:
    """One history on its way into one database. `until` is the day after its last one."""

    def __init__(self, commands: Commands, tenant: UUID, size: Size, say: Say) -> None:
        self.commands, self.size, self.say = commands, size, say
        self.until = day_of(tenant)
        self.firm = Founding(tenant, size, self.until).firm()
        self.began = self.told = time.monotonic()
        self.first = self.position = self.done = 0

    async def begin(self) -> None:
        """Notes how much was written before this run, and enters the director."""
        head = (await self.commands.store.read(self.firm.tenant, self.firm.tenant)).head
        assert head is not None  # the organization is registered
        self.first = self.position = head.position
        await self.write(self.firm.entering[0])

    async def run(self) -> None:
        """Everybody first, then the programs, then client after client. Raises `RowRefused` and `Unavailable`."""
        for script in (*self.firm.entering, *self.firm.offering):
            await self.write(script)
            self.tell("people and programs")
        try:
            async with asyncio.TaskGroup() as group:
                for lane in range(LANES):
                    group.create_task(self.follow(lane))
        except ExceptionGroup as several:
            raise several.exceptions[0] from several
        self.tell("all of it", last=True)

    async def follow(self, lane: int) -> None:
        """The clients of some of the coaches, one after the other: which of a coach's places they take depends on their order."""
        for client in self.firm.clients:
            if client.coach.number % LANES == lane:
                for script in life(self.firm, course(self.size, client)):
                    await self.write(script)
                self.done += 1
                self.tell(f"{self.done} of {len(self.firm.clients)} clients")

    async def write(self, script: Script) -> None:
        batch = script.batch(self.until)
        if batch.rows:
            self.position = max(self.position, await write(self.commands, batch))

    def tell(self, far: str, *, last: bool = False) -> None:
        """How far it is, every few seconds."""
        now = time.monotonic()
        if last or now - self.told >= SECONDS:
            self.told = now
            events = self.position - self.first
            self.say(f"history: {far}, {events:,} events, {events / (now - self.began):,.0f} a second")


def life(firm: Firm, course: Course) -> Iterator[Script]:
    """The streams of one client's engagement, each with what it needs written before it."""
    engaged = engagement(firm, course)
    yield engaged
    assessed, needs = assessment(firm, course, engaged.stream)
    yield assessed
    planning = Planning(firm, course, engaged.stream, needs)
    if course.fate == "unanswered":
        yield planning.script
        return
    coaching = Coaching(planning)
    yield planning.script
    yield from evaluations(coaching, engaged)
    yield from sessions(firm, coaching, engaged)


def tenant_for(size: Size, until: date) -> UUID:
    """A new history's organization. As each UUIDv7 does, its id says when it was made: going on with it later counts from there."""
    return named_id(morning(until), size.slug)


def day_of(tenant: UUID) -> date:
    return (EPOCH + timedelta(milliseconds=tenant.int >> 80)).date()


def load(settings: Settings, size: Size, say: Say) -> None:
    """Writes the history into the database of `settings`, to its end if it was interrupted before."""
    note.write(settings, note.Note(size))
    asyncio.run(loading(settings, size, say, utc_now().date()))
    note.write(settings, note.Note(size, is_written=True))


async def loading(settings: Settings, size: Size, say: Say, today: date) -> None:
    """The same, up to today; one that was begun before goes up to the day of its beginning."""
    pool = await postgres.pool(settings.database_url or "", size=LANES)
    try:
        commands = Commands(Store(pool, Vault(FileKeyProvider(settings.key_file)), folds=Folds()), Directory(pool))
        named = await commands.directory.find(size.slug)
        history = Loading(commands, named.tenant if named else tenant_for(size, today), size, say)
        await register(commands, history.firm.registered.batch(history.until).rows[0])
        await history.begin()
        await show(settings, Keys(pool, utc_now), history.firm.tenant, history.firm.director, size, say)
        await history.run()
    finally:
        await pool.close()


async def show(settings: Settings, keyring: Keys, tenant: UUID, director: Person, size: Size, say: Say) -> None:
    """A key for the director, kept with those of the story's people."""
    if not keys.of(settings, size.slug):
        made = await keyring.create(tenant, director.id, director.role)
        who = f"{director.name}, director of the history"
        keys.write(settings, size.slug, [DemoKey(who=who, role=director.role, key=made.key, organization=size.slug)])
        say(f"history: {who}, signs in with {made.key}")
