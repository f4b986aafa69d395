"""`throughline key`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import click

from domain.glossary import Role
from infra.keys import FileKeyProvider
from infra.settings import Misconfigured, Settings
from services.actor import ROLES
from services.entry.auth import NewKey, Wanted
from services.keyring import Kept
from services.permission.scope import SCOPES
from workers.cli.output import Output, json_option, output_of
from workers.office import office

LONGEST: Final = 80
"""Characters of a name."""


@click.group()
def key() -> None:
    """API keys of people, and the file of the key-encryption key."""


TENANT: Final = click.option("--tenant", "slug", required=True, help="The organization's short name.")
NEW: Final = "The key is not shown again: keep it now."


@key.command()
@TENANT
@click.option("--person", "person_id", type=click.UUID, required=True, help="Whose key: their id.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="The role that it acts in; the person has to hold it.")
@click.option("--name", type=click.STRING, help="What it is for, in at most 80 characters; nothing of a person.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, help="What it may; several times for several. Default: all.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Its last moment is the beginning of this day, UTC. Default: for good.")
@click.option("--days", type=click.IntRange(1, 3650), help="For so many days from now, instead of --until.")
@json_option
@output_of
def create(output: Output, /, slug: str, person_id: UUID, role: str, **wanted: Any) -> None:
    """Make an API key for a person in one of their roles, and print it, once."""
    made = asyncio.run(make(slug, person_id, cast(Role, role), wanted_key(**wanted)))
    output.say(f"{made.key}\n\n{NEW}", key_id=made.key_id, key=made.key, person_id=person_id, role=role)


def wanted_key(name: str | None, scopes: Sequence[str], until: datetime | None, days: int | None) -> Wanted:
    now = datetime.now(UTC)
    if until is not None and days is not None:
        raise click.UsageError("--until and --days both say when the key ends: give one of them.")
    ends = until.replace(tzinfo=UTC) if until else now + timedelta(days=days) if days else None
    if ends is not None and ends <= now:
        raise click.UsageError(f"--until: {ends:%Y-%m-%d} has begun already, so the key would never work.")
    if name is not None and not (0 < len(name) <= LONGEST and name.isprintable() and name.strip()):
        raise click.UsageError(f"--name: one line of at most {LONGEST} characters.")
    return Wanted(name=name, scopes=frozenset(scopes) or None, until=ends)


async def make(slug: str, person_id: UUID, role: Role, wanted: Wanted) -> NewKey:
    async with office(Settings.from_env()) as staff:
        return await staff.create_key(await staff.tenant_of(slug), person_id, role, wanted)


@key.command("list")
@TENANT
@click.option("--person", "person_id", type=click.UUID, help="Only the keys of this person.")
@click.option("--ended", is_flag=True, help="With those that expired or were revoked.")
@json_option
@output_of
def list_(output: Output, slug: str, person_id: UUID | None, ended: bool) -> None:
    """List the API keys of an organization, the newest first: whose, for what, until when, last used when."""
    now = datetime.now(UTC)
    found = asyncio.run(kept(slug, person_id, ended=ended))
    output.say(
        "\n".join(line(one, now) for one in found) or "There are none.",
        keys=[{**one._asdict(), "state": one.standing("key", now)} for one in found],
    )


def line(one: Kept, now: datetime) -> str:
    """A key in one line."""
    used = f"last used {one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never used"
    ends = f"until {one.expires_at:%Y-%m-%d %H:%M}" if one.expires_at else "for good"
    may = " ".join(one.scopes) if one.scopes is not None else "all of the role"
    return f"{one.key_id}  {one.standing('key', now):8} {one.role} {one.person_id}  {ends}, {used}; {may}; {one.name or 'without a name'}"


async def kept(slug: str, person_id: UUID | None, *, ended: bool) -> list[Kept]:
    async with office(Settings.from_env()) as staff:
        return await staff.list_keys(await staff.tenant_of(slug), person_id, ended=ended)


@key.command()
@TENANT
@click.option("--key", "key_id", type=click.UUID, required=True, help="The key's id, as `key list` shows it.")
@click.option("--overlap-hours", type=click.IntRange(0, 168), default=24, show_default=True, help="How long the old key goes on.")
@json_option
@output_of
def rotate(output: Output, slug: str, key_id: UUID, overlap_hours: int) -> None:
    """Make a key of the same kind instead of another one, which ends after the overlap, and print the new one, once."""
    made = asyncio.run(replaced(slug, key_id, timedelta(hours=overlap_hours)))
    output.say(f"{made.key}\n\n{NEW} The old one ends in {overlap_hours} hours.", key_id=made.key_id, key=made.key, replaces=key_id)


async def replaced(slug: str, key_id: UUID, overlap: timedelta) -> NewKey:
    async with office(Settings.from_env()) as staff:
        return await staff.rotate_key(await staff.tenant_of(slug), key_id, overlap)


@key.command()
@TENANT
@click.option("--person", "person_id", type=click.UUID, help="All keys of a person: their id.")
@click.option("--key", "key_id", type=click.UUID, help="One key: its id, as `key list` shows it.")
@json_option
@output_of
def revoke(output: Output, slug: str, person_id: UUID | None, key_id: UUID | None) -> None:
    """End an API key at once, or every one of a person with every session of the pages that they are signed in with."""
    if (person_id is None) == (key_id is None):
        raise click.UsageError("Give either --person or --key.")
    ended = asyncio.run(end(slug, person_id, key_id))
    named = {"person_id": person_id} if person_id is not None else {"key_id": key_id}
    output.say(f"Keys and sessions ended: {ended}.", **named, ended=ended)


async def end(slug: str, person_id: UUID | None, key_id: UUID | None) -> int:
    async with office(Settings.from_env()) as staff:
        tenant = await staff.tenant_of(slug)
        if person_id is not None:
            return await staff.revoke_keys(tenant, person_id)
        return int(key_id is not None and await staff.revoke_key(tenant, key_id))


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
