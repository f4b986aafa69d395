"""`throughline projector`."""

from __future__ import annotations

import asyncio

import click

from infra import heap
from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.logging import configure
from infra.settings import Settings
from projections.runner import project
from workers.embedded import database_url
from workers.entrance import await_entrance


@click.command()
def projector() -> None:
    """Follow the log, and keep the read models up to it.

    Waits for the database when it is away, ends with code 6 when its schema is another release's, and with code 3 when the key file
    is another installation's. Run more of them to scale. DATABASE_URL names the role throughline_projector.
    """
    settings = Settings.from_env()
    configure("projector", settings.log_level)
    dsn = database_url(settings, "projector")
    provider = FileKeyProvider(settings.key_file)
    provider.check()
    asyncio.run(follow(dsn, provider))


async def follow(dsn: str, provider: FileKeyProvider) -> None:
    await await_entrance(dsn, "throughline_projector", keys=provider)
    heap.keep()
    await project(dsn, Opener(Vault(provider)))
