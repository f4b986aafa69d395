"""`throughline migrate`."""

from __future__ import annotations

import asyncio

import click

from infra.settings import Settings
from workers.cli.output import Output, json_option, output_of
from workers.embedded import migration_url
from workers.entrance import require_entrance
from workers.schema import prepare


@click.command()
@click.option("--citus", is_flag=True, help="Spread the log over the nodes of a Citus cluster; later runs need not say so again.")
@json_option
@output_of
def migrate(output: Output, citus: bool) -> None:
    """Bring the database to this release's schema.

    Needs MIGRATION_DATABASE_URL, or the embedded server running. Safe to repeat, and to run while the old release still
    answers. Ends with code 6 when the database is of a newer release, or a statement is refused.
    """
    dsn = migration_url(Settings.from_env())
    asyncio.run(require_entrance("MIGRATION_DATABASE_URL", dsn))
    applied = [migration.name for migration in prepare(dsn, citus=citus)]
    text = "\n".join(["Applied:", *applied]) if applied else "The schema is up to date."
    output.say(text, applied=applied)
