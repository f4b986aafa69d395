"""`throughline backup`: two archives of one moment, while everybody goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg

from infra import sql
from infra.citus import is_distributed
from infra.eventstore.outage import outages
from infra.migrate import require_same
from workers.backup import archive
from workers.backup.archive import Archive, Kind, Manifest
from workers.backup.errors import BackupFault
from workers.backup.tool import run, tool
from workers.schema import connected

SQL: Final = sql.load(__file__)
KEYS: Final = ("es.tenant_key", "es.subject_key", "directory.ended", "directory.api_key", "directory.key_step")
"""What is kept apart. Receipts say which organizations must not come back, and a key of the API that was revoked since must not open again."""
DERIVED: Final = ("es.snapshot",)
PARTS: Final[dict[Kind, tuple[str, ...]]] = {
    "events": ("--exclude-table=rm.*", *(f"--exclude-table-data={table}" for table in (*KEYS, *DERIVED))),
    "keys": ("--data-only", *(f"--table={table}" for table in KEYS)),
}


class Copies(NamedTuple):
    events: Archive
    keys: Archive


async def take(dsn: str, named: Path | None, events: Path, keys: Path) -> Copies:
    """Writes one archive into each folder. `dsn` names a role that row security does not bind.

    Raises `BackupFault`, `DatabaseAway`, `OtherSchema`.
    """
    require_apart(events, keys)
    connection = await connected(dsn)
    try:
        with outages():
            await require_same(connection)
            if not await SQL.sees_everything.value(connection):
                raise BackupFault(
                    "Row security would hide most of the rows from this role: "
                    "name a superuser, or a role with BYPASSRLS, in MIGRATION_DATABASE_URL."
                )
            if await is_distributed(connection):
                raise BackupFault(
                    "The log is spread over a cluster, of which one copy of one node would hold nothing: back up every node's data folder "
                    "with its write-ahead log, to one citus_create_restore_point."
                )
            folders: dict[Kind, Path] = {"events": folder(events), "keys": folder(keys)}
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                return await copied(connection, dsn, named, folders)
    finally:
        await connection.close()


async def copied(connection: asyncpg.Connection, dsn: str, named: Path | None, folders: dict[Kind, Path]) -> Copies:
    """The transaction holds the moment; a server that is shut down meanwhile makes the copy fail, not differ."""
    await SQL.stay.execute(connection)
    snapshot = await SQL.export.value(connection)
    held = await SQL.held.first(connection)
    assert held is not None  # an aggregate
    program = await asyncio.to_thread(tool, "pg_dump", held["major"], named)

    def write(kind: Kind) -> Archive:
        def fill(path: Path) -> None:
            run(program, dsn, "--format=custom", f"--snapshot={snapshot}", f"--file={path}", *PARTS[kind])

        def manifest(size: int, sha256: str) -> Manifest:
            facts: dict[str, Any] = {name: held[name] for name in ("taken_at", "migration", "organizations", "events")}
            return Manifest(kind=kind, bytes=size, sha256=sha256, **facts)

        return archive.write(folders[kind] / f"throughline-{held['taken_at']:%Y%m%dT%H%M%SZ}.{kind}", fill, manifest)

    return Copies(await asyncio.to_thread(write, "events"), await asyncio.to_thread(write, "keys"))


def require_apart(events: Path, keys: Path) -> None:
    if events.resolve() == keys.resolve():
        raise BackupFault(
            "The archives have to be apart: name two folders, best on two machines, and keep that of the keys for a short time."
        )


def folder(path: Path) -> Path:
    """One that is there, without what copies that were killed left in it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFault(f"{path} cannot be a folder ({error.strerror}): name another one.") from error
    archive.sweep(path)
    return path
