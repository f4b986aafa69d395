"""`throughline verify`."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import click
import msgspec

from infra.keys import FileKeyProvider
from infra.settings import Settings
from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.embedded import database_url, worker_url
from workers.office import tenant_of
from workers.schema import connected, require_schema
from workers.verify.difference import KINDS
from workers.verify.whole import Manner, Verdict, every_tenant
from workers.verify.whole import verify as examine

KINDS_TEXT = "\n".join(f"  {kind:<13} {holds}" for kind, holds in KINDS.items())


@click.command(epilog=f"\b\nWhat is compared, by kind of difference:\n{KINDS_TEXT}")
@click.option("--tenant", "slug", help="Only this organization, by its short name. Default: all.")
@click.option("--projections/--no-projections", default=True, show_default=True, help="Compare read models with a rebuild, too.")
@click.option("--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help="Default: one for each core.")
@json_option
@output_of
def verify(output: Output, slug: str | None, projections: bool, processes: int) -> None:
    """Derive everything again from the stored events, and compare.

    Reads every event of every organization, each organization at one moment, while others go on writing: order, hashes, digests
    that were signed, keys and seals, claims, snapshots, each plan a second time through the eventsourcing library, and the
    read models at their checkpoints. Names the first difference of each kind with its place, and ends with code 7 when there
    is one. Changes nothing. Progress goes to standard error.

    DATABASE_URL names the role throughline_app, which sees what readers see; WORKER_DATABASE_URL, for the list of
    organizations, throughline_worker. The key file has to be there.

    It cannot see an event whose payload and hash were changed together, where no digest binds it, no sealed value broke, and
    the snapshots and read models were changed to match; nor, where no read model shows it, another occurred_at of a report or an
    import. Nothing in the database contradicts that.
    """
    settings = Settings.from_env()
    FileKeyProvider(settings.key_file).check()
    verdict = asyncio.run(verified(settings, slug, projections, processes))
    output.say(text_of(verdict), whole=verdict.is_whole, **facts(verdict))
    if not verdict.is_whole:
        raise click.exceptions.Exit(Exit.DIFFERENT)


async def verified(settings: Settings, slug: str | None, projections: bool, processes: int) -> Verdict:
    dsn = database_url(settings, "app")
    connection = await connected(dsn)
    try:
        await require_schema(connection)
    finally:
        await connection.close()
    tenants = await every_tenant(worker_url(settings)) if slug is None else [await tenant_of(settings, slug)]
    return await examine(Manner(dsn, settings.key_file, processes, projections), tenants, lambda text: click.echo(text, err=True))


def facts(verdict: Verdict) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(verdict)
    return found


def text_of(verdict: Verdict) -> str:
    lines = [
        f"{verdict.events:,} events of {verdict.tenants} organizations, {verdict.plans:,} plans folded twice; "
        f"read models compared: {', '.join(verdict.read_models) or 'none'}."
    ]
    if verdict.not_compared:
        lines.append(f"Not compared, since they are not there: {', '.join(verdict.not_compared)}.")
    if verdict.erased_streams:
        lines.append(f"{verdict.erased_streams} streams are erased: of these only order and hashes of meta can be told.")
    if verdict.unused_keys:
        lines.append(f"{verdict.unused_keys} keys of persons are of nothing that was recorded: what they were made for was refused.")
    if verdict.is_whole:
        return "\n".join([*lines, "Everything is as the log implies."])
    more = {kind: f" (and {count - 1:,} more)" if count > 1 else "" for kind, count in verdict.counts.items()}
    return "\n".join([*lines, "DIFFERENT:", *(f"  {each.text}{more[each.kind]}" for each in verdict.differences)])
