"""`throughline worker`."""

from __future__ import annotations

import asyncio

import click

from infra.logging import configure
from infra.settings import Settings


@click.command()
def worker() -> None:
    """Do what follows from what happened, and what it is time for.

    Waits for the database when it is away, ends with code 6 when its schema is another release's, and with code 3 when the key file
    is another installation's; on SIGTERM it finishes
    what it has begun. Run more of them to scale. WORKER_DATABASE_URL names the role throughline_worker, which sees no
    content, DATABASE_URL the role throughline_app, as which it records what came of its work.
    """
    settings = Settings.from_env()
    configure("worker", settings.log_level)
    from workers.working import work  # sets dramatiq's broker, by settings that have been checked

    asyncio.run(work(settings))
