"""`throughline tenant`."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

import click
import msgspec
from uuid_utils.compat import uuid7

from domain.command import Command
from domain.organization.commands import RegisterOrganization, ReinstateOrganization, SuspendOrganization
from domain.person.commands import RegisterPerson
from infra.blobs import Folder
from infra.settings import Settings
from services.entry.faults import faults
from services.quota import Quota
from workers.cli.output import Output, json_option, output_of
from workers.embedded import migration_url
from workers.ending import end
from workers.founding import Founded
from workers.office import office

C = TypeVar("C", bound=Command)
GRACE_DAYS: Final = 30
NUMBER: Final = click.IntRange(0, 2_000_000_000)


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
    settings = Settings.from_env()
    of_settings = (
        ""
        if settings.url
        else "\nThat is THROUGHLINE_HOST and THROUGHLINE_PORT as set here: a server that was started with others has another address."
    )
    output.say(
        f"Organization {slug} is registered.\n  id             {made.tenant}\n  administrator  {made.admin_id}\n"
        f"  API key        {made.key}\n\nThe key is not shown again: keep it now. With it, or by mail, the administrator signs in at\n"
        f"{settings.address}/sign-in/{slug} and adds people under People.{of_settings}",
        tenant_id=made.tenant, slug=slug, person_id=made.admin_id, key=made.key,
    )  # fmt: skip


@tenant.command()
@click.argument("slug")
@click.option("--reason", required=True, help="Why: at least ten characters. It is kept with the suspension, sealed.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="It goes on by itself when this day begins there. Default: once reinstated."
)
@json_option
@output_of
def suspend(output: Output, slug: str, reason: str, until: datetime | None) -> None:
    """Stop everything that changes an organization, at once and in every process.

    What there is can still be read and verified; no reminder and no report by schedule goes out. Nothing is deleted.
    """
    command = checked(SuspendOrganization, "--", reason=reason, until=until.date().isoformat() if until else None)
    position = asyncio.run(as_operator(slug, command))
    output.say(f"Organization {slug} is suspended{f' until {until:%Y-%m-%d}' if until else ''}.", slug=slug, position=position)


@tenant.command()
@click.argument("slug")
@click.option("--reason", required=True, help="Why: at least ten characters. It is kept in the log, sealed.")
@json_option
@output_of
def reinstate(output: Output, slug: str, reason: str) -> None:
    """Let an organization that is suspended go on, at once and in every process."""
    position = asyncio.run(as_operator(slug, checked(ReinstateOrganization, "--", reason=reason)))
    output.say(f"Organization {slug} goes on.", slug=slug, position=position)


@tenant.command()
@click.argument("slug")
@click.option("--person", type=click.UUID, help="The id of somebody whom the organization has.")
@click.option("--name", help="The name of somebody new.")
@click.option("--email", help="The address of somebody new.")
@json_option
@output_of
def admin(output: Output, slug: str, person: UUID | None, name: str | None, email: str | None) -> None:
    """Make somebody an administrator for good, and print their API key, once: where the administrators are gone, or locked out."""
    if (person is None) == (name is None and email is None):
        raise click.UsageError("Give either --person, or --name and --email of somebody new.")
    chosen = person or checked(RegisterPerson, "--", name=name, email=email)
    made = asyncio.run(add_admin(slug, chosen))
    output.say(
        f"An administrator of {slug} more.\n  id       {made.admin_id}\n  API key  {made.key}\n\nThe key is not shown again: keep it now.",
        slug=slug, person_id=made.admin_id, key=made.key,
    )  # fmt: skip


@tenant.command()
@click.argument("slug")
@click.option("--people", type=NUMBER, help="People who may be registered.")
@click.option("--engagements", type=NUMBER, help="Engagements that may be activated.")
@click.option("--requests-per-minute", type=NUMBER, help="Requests that its keys may make together in a minute.")
@click.option("--storage-mb", type=NUMBER, help="Millions of bytes that its report files may take.")
@json_option
@output_of
def quota(
    output: Output, slug: str, people: int | None, engagements: int | None, requests_per_minute: int | None, storage_mb: int | None
) -> None:
    """Show what an organization may use at most, and set what is given; 0 sets the default again, which is no end, and of requests
    what THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE says.

    It holds from the next command on. What is over already stays, and no more comes.
    """
    given = {"people": people, "engagements": engagements, "requests_per_minute": requests_per_minute, "storage_mb": storage_mb}
    found = asyncio.run(keep_quota(slug, {name: number for name, number in given.items() if number is not None}))
    held = msgspec.structs.asdict(found)
    default = dict.fromkeys(held, "no end") | {"requests_per_minute": "as the installation says"}
    lines = [f"{name.replace('_', '-'):20} {default[name] if most is None else most}" for name, most in held.items()]
    output.say("\n".join(lines), slug=slug, **held)


@tenant.command()
@click.argument("slug")
@click.option("--grace-days", type=click.IntRange(0, 3650), default=GRACE_DAYS, show_default=True, help="How long its rows are kept.")
@click.option("--yes", is_flag=True, help="Do not ask: what is deleted does not come back.")
@json_option
@output_of
def delete(output: Output, slug: str, grace_days: int, yes: bool) -> None:
    """End an organization for good: its keys at once, its rows when the grace is over.

    From the first call on nobody gets in and nothing personal can be read, by nobody and never again. Call it again after the
    grace: then everything but a receipt is dropped. Safe to repeat. Needs MIGRATION_DATABASE_URL, or the embedded server running.
    """
    settings = Settings.from_env()
    if not yes:
        click.confirm(f"Destroy the keys of {slug}, so that nobody can ever read it again?", abort=True, err=True)
    grace = timedelta(days=grace_days)
    ended = asyncio.run(end(migration_url(settings), slug, grace, Folder(settings.blobs)))
    left = f"{ended.rows} rows were dropped, only the receipt is left." if ended.emptied else (
        f"Its rows may be dropped from {ended.ended_at + grace:%Y-%m-%d} on: call this again then."
    )  # fmt: skip
    output.say(
        f"Organization {slug} was ended on {ended.ended_at:%Y-%m-%d}: {ended.keys} keys are destroyed. {left}",
        tenant_id=ended.tenant, position=ended.position, keys=ended.keys, ended_at=ended.ended_at.isoformat(),
        emptied=ended.emptied, rows=ended.rows,
    )  # fmt: skip


async def register(tenant_id: UUID | None, organization: RegisterOrganization, admin: RegisterPerson) -> Founded:
    async with office(Settings.from_env()) as staff:
        chosen = tenant_id or await staff.tenant_for(organization.slug, uuid7())
        return await staff.create_tenant(chosen, organization, admin)


async def as_operator(slug: str, command: Command) -> int:
    """About the organization itself. Returns where its log ends with it."""
    async with office(Settings.from_env()) as staff:
        found = await staff.tenant_of(slug)
        return (await staff.execute(found, command, found)).position


async def keep_quota(slug: str, changes: dict[str, int]) -> Quota:
    """What holds afterwards."""
    async with office(Settings.from_env()) as staff:
        found = await staff.tenant_of(slug)
        held = msgspec.structs.replace(await staff.quota(found), **{name: number or None for name, number in changes.items()})
        if changes:
            await staff.set_quota(found, held)
        return held


async def add_admin(slug: str, chosen: RegisterPerson | UUID) -> Founded:
    async with office(Settings.from_env()) as staff:
        return await staff.add_admin(await staff.tenant_of(slug), chosen)


def checked(kind: type[C], prefix: str, **fields: object) -> C:
    """A command from options, checked as its JSON would be. Raises `UsageError`, which names each option by its `prefix`."""
    if found := [*faults(kind, fields)]:
        raise click.UsageError("\n".join(f"{prefix}{fault.pointer[1:].replace('_', '-')}: {fault.detail}" for fault in found))
    return msgspec.convert(fields, kind)
