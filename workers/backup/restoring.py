"""`throughline restore`: an installation from its two archives, in a database where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg

from infra import sql
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.keys import KeyProvider
from infra.migrate import migrate, migrations
from infra.postgres import pool
from projections.runner import Runner
from workers import opening
from workers.backup import archive
from workers.backup.archive import Archive, Kind
from workers.backup.contents import require_key, require_same, require_server, tenants_of
from workers.backup.errors import BackupFault
from workers.backup.tool import run, tool
from workers.schema import connected

SQL: Final = sql.load(__file__)
ROLE: Final = "CREATE ROLE"


def checked(path: Path, kind: Kind) -> Archive:
    """The archive, if this release can bring it back. Raises `BackupFault`."""
    found = archive.read(path, kind)
    known = max(migration.version for migration in migrations())
    if found.manifest.migration > known:
        raise BackupFault(
            f"{path} is of a newer release (migration {found.manifest.migration:04}, and this one's last is {known:04}): use that one."
        )
    return found


def require_newer(keys: Archive, until: datetime) -> None:
    """Raises `BackupFault` for keys that were copied before the events came to an end."""
    if keys.manifest.taken_at < until:
        raise BackupFault(
            f"{keys.path}: the keys are older than the events, so that some events could not be read and erased people would come "
            "back: name the newest archive of keys."
        )


async def require_fit(events: Archive | None, keys: Archive, major: int, provider: KeyProvider, named: Path | None) -> None:
    """Before anything is touched, raises `BackupFault` for a server that is too old and for archives that do not belong together,
    `KeyUnavailable` for another key file than that of the keys."""
    for each in filter(None, (events, keys)):
        require_server(each, major, named)
    if events:
        require_newer(keys, events.manifest.taken_at)
        require_same(tenants_of(events, named), keys, named)
    await require_key(keys, provider, named)


def load_events(dsn: str, named: Path | None, events: Archive, tell: Callable[[str], None]) -> None:
    """Fills an empty database, and brings it to this release's schema. `dsn` names a superuser.

    What broke off leaves one that is not empty, and is begun anew with another. Raises `BackupFault`, `MigrationFailed`.
    """
    make_roles(dsn)
    bring(dsn, named, events, tell)
    migrate(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(SQL.forget_projections.text.encode())


def load_keys(dsn: str, named: Path | None, keys: Archive, tell: Callable[[str], None]) -> None:
    """Puts these keys and receipts in the place of those that are there. Safe to repeat, also where it broke off.

    Raises `BackupFault`, before anything is changed, when the log goes on after them or is another installation's.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        last = connection.execute(SQL.last.text.encode()).fetchone()
        if last and last[0]:
            require_newer(keys, last[0])
        require_same({row[0] for row in connection.execute(opening.SQL.tenants.text.encode())}, keys, named)
        connection.execute(SQL.forget_keys.text.encode())
    bring(dsn, named, keys, tell)
    require_destroyed(dsn, keys)


def require_destroyed(dsn: str, keys: Archive) -> None:
    """Nobody whose erasure the log tells of is brought back, whatever the archive says of its own age: such keys are thrown away.

    Raises `BackupFault`.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        revived = connection.execute(SQL.revived.text.encode()).fetchall()
        if revived:
            connection.execute(SQL.forget_keys.text.encode())
            raise BackupFault(
                f"{keys.path}: it holds keys of {len(revived)} people of whom the log says that they were erased, such as {revived[0][0]}: it is older "
                "than it says. None of it was kept: name the newest archive of keys, as it was written."
            )


def bring(dsn: str, named: Path | None, copy: Archive, tell: Callable[[str], None]) -> None:
    tell(f"restore: {copy.manifest.kind} of {copy.manifest.taken_at:%Y-%m-%d %H:%M} UTC, {copy.manifest.bytes:,} bytes")
    with psycopg.connect(dsn) as connection:
        major = connection.info.server_version // 10000
    run(tool("pg_restore", major, named), dsn, "--format=custom", "--exit-on-error", "--single-transaction", str(copy.path))


def make_roles(dsn: str) -> None:
    """The roles that own things and may use them: they belong to the server, and are in no archive."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute(SQL.occupied.text.encode()).fetchone() != (False,):
            raise BackupFault("The database holds something already: name an empty one (createdb makes one), or another THROUGHLINE_DATA.")
        for migration in migrations():
            for statement in migration.statements:
                if ROLE in statement:
                    connection.execute(statement.encode())


async def end_again(dsn: str) -> list[str]:
    """Ends the organizations that had been ended since; the names of them."""
    connection = await connected(dsn)
    try:
        with outages():
            ended = [row["slug"] for row in await SQL.unended.fetch(connection)]
            for slug in ended:
                await SQL.end_again.value(connection, slug=slug)
            keyless = [str(row["tenant_id"]) for row in await SQL.keyless.fetch(connection)]
    finally:
        await connection.close()
    if keyless:
        raise BackupFault(
            f"There are no keys for {len(keyless)} organizations, such as {keyless[0]}: these archives are not of one installation."
        )
    return ended


async def fill(dsn: str, provider: KeyProvider) -> int:
    """Makes the read models, as `throughline_projector`, and answers how many organizations' keys the key file opens.

    Raises `KeyUnavailable` when it is another key file.
    """
    connection = await connected(dsn)
    try:
        opened = await opening.require_keys(connection, provider)
    finally:
        await connection.close()
    async with await pool(dsn, name="throughline restore", size=2, command_seconds=None) as connections:
        runner = Runner(connections, Opener(Vault(provider)))
        while await runner.round():
            pass
    return opened
