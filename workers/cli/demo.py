"""`throughline demo`."""

from __future__ import annotations

import click
from msgspec.structs import replace

from infra.logging import configure
from infra.settings import Settings
from workers.demo.history.load import load
from workers.demo.history.size import FIRST_START
from workers.demo.story import play
from workers.embedded import database_url


@click.command()
@click.option("--coaches", type=click.IntRange(1, 500), help="Coaches of the history.")
@click.option("--clients", type=click.IntRange(1, 20_000), help="Clients of the history.")
@click.option("--months", type=click.IntRange(2, 60), help="Months of the history, up to today.")
@click.option("--seed", type=click.IntRange(0, 999_999), help="The same numbers and seed make the same history.")
def demo(coaches: int | None, clients: int | None, months: int | None, seed: int | None) -> None:
    """Play the demo story: a coaching plan's whole life, through the same commands that the API executes.

    With one of the options, write the history of a whole firm instead, as an organization of its own; what is left out is as
    on a first start (40 coaches, 600 clients, 12 months). Interrupted, it goes on when it is called again.

    Into the database that DATABASE_URL names, else into the embedded one, which has to run. The keys of its people are
    written to demo-keys.json in THROUGHLINE_DATA.
    """
    settings = Settings.from_env()
    configure("demo", settings.log_level)
    settings = replace(settings, database_url=database_url(settings, "app"))
    given = {"coaches": coaches, "clients": clients, "months": months, "seed": seed}
    chosen = {name: value for name, value in given.items() if value is not None}
    if chosen:
        load(settings, replace(FIRST_START, **chosen), click.echo)
    else:
        play(settings)
