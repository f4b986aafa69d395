"""`throughline demo`."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import click
from msgspec.structs import replace

from domain.errors import NotFound
from infra.blobs import Folder
from infra.logging import configure
from infra.settings import Misconfigured, Settings
from workers.demo import keys
from workers.demo.history import note
from workers.demo.history.load import load
from workers.demo.history.size import FIRST_START
from workers.demo.story import play
from workers.embedded import database_url, migration_url
from workers.ending import end, is_strange


@click.command()
@click.option("--coaches", type=click.IntRange(1, 500), help="Coaches of the history.")
@click.option("--clients", type=click.IntRange(1, 20_000), help="Clients of the history.")
@click.option("--months", type=click.IntRange(2, 60), help="Months of the history, up to today.")
@click.option("--seed", type=click.IntRange(0, 999_999), help="The same numbers and seed make the same history.")
@click.option("--remove", is_flag=True, help="Delete the organizations of the story and of every history instead, for good.")
def demo(coaches: int | None, clients: int | None, months: int | None, seed: int | None, remove: bool) -> None:
    """Play the demo story: a coaching plan's whole life, through the same commands that the API executes.

    With one of the options, write the history of a whole firm instead, as an organization of its own; what is left out is as
    on a first start (40 coaches, 600 clients, 12 months). Interrupted, it goes on when it is called again.

    Into the database that DATABASE_URL names, else into the embedded one, which has to run. The keys of its people are
    written to demo-keys.json in THROUGHLINE_DATA. What that file names, and its keys open, is what --remove deletes, keys and rows; it needs
    MIGRATION_DATABASE_URL beside a DATABASE_URL.
    """
    settings = Settings.from_env()
    configure("demo", settings.log_level)
    given = {"coaches": coaches, "clients": clients, "months": months, "seed": seed}
    chosen = {name: value for name, value in given.items() if value is not None}
    if remove:
        if chosen:
            raise click.UsageError("--remove deletes every history: leave out the numbers of one.")
        asyncio.run(clear(settings))
        return
    settings = replace(settings, database_url=database_url(settings, "app"))
    if chosen:
        load(settings, replace(FIRST_START, **chosen), click.echo)
    else:
        play(settings)


async def clear(settings: Settings) -> None:
    """Ends and empties what the file of keys names, then forgets the file; a name whose organization is gone already is passed over.

    Raises `Misconfigured`, before anything is deleted, when an organization is not the one whose keys the file holds: then the
    file belongs to another database.
    """
    owner, slugs = migration_url(settings), sorted({key.organization for key in keys.read(settings)})
    for slug in slugs:
        if await is_strange(owner, slug, (key.key for key in keys.of(settings, slug))):
            raise Misconfigured(
                f"{keys.path(settings)}: none of its keys opens the organization {slug} of this database, so nothing was deleted. "
                f"Name the database that the demo was played in, or end this one by `throughline tenant delete {slug}`."
            )
    for slug in slugs:
        try:
            ended = await end(owner, slug, timedelta(0), Folder(settings.blobs))
        except NotFound:
            continue
        click.echo(f"{slug}: {ended.rows} rows are dropped.")
    note.forget(settings)
    keys.forget(settings)
