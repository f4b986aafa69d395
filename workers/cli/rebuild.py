"""`throughline rebuild`."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from infra.keys import FileKeyProvider
from infra.settings import Settings
from projections.catalogue import PROJECTIONS
from workers import rebuilding
from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.embedded import projector_url
from workers.entrance import await_entrance
from workers.office import tenant_of
from workers.rebuilding import Built, Manner, Progress


@click.command()
@click.argument("name", type=click.Choice([each.name for each in PROJECTIONS]))
@click.option("--tenant", "slug", help="Only of this organization, by its short name. Default: of all.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many organizations at a time, each by a process."
)
@click.option("--afresh", is_flag=True, help="Also those again that a rebuild has done which was broken off.")
@json_option
@output_of
def rebuild(output: Output, name: str, slug: str | None, jobs: int, afresh: bool) -> None:
    """Build the rows of a read model anew from the log.

    Readers see an organization's old rows until the new ones are complete, and projectors go on, though not with that
    organization's rows of this read model while they are built. Where an event cannot be taken in, the rows stay as they were,
    the others go on, and the command ends with code 1. Broken off, called again, it goes on with what is not done; so it does
    after a failure. A generation that no release reads yet is built the same way: faster than projectors fill it.

    Progress goes to standard error every five seconds, with --json as JSON objects, one a line. PROJECTOR_DATABASE_URL names
    the role throughline_projector, and the key file has to be there. `throughline verify` says whether a rebuild would change
    anything.
    """
    built = asyncio.run(rebuilt(output, Settings.from_env(), name, slug, jobs, afresh=afresh))
    done, failed = [each for each in built if each.position is not None], [each for each in built if each.position is None]
    lines = [f"{name} is rebuilt: {sum(each.position or 0 for each in done):,} events of {len(done)} organizations."]
    lines += [f"NOT of organization {each.tenant}, whose rows are as before: {each.fault}" for each in failed]
    output.say("\n".join(lines), **facts(name, done, failed))
    if failed:
        raise click.exceptions.Exit(Exit.FAILED)


def facts(name: str, done: list[Built], failed: list[Built]) -> dict[str, Any]:
    return {
        "projection": name,
        "organizations": {str(each.tenant): each.position for each in done},
        "failed": {str(each.tenant): each.fault for each in failed},
    }


async def rebuilt(output: Output, settings: Settings, name: str, slug: str | None, jobs: int, *, afresh: bool) -> list[Built]:
    dsn, provider = projector_url(settings), FileKeyProvider(settings.key_file)
    provider.check()
    await await_entrance(dsn, "throughline_projector", "PROJECTOR_DATABASE_URL")
    tenant = await tenant_of(settings, slug) if slug is not None else None

    def tell(progress: Progress) -> None:
        output.tell(f"rebuild: {name}, {text_of(progress)}", projection=name, **progress._asdict(), rate=progress.rate)

    return await rebuilding.rebuild(Manner(name, dsn, settings.key_file, jobs, settings.log_level), tenant, tell, afresh=afresh)


def text_of(progress: Progress) -> str:
    left = progress.seconds_left
    return (
        f"{progress.events:,} of {progress.of_events:,} events, {progress.organizations} of {progress.of_organizations} organizations, "
        f"{progress.rate:,.0f} events/s, {'no telling' if left is None else f'about {left:,.0f} s'} left"
    )
