"""`throughline demo`."""

from __future__ import annotations

import click
from msgspec.structs import replace

from infra.logging import configure
from infra.settings import Settings
from workers.demo.story import play
from workers.embedded import database_url


@click.command()
def demo() -> None:
    """Play the demo story: a coaching plan's whole life, through the same commands that the API executes.

    Into the database that DATABASE_URL names, else into the embedded one, which has to run. The keys of its people are
    written to demo-keys.json in THROUGHLINE_DATA.
    """
    settings = Settings.from_env()
    configure("demo", settings.log_level)
    play(replace(settings, database_url=database_url(settings, "app")))
