"""`throughline tenant`."""

from __future__ import annotations

import asyncio
from typing import TypeVar
from uuid import UUID

import click
import msgspec
from uuid_utils.compat import uuid7

from domain.command import Command
from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from infra.settings import Settings
from services.faults import faults
from workers.cli.output import Output, json_option, output_of
from workers.founding import Founded
from workers.office import office

C = TypeVar("C", bound=Command)


@click.group()
def tenant() -> None:
    """Organizations: the firms that this installation serves."""


@tenant.command()
@click.option("--slug", required=True, help="Its short name in addresses, unique in the installation: acme")
@click.option("--name", required=True, help="Its full name.")
@click.option("--admin-name", required=True, help="The first administrator's name.")
@click.option("--admin-email", required=True, help="The first administrator's address.")
@click.option("--time-zone", default="Etc/UTC", show_default=True, help="The zone that its dates are meant in.")
@click.option("--id", "tenant_id", type=click.UUID, help="Go on with this organization, whose making broke off.")
@json_option
@output_of
def create(output: Output, slug: str, name: str, admin_name: str, admin_email: str, time_zone: str, tenant_id: UUID | None) -> None:
    """Register an organization with its first administrator, and print their API key, once.

    Repeat it when it broke off: what was done is not done again, and a new key is made.
    """
    organization = checked(RegisterOrganization, "--", slug=slug, name=name, time_zone=time_zone)
    admin = checked(RegisterPerson, "--admin-", name=admin_name, email=admin_email)
    made = asyncio.run(register(tenant_id, organization, admin))
    output.say(
        f"Organization {slug} is registered.\n  id             {made.tenant}\n  administrator  {made.admin_id}\n"
        f"  API key        {made.key}\n\nThe key is not shown again: keep it now.",
        tenant_id=made.tenant, slug=slug, person_id=made.admin_id, key=made.key,
    )  # fmt: skip


async def register(tenant_id: UUID | None, organization: RegisterOrganization, admin: RegisterPerson) -> Founded:
    async with office(Settings.from_env()) as staff:
        chosen = tenant_id or await staff.tenant_for(organization.slug, uuid7())
        return await staff.create_tenant(chosen, organization, admin)


def checked(kind: type[C], prefix: str, **fields: object) -> C:
    """A command from options, checked as its JSON would be. Raises `UsageError`, which names each option by its `prefix`."""
    if found := [*faults(kind, fields)]:
        raise click.UsageError("\n".join(f"{prefix}{fault.pointer[1:].replace('_', '-')}: {fault.detail}" for fault in found))
    return msgspec.convert(fields, kind)
