"""What the operator of an installation does for its organizations: register one, give out an API key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from domain.command import Command
from domain.errors import NotFound, NotPermitted
from domain.errors.organization import SlugTaken
from domain.glossary import Role
from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from infra.blobs import Folder
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from services import keyring
from services.actor import Actor
from services.command.execution import Answer, Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys, NewKey, Wanted
from services.key import life
from services.keyring import Kept
from services.permission.membership import acting
from services.quota import Quota, quota_of, set_quota
from services.reading.reads import Reads
from services.reading.recorder import Recorder
from services.report.files import Files
from workers.embedded import database_url
from workers.entrance import await_entrance
from workers.founding import Founded, found, operator

MOST_KEYS: Final = 10_000
"""Of one list, which nobody reads to its end."""
NO_LIMITS: Final = Wanted()


class Office:
    """Acts as the operator, through the same execution as everybody else."""

    def __init__(self, commands: Commands, keys: Keys, directory: Directory, connections: asyncpg.Pool) -> None:
        self.commands = commands
        self.keys = keys
        self.directory = directory
        self.connections = connections

    def reads(self) -> Reads:
        """What the operator may read: never content, so nothing of it is noted."""
        return Reads(self.commands.store, self.connections, utc_now, Recorder(self.commands.execute))

    def files(self, folder: Path) -> Files:
        """The files of reports, of which the operator is told whether they are those that were made."""
        return Files(self.connections, self.commands.store.vault, Folder(folder))

    async def create_tenant(self, tenant: UUID, firm: RegisterOrganization, admin: RegisterPerson) -> Founded:
        """Registers an organization with its first administrator. Raises whatever refuses one of the commands."""
        return await found(self.commands, self.keys, tenant, firm, admin)

    async def execute(self, tenant: UUID, command: Command, target: UUID | None = None) -> Answer:
        """One command of the operator's. Raises what refuses it."""
        return await self.commands.execute(operator(tenant), command, target)

    async def add_admin(self, tenant: UUID, admin: RegisterPerson | UUID) -> Founded:
        """Makes a new person, or one that there is, an administrator for good, with a key. Raises what refuses one of the commands."""
        person = admin if isinstance(admin, UUID) else (await self.execute(tenant, admin)).id
        await self.execute(tenant, GrantMembership(role="admin"), person)
        return Founded(tenant, person, (await self.keys.create(tenant, person, "admin")).key)

    async def quota(self, tenant: UUID) -> Quota:
        return await quota_of(self.connections, tenant)

    async def set_quota(self, tenant: UUID, quota: Quota) -> None:
        """In the place of what held."""
        await set_quota(self.connections, tenant, quota)

    async def tenant_for(self, slug: str, fresh: UUID) -> UUID:
        """The id to register a name under: that of an attempt which broke off, else `fresh`. Raises `SlugTaken`."""
        named = await self.directory.find(slug)
        if named is None:
            return fresh
        if named.confirmed:
            raise SlugTaken(f"Another organization is called {slug}: choose another --slug, or name that one with --id to go on with it.")
        return named.tenant

    async def tenant_of(self, slug: str) -> UUID:
        """Raises `NotFound`."""
        named = await self.directory.find(slug)
        if named is None:
            raise NotFound(f"No organization is called {slug}: `throughline tenant create` makes one.")
        return named.tenant

    async def create_key(self, tenant: UUID, person_id: UUID, role: Role, wanted: Wanted = NO_LIMITS) -> NewKey:
        """A key for a person in a role that they hold today. Raises `NotFound` or `NotPermitted`, and as `life.make` does.

        By the same rule as over HTTP: one for the role integration names its scopes, and ends within a year.
        """
        life.require_scopes(role, wanted.scopes)
        wanted = wanted._replace(until=life.expiry(None, role, wanted.until, self.keys.clock()))
        reading = await self.commands.store.read(tenant, tenant, person_id)
        if reading.kind(person_id) != "person":
            raise NotFound(f"Nobody in this organization has the id {person_id}.")
        try:
            acting(reading, Actor(tenant, person_id, role, tenant), utc_now().date())
        except NotPermitted:
            raise NotPermitted(f"That person does not hold the role {role} today: grant it first (grant_membership).") from None
        return await self.keys.make(tenant, person_id, role, wanted)

    async def list_keys(self, tenant: UUID, person_id: UUID | None, *, ended: bool) -> list[Kept]:
        """Keys of everyone, or of one person, the newest first."""
        return await keyring.listed(self.keys, tenant, "key", keyring.Page(person_id, ended, None, MOST_KEYS))

    async def rotate_key(self, tenant: UUID, key_id: UUID, overlap: timedelta) -> NewKey:
        """A key instead of another one, which goes on for the overlap. Raises `NotFound`, `KeyEnded` and `KeyReplaced`."""
        return await life.replace(self.keys, tenant, await keyring.looked_up(self.keys, tenant, "key", key_id), overlap, by=None)

    async def revoke_key(self, tenant: UUID, key_id: UUID) -> bool:
        """Ends one key, at once. False when it had been ended. Raises `NotFound`."""
        await keyring.looked_up(self.keys, tenant, "key", key_id)
        return await self.keys.revoke(tenant, key_id)

    async def revoke_keys(self, tenant: UUID, person_id: UUID) -> int:
        """Ends every key and session of a person, at once. Returns how many there were."""
        return await self.keys.revoke_all(tenant, person_id)


@asynccontextmanager
async def office(settings: Settings) -> AsyncIterator[Office]:
    """The office, on connections of its own."""
    dsn = database_url(settings, "app")
    provider = FileKeyProvider(settings.key_file)
    provider.check()
    await await_entrance(dsn, "throughline_app")
    connections = await pool(dsn, name="throughline command", size=2)
    try:
        directory = Directory(connections)
        yield Office(Commands(Store(connections, Vault(provider)), directory), Keys(connections, utc_now), directory, connections)
    finally:
        await connections.close()


async def tenant_of(settings: Settings, slug: str) -> UUID:
    """For who needs the office for nothing else. Raises `NotFound`."""
    async with office(settings) as staff:
        return await staff.tenant_of(slug)
