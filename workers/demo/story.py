"""Plays the tale into a database: through the same execution as any request, dated back over the last twelve weeks."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Final
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
from services.auth import Keys
from services.directory import Directory
from services.execution import Commands, utc_now
from workers.demo.cast import ADMIN, FIRM
from workers.demo.tale import tell
from workers.demo.teller import Made, Member
from workers.founding import found

log = structlog.get_logger()

DAYS: Final = 84
"""How long ago the story began."""
KEYS_FILE: Final = "demo-keys.json"


class Clock:
    """The time of the story: morning of its day when it turns to one, and a minute later with each command."""

    def __init__(self, start: date) -> None:
        self.start = start
        self.now = self.morning(0)

    def morning(self, day: int) -> datetime:
        return datetime.combine(self.start + timedelta(days=day), time(8), timezone.utc)

    def turn_to(self, day: int) -> None:
        self.now = max(self.now, self.morning(day))

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


class Playing:
    """Tells the tale to one organization of one database (see `Teller`)."""

    def __init__(self, commands: Commands, keys: Keys, clock: Clock, tenant: UUID) -> None:
        self.commands = commands
        self.keys = keys
        self.clock = clock
        self.tenant = tenant
        self.actors: dict[str, Actor] = {}
        self.shown: dict[str, dict[str, str]] = {}

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
        self.shown[member.first_name.lower()] = {"name": member.name, "role": member.role, "key": key}

    async def does(self, who: str, command: Command, target: UUID | None = None) -> Made:
        answer = await self.commands.execute(self.actors[who], command, target)
        return Made(answer.id, answer.item_id or answer.id, answer.version)

    async def is_refused(self, who: str, refusal: type[Refusal], command: Command, target: UUID) -> None:
        try:
            await self.does(who, command, target)
        except refusal:
            return
        raise AssertionError(f"{who} was allowed {type(command).__name__} where {refusal.__name__} was due")

    async def agreement(self, who: str, engagement: UUID) -> str:
        reading = await self.commands.store.read(self.tenant, engagement)
        return str(reading.state(engagement, "engagement").digest)

    async def proposal(self, who: str, plan: UUID) -> tuple[int, str]:
        reading = await self.commands.store.read(self.tenant, plan)
        state = reading.state(plan, "plan")
        return state.plan_version, state.digest


def play(settings: Settings) -> None:
    """Plays the story once and keeps the keys of its people in a file that only its owner may read.

    Raises `SlugTaken` where it was played before.
    """
    asyncio.run(playing(settings))


async def playing(settings: Settings) -> None:
    pool = await postgres.pool(settings.database_url, size=2)
    try:
        clock = Clock(utc_now().date() - timedelta(days=DAYS))
        commands = Commands(Store(pool, Vault(FileKeyProvider(settings.key_file))), Directory(pool), clock)
        keys = Keys(pool, utc_now)
        name, slug, zone = FIRM
        firm = RegisterOrganization(name=name, slug=slug, time_zone=zone)
        admin = RegisterPerson(name=ADMIN.name, email=ADMIN.email)
        founded = await found(commands, keys, uuid7(), firm, admin, channel="import")
        teller = Playing(commands, keys, clock, founded.tenant)
        teller.introduce(ADMIN, founded.admin_id, founded.key)
        tale = await tell(teller)
        keep(settings.data / KEYS_FILE, {"people": teller.shown, "plan": str(tale.plan)})
        log.info("demo_played", tenant=str(founded.tenant), plan=str(tale.plan))
    finally:
        await pool.close()


def keep(path: Path, content: dict[str, object]) -> None:
    """Writes the keys whole or not at all, readable by the owner only."""
    draft = path.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=2)
    draft.replace(path)
