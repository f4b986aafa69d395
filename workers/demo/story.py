"""Plays the tale into a database: through the same execution as any request, dated back over the last twelve weeks."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from uuid_utils.compat import uuid7

from domain.command import Command
from domain.errors import Refusal
from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from infra import postgres
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.settings import Settings
from services.actor import Actor
from services.command.execution import Commands, Once, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from services.respondent.answering import Questionnaire, Respondents
from workers.demo import keys as shown
from workers.demo.asking import asked_around, surveyed
from workers.demo.cast import ADMIN, FIRM
from workers.demo.group import coached_together
from workers.demo.keys import DemoKey
from workers.demo.tale import tell
from workers.demo.teller import Body, Made, Member
from workers.founding import found

log = structlog.get_logger()

DAYS: Final = 84
"""How long ago the story began."""
A_DAY: Final = timedelta(days=1)


class Clock:
    """The time of the story: morning of its day when it turns to one, and a minute later with each command; or the server's."""

    def __init__(self, start: date) -> None:
        self.start = start
        self.now = self.morning(0)
        self.is_over = False

    def morning(self, day: int) -> datetime:
        return datetime.combine(self.start + timedelta(days=day), time(8), UTC)

    def turn_to(self, day: int) -> None:
        self.now = max(self.now, self.morning(day))

    def end(self) -> None:
        """From here on it is the server's time."""
        self.is_over = True

    def __call__(self) -> datetime:
        self.now = utc_now() if self.is_over else self.now + timedelta(minutes=1)
        return self.now


class Playing:
    """Tells the tale to one organization of one database (see `Teller`).

    Each step has an idempotency key, its number in what is named so, so that a story that was interrupted goes on where it stopped. What was
    refused then is not asked again: the same request may be refused for another reason by now.
    """

    def __init__(self, commands: Commands, keys: Keys, clock: Clock, tenant: UUID, name: str = "story") -> None:
        self.commands = commands
        self.keys = keys
        self.clock = clock
        self.tenant = tenant
        self.name = name
        self.respondents = Respondents(commands.store.pool, commands.store.vault, clock)
        self.actors: dict[str, Actor] = {}
        self.shown: list[DemoKey] = []
        self.steps = 0
        self.is_repeating = False

    def beside(self, name: str) -> Playing:
        """The same people in something else that happened in these weeks, from their first day on."""
        clock = Clock(self.clock.start)
        other = Playing(Commands(self.commands.store, self.commands.directory, clock), self.keys, clock, self.tenant, name)
        other.actors, other.shown = self.actors, self.shown
        return other

    async def turn_to(self, day: int) -> date:
        self.clock.turn_to(day)
        return self.clock.now.date()

    async def enter(self, member: Member) -> UUID:
        person = (await self.does(ADMIN.first_name, RegisterPerson(name=member.name, email=member.email))).id
        await self.does(ADMIN.first_name, GrantMembership(role=member.role), person)
        made = await self.keys.create(self.tenant, person, member.role)
        self.introduce(member, person, made.key)
        return person

    def introduce(self, member: Member, person: UUID, key: str) -> None:
        self.actors[member.first_name] = Actor(self.tenant, person, member.role, person, channel="import")
        self.shown.append(DemoKey(who=member.name, role=member.role, key=key))

    async def does(self, who: str, command: Command, target: UUID | None = None) -> Made:
        self.steps += 1
        step = Once(f"{self.name} {self.steps}", "STORY", type(command).__name__, b"")
        actor = self.actors[who]._replace(channel="api") if self.clock.is_over else self.actors[who]
        answer = await self.commands.execute(actor, command, target, once=step)
        self.is_repeating = answer.replayed
        return Made(answer.id, answer.item_id or answer.id, answer.version)

    async def is_refused(self, who: str, refusal: type[Refusal], command: Command, target: UUID) -> None:
        if self.is_repeating:
            return
        try:
            await self.commands.execute(self.actors[who], command, target)
        except refusal:
            return
        raise AssertionError(f"{who} was allowed {type(command).__name__} where {refusal.__name__} was due")

    async def come_to_today(self) -> None:
        self.clock.end()

    async def answers(self, by: Questionnaire[Any, Body], stream: UUID, respondent: UUID, body: Body) -> None:
        state = (await self.commands.store.read(self.tenant, stream)).state(stream, by.noun)
        if state.closed_on is not None:
            return
        link = await self.respondents.answers.invite(self.tenant, stream, respondent, utc_now() + A_DAY)
        if link is not None:
            await self.respondents.answer(by, link.text(), body)

    async def agreement(self, who: str, engagement: UUID) -> str:
        reading = await self.commands.store.read(self.tenant, engagement)
        return str(reading.state(engagement, "engagement").digest)

    async def proposal(self, who: str, plan: UUID) -> tuple[int, str]:
        state = (await self.commands.store.read(self.tenant, plan)).state(plan, "plan")
        return state.plan_version, state.digest


def play(settings: Settings) -> None:
    """Plays the story, to its end if it was interrupted before, and keeps the keys of its people for every start to show."""
    asyncio.run(playing(settings, settings.database_url or ""))


async def playing(settings: Settings, dsn: str) -> None:
    pool = await postgres.pool(dsn, size=2)
    try:
        clock = Clock(utc_now().date() - timedelta(days=DAYS))
        commands = Commands(Store(pool, Vault(FileKeyProvider(settings.key_file))), Directory(pool), clock)
        keys = Keys(pool, utc_now)
        name, slug, zone = FIRM
        firm = RegisterOrganization(name=name, slug=slug, time_zone=zone)
        admin = RegisterPerson(name=ADMIN.name, email=ADMIN.email)
        named = await commands.directory.find(slug)
        tenant = named.tenant if named else uuid7()
        founded = await found(commands, keys, tenant, firm, admin, channel="import")
        teller = Playing(commands, keys, clock, tenant)
        teller.introduce(ADMIN, founded.admin_id, founded.key)
        tale = await tell(teller)
        await asked_around(teller.beside("feedback"), tale.contracted)
        grouped = await coached_together(teller.beside("group"), tale.people)
        await surveyed(teller.beside("survey"), grouped)
        shown.write(settings, slug, teller.shown)
        log.info("demo_played", tenant=str(tenant), plan=str(tale.plan))
    finally:
        await pool.close()
