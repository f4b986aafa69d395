"""`throughline key`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from uuid import UUID

import click

from domain.glossary import Role
from infra.keys import FileKeyProvider
from infra.settings import Misconfigured, Settings
from services.actor import ROLES
from services.auth import NewKey
from workers.cli.output import Output, json_option, output_of
from workers.office import office


@click.group()
def key() -> None:
    """API keys of people, and the file of the key-encryption key."""


@key.command()
@click.option("--tenant", "slug", required=True, help="The organization's short name.")
@click.option("--person", "person_id", type=click.UUID, required=True, help="Whose key: their id.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="The role that it acts in; the person has to hold it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Its last moment is the beginning of this day, UTC. Default: for good.")
@json_option
@output_of
def create(output: Output, slug: str, person_id: UUID, role: str, until: datetime | None) -> None:
    """Make an API key for a person in one of their roles, and print it, once."""
    ends = until.replace(tzinfo=UTC) if until else None
    if ends is not None and ends <= datetime.now(UTC):
        raise click.UsageError(f"--until: {ends:%Y-%m-%d} has begun already, so the key would never work.")
    made = asyncio.run(make(slug, person_id, cast(Role, role), ends))
    output.say(f"{made.key}\n\nThe key is not shown again: keep it now.", key_id=made.key_id, key=made.key, person_id=person_id, role=role)


async def make(slug: str, person_id: UUID, role: Role, until: datetime | None) -> NewKey:
    async with office(Settings.from_env()) as staff:
        return await staff.create_key(await staff.tenant_of(slug), person_id, role, until)


@key.command()
@click.option("--tenant", "slug", required=True, help="The organization's short name.")
@click.option("--person", "person_id", type=click.UUID, required=True, help="Whose keys: their id.")
@json_option
@output_of
def revoke(output: Output, slug: str, person_id: UUID) -> None:
    """End every API key of a person at once, and every session of the pages that one of them began."""
    ended = asyncio.run(end(slug, person_id))
    output.say(f"Keys and sessions ended: {ended}.", person_id=person_id, ended=ended)


async def end(slug: str, person_id: UUID) -> int:
    async with office(Settings.from_env()) as staff:
        return await staff.revoke_keys(await staff.tenant_of(slug), person_id)


@key.command()
@click.argument("path", type=click.Path(path_type=Path))
@json_option
@output_of
def file(output: Output, path: Path) -> None:
    """Make the file that THROUGHLINE_KEY_FILE names, with a fresh key-encryption key (mode 0600).

    Keep a copy apart from the database's backups: without it nothing personal can be read, with both everything can.
    """
    try:
        FileKeyProvider.create(path)
    except OSError as error:
        raise Misconfigured(f"{path} was not made ({error.strerror}). An existing file is never overwritten.") from None
    output.say(f"{path} holds a fresh key. Set THROUGHLINE_KEY_FILE={path} for every process, and keep a copy elsewhere.", path=path)
