"""How an organization comes to be: its registration, its first administrator, and a key for them."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from domain.values import NIL
from services.actor import OPERATOR, Actor, Channel
from services.command.execution import Commands, Once
from services.entry.auth import Keys

REPEATABLE: Final = "throughline tenant create"


class Founded(NamedTuple):
    """An organization, its administrator, and the administrator's key, which cannot be read again."""

    tenant: UUID
    admin_id: UUID
    key: str


def operator(tenant: UUID, channel: Channel = "api") -> Actor:
    """Who runs the installation: nobody's person, and no role inside of the organization."""
    return Actor(tenant, NIL, OPERATOR, NIL, channel)


async def found(
    commands: Commands, keys: Keys, tenant: UUID, firm: RegisterOrganization, admin: RegisterPerson, channel: Channel = "api"
) -> Founded:
    """Registers the firm with its administrator. Repeated for the same tenant, it goes on where it stopped, with a new key."""
    who = operator(tenant, channel)
    await commands.execute(who, firm)
    await commands.directory.confirm(tenant)
    person = (await commands.execute(who, admin, once=once(admin))).id
    grant = GrantMembership(role="admin")
    await commands.execute(who, grant, person, once=once(grant))
    return Founded(tenant, person, (await keys.create(tenant, person, "admin")).key)


def once(command: msgspec.Struct) -> Once:
    return Once(f"{REPEATABLE} {type(command).__name__}", "CLI", REPEATABLE, msgspec.json.encode(command))
