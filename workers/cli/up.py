"""`throughline up`."""

from __future__ import annotations

import click

from infra.settings import Settings
from workers import supervisor


@click.command()
@click.option(
    "--demo/--no-demo", default=None, help="Play the demo story into the database. Default: on the first start of the embedded one."
)
@click.option("--no-history", is_flag=True, help="Leave out the year of a whole firm, which a first start writes after the story.")
def up(demo: bool | None, no_history: bool) -> None:
    """Run everything: PostgreSQL, migrations, API, projector and worker, restarted when they end.

    Ctrl-C stops it all. Data stays in THROUGHLINE_DATA (.data), so the next start goes on where this one ended. With
    DATABASE_URL, that PostgreSQL is used instead of the embedded one; PROJECTOR_DATABASE_URL and WORKER_DATABASE_URL are then needed too.
    It has to let each of them in at the start, else this ends with code 4; when it goes away later, that is waited for.
    """
    supervisor.run(Settings.from_env(), demo=demo, history=not no_history)
