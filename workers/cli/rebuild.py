"""`throughline rebuild`."""

from __future__ import annotations

import asyncio
from uuid import UUID

import click

from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections import rebuild as models
from projections.catalogue import PROJECTIONS
from workers.cli.output import Output, json_option, output_of
from workers.embedded import projector_url
from workers.office import tenant_of
from workers.progress import telling
from workers.schema import await_schema


@click.command()
@click.argument("name", type=click.Choice([each.name for each in PROJECTIONS]))
@click.option("--tenant", "slug", help="Only of this organization, by its short name. Default: of all, one after the other.")
@json_option
@output_of
def rebuild(output: Output, name: str, slug: str | None) -> None:
    """Build the rows of a read model anew from the log.

    Readers see the old rows until an organization's new ones are complete, and projectors go on; an organization in which an
    event cannot be taken in keeps its rows. Broken off, it may be called again. Progress goes to standard error.

    PROJECTOR_DATABASE_URL names the role throughline_projector, and the key file has to be there. `throughline verify` says
    whether a rebuild would change anything.
    """
    done = asyncio.run(rebuilt(Settings.from_env(), name, slug))
    text = f"{name} is rebuilt: {sum(done.values()):,} events of {len(done)} organizations."
    output.say(text, projection=name, organizations={str(tenant): position for tenant, position in done.items()})


async def rebuilt(settings: Settings, name: str, slug: str | None) -> dict[UUID, int]:
    """The organizations, each with the position that its rows have reached."""
    dsn, provider = projector_url(settings), FileKeyProvider(settings.key_file)
    provider.check()
    await await_schema(dsn)
    tenant = await tenant_of(settings, slug) if slug is not None else None
    done: dict[UUID, int] = {}

    def tell() -> None:
        click.echo(f"rebuild: {name}, {sum(done.values()):,} events, {len(done)} organizations", err=True)

    async with await pool(dsn, name="throughline rebuild", size=1, command_seconds=None) as connections, telling(tell):
        with outages():
            await models.rebuild(connections, Opener(Vault(provider)), name, tenant=tenant, tell=done.__setitem__)
    return done
