"""`throughline backup` and `throughline restore`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
import psycopg

from infra.keys import FileKeyProvider
from infra.launcher.binaries import binaries
from infra.launcher.cluster import Cluster
from infra.settings import Settings
from workers.backup import repeating, restoring
from workers.backup.archive import Archive
from workers.backup.errors import BackupFault
from workers.backup.repeating import Erased, Repeated
from workers.backup.taking import take
from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.cli.verify import text_of, verified
from workers.embedded import make_database, migration_url, projector_url
from workers.schema import prepare

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.option("--events", required=True, type=FOLDER, help="The folder for the archive of the log.")
@click.option("--keys", required=True, type=FOLDER, help="The folder for the archive of the keys: another one.")
@json_option
@output_of
def backup(output: Output, events: Path, keys: Path) -> None:
    """Copy everything that cannot be made anew, as of one moment, while everybody goes on.

    Keep the two archives apart, and the keys for 30 days at the most: what was erased meanwhile can be read from an old archive
    of events for as long as somebody has the keys of that time. Copy the keys daily, for a restore takes the newest. The key file
    is in neither: keep a copy of it. Files of reports are in neither: they can be asked for again.

    MIGRATION_DATABASE_URL names a superuser, or a role with BYPASSRLS; with the embedded server nothing is needed.
    """
    settings = Settings.from_env()
    copies = asyncio.run(take(migration_url(settings), settings.postgres_bin, events, keys))
    held = copies.events.manifest
    output.say(
        f"{held.events:,} events of {held.organizations} organizations, as of {held.taken_at:%Y-%m-%d %H:%M:%S} UTC:\n"
        + "\n".join(f"  {each.path}  {each.manifest.bytes:,} bytes" for each in copies),
        **{each.manifest.kind: {"path": str(each.path), **msgspec.to_builtins(each.manifest)} for each in copies},
    )


@click.command()
@click.option("--keys", required=True, type=FILE, help="The archive of the keys: the newest there is, also with older events.")
@click.option("--events", type=FILE, help="The archive of the log. Without it the keys alone are put in their place.")
@click.option("--erased", multiple=True, type=FILE, help="A log of the worker's: who was erased by it is erased again. May be repeated.")
@json_option
@output_of
def restore(output: Output, keys: Path, events: Path | None, erased: tuple[Path, ...]) -> None:
    """Bring an installation back from its archives, into a database where nothing is yet, and verify it.

    With the embedded server, THROUGHLINE_DATA names a folder without a database, and the copy of the key file has to lie in its
    place. With a PostgreSQL of yours, MIGRATION_DATABASE_URL names a superuser in an empty database and the other URLs the roles in
    it. Start the API and the workers when this has ended with 0: only then are organizations that were ended since the copy ended
    again, and the read models made anew. Ends with code 7 when verify finds a difference. Broken off, it begins anew with an empty
    database. What does not fit is refused before anything is touched: another key file, keys of another installation, a server
    that is older than the one that was copied.

    Who was erased after the moment of the events is erased again, with a receipt, before the read models are made: whose keys the
    archive of keys says to be destroyed, and with --erased whoever was erased after that archive, too, by the worker's own log
    (the lines erasure_done, each of which brings a proof). Name every log since the keys were copied. Who is kept, by a hold that
    stood then or because nobody else administers, is named, and so is whom the restored log does not know. Whoever a line without
    the right proof names is not erased: then this ends with code 7.

    Without --events, after your own recovery of the database to an earlier moment: then the newest keys see to it that what was
    erased after that moment stays erased.
    """
    settings = Settings.from_env()
    provider = FileKeyProvider(settings.key_file)
    provider.check()
    log = restoring.checked(events, "events") if events else None
    newest = restoring.checked(keys, "keys")
    more = set[Erased]().union(*(repeating.listed(path) for path in erased))
    asyncio.run(restoring.require_fit(log, newest, server_major(settings, empty=log is not None), provider, settings.postgres_bin))
    with server(settings, empty=log is not None):
        ended = brought_back(settings, log, newest)
        again = asyncio.run(erased_again(settings, more))
        click.echo("restore: the read models are made anew", err=True)
        asyncio.run(restoring.fill(projector_url(settings), provider))
        verdict = asyncio.run(verified(settings, None, projections=True, processes=2))
    output.say(
        "\n".join([*told(newest, again, ended), text_of(verdict)]),
        events=verdict.events,
        organizations=verdict.tenants,
        ended=ended,
        erased=[str(one.person_id) for one in again.again],
        kept=[str(one.person_id) for one in again.kept],
        unproven=[str(one.person_id) for one in again.unproven],
        unknown=[str(one.person_id) for one in again.unknown],
        whole=verdict.is_whole,
    )
    if not verdict.is_whole or again.unproven:
        raise click.exceptions.Exit(Exit.DIFFERENT)


def told(keys: Archive, again: Repeated, ended: list[str]) -> Iterator[str]:
    """What is otherwise than at the moment of the copy."""
    yield f"The keys of {keys.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC are in place."
    if again.again:
        yield f"Erased again, as they were since: {named(again.again)}."
    if again.kept:
        yield f"Not erased again, for a hold or because nobody else administers: {named(again.kept)}."
    if again.unproven:
        yield f"Not erased, for their line has no proof of this installation's workers; somebody may have written it: {named(again.unproven)}."
    if again.unknown:
        yield f"Named as erased and not known here, for they are of another installation or came after the copy: {named(again.unknown)}."
    if ended:
        yield f"Ended again, as they were since: {', '.join(ended)}."


def named(people: tuple[Erased, ...]) -> str:
    return ", ".join(str(one.person_id) for one in people)


def server_major(settings: Settings, *, empty: bool) -> int:
    """The version of the server to restore into, also of the embedded one that is made for it. Raises `Unstartable` without one."""
    if empty and not settings.database_url:
        return binaries(settings.postgres_bin)[0].major
    with psycopg.connect(migration_url(settings)) as connection:
        return connection.info.server_version // 10000


@contextmanager
def server(settings: Settings, *, empty: bool) -> Iterator[None]:
    """The server to restore into: one that runs, or for an `empty` database the embedded one, made for this and ended with it."""
    if settings.database_url or not empty:
        yield
        return
    if kept := sorted(path.name for path in settings.data.glob("pg[0-9]*") if path.is_dir()):
        raise BackupFault(
            f"{settings.data} holds a database already ({', '.join(kept)}): name another folder with THROUGHLINE_DATA; if a restore broke off there, delete it."
        )
    with Cluster(settings.data, named=settings.postgres_bin, run_as=settings.run_as) as cluster:
        assert cluster.address is not None  # it was just started
        make_database(cluster.address)
        yield


async def erased_again(settings: Settings, more: set[Erased]) -> Repeated:
    """Who was erased since the log was copied, by what the keys say, and `more`."""
    return await repeating.erase_again(settings, await repeating.unrepeated(migration_url(settings), more))


def brought_back(settings: Settings, events: Archive | None, keys: Archive) -> list[str]:
    """Loads the archives, and answers with the organizations that had to be ended again."""
    dsn = migration_url(settings)

    def tell(text: str) -> None:
        click.echo(text, err=True)

    if events:
        restoring.load_events(dsn, settings.postgres_bin, events, tell)
    restoring.load_keys(dsn, settings.postgres_bin, keys, tell)
    ended = asyncio.run(restoring.end_again(dsn))
    prepare(dsn)
    return ended
