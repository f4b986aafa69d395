"""The schema of the database: numbered files of SQL, applied in order, each recorded with its checksum.

A file's statements are separated by a line `--;` and sent one a call, each committed by itself, as Citus needs it. A file that
broke half way runs again from its beginning, so every statement must bear being repeated.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg

from infra.logging import QUOTED

FOLDER: Final = Path(__file__).with_name("migrations")
FILE: Final = re.compile(r"(\d{4})_\w+\.sql")
FORCE: Final = "_force_row_security.sql"
SEPARATOR: Final = re.compile(r"^--;[ \t]*$", re.MULTILINE)
LOCK: Final = 0x7468726F  # one migration at a time; any fixed number does
OF_DATA: Final = "22"
"""The class of a server's errors that are about a value."""
RECORD: Final = b"""
CREATE TABLE IF NOT EXISTS public.migration (
    version int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)"""


class Migration(NamedTuple):
    """One file: its number, its name and the SHA-256 of its content."""

    version: int
    name: str
    checksum: str
    statements: tuple[str, ...]

    @property
    def forces(self) -> bool:
        """Whether it binds the owner of tables to row security, too: that, and nothing else, is what files so called do."""
        return self.name.endswith(FORCE)


class MigrationFailed(Exception):
    """A statement was refused by the server; the text names file and statement."""


class OtherSchema(Exception):
    """The database's schema is not the one that this code was written for; the text says which is older, and what to do."""


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files of a folder in order. Raises `ValueError` for a name or a number that does not fit."""
    found = [read(path) for path in sorted(folder.glob("*.sql"))]
    numbers = [migration.version for migration in found]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"{folder}: two migrations have the same number, among {numbers}")
    return found


def read(path: Path) -> Migration:
    name = FILE.fullmatch(path.name)
    if name is None:
        raise ValueError(f"{path}: a migration is called like 0001_event_log.sql")
    text = path.read_text(encoding="utf-8")
    statements = tuple(statement for part in SEPARATOR.split(text) if (statement := part.strip()))
    return Migration(int(name[1]), path.name, hashlib.sha256(text.encode()).hexdigest(), statements)


def migrate(dsn: str, folder: Path = FOLDER, *, forced: bool = True) -> list[Migration]:
    """Applies what the database lacks, and returns it; nothing when it is up to date.

    Without `forced`, files that force row security are noted and not applied: on Citus a forced table could never be moved.
    Raises `OtherSchema` when the database is newer than the code or an applied file was changed, `MigrationFailed` when a
    statement is refused, `psycopg.OperationalError` when there is no database.
    """
    known = migrations(folder)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))  # ends with the session
        connection.execute("SET lock_timeout = '30s'")  # a statement that waits for a table keeps everyone else from it
        connection.execute("SET client_min_messages = warning")  # "already exists, skipping" is what repeating means
        make_record(connection)
        applied = {row[0]: row[1] for row in connection.execute("SELECT version, checksum FROM public.migration")}
        refuse_newer(applied.keys(), known)
        refuse_changed(applied, known)
        missing = [migration for migration in known if migration.version not in applied]
        for migration in missing:
            apply(connection, migration if forced or not migration.forces else migration._replace(statements=()))
        return missing


def make_record(connection: psycopg.Connection[Any]) -> None:
    """Makes the table in which migrations are noted, where there is none. Raises `MigrationFailed` for a role that may not."""
    try:
        connection.execute(RECORD)
        connection.execute("GRANT SELECT ON public.migration TO PUBLIC")
    except psycopg.errors.InsufficientPrivilege as error:
        raise MigrationFailed(
            f"The role {connection.info.user} may not change the schema ({told(error)}): name a superuser in "
            "MIGRATION_DATABASE_URL, or a role with CREATEROLE that owns the database."
        ) from error


def apply(connection: psycopg.Connection[Any], migration: Migration) -> None:
    for number, statement in enumerate(migration.statements, start=1):
        try:
            connection.execute(statement.encode())
        except psycopg.Error as error:
            begin = next((line for line in statement.splitlines() if not line.startswith("--")), "")
            raise MigrationFailed(
                f"{migration.name}, statement {number} of {len(migration.statements)} ({begin.strip()[:80]}): {told(error)}"
            ) from None
    connection.execute(
        "INSERT INTO public.migration (version, name, checksum) VALUES (%s, %s, %s)",
        (migration.version, migration.name, migration.checksum),
    )


def told(error: psycopg.Error) -> str:
    """What a server says of a statement, without the values of rows: those stand in its details, and in quotation marks where a value is at fault."""
    said = (error.diag.message_primary or str(error)).strip()
    return QUOTED.sub("'...'", said) if (error.sqlstate or "").startswith(OF_DATA) else said


def refuse_newer(applied: Collection[int], known: list[Migration]) -> None:
    unknown = set(applied) - {migration.version for migration in known}
    if unknown:
        raise OtherSchema(
            f"The database has migration {max(unknown):04}, which this release does not know (its last is {newest(known):04}): "
            "start the newer release again; a schema is never taken back."
        )


def newest(known: list[Migration]) -> int:
    return max((migration.version for migration in known), default=0)


def refuse_changed(applied: dict[int, str], known: list[Migration]) -> None:
    changed = [migration.name for migration in known if applied.get(migration.version, migration.checksum) != migration.checksum]
    if changed:
        raise OtherSchema(
            f"{', '.join(changed)} was changed after it was applied to this database: restore the released file and put the change "
            "into a new migration. (An embedded database made by unreleased code: delete its data folder and start anew.)"
        )


async def require_version(connection: Any) -> None:
    """Raises `OtherSchema` unless the database (an asyncpg connection or pool) was made by exactly this code's migrations."""
    known = migrations()
    exists = await connection.fetchval("SELECT to_regclass('public.migration') IS NOT NULL")
    rows = await connection.fetch("SELECT version, checksum FROM public.migration") if exists else []
    applied = {row["version"]: row["checksum"] for row in rows}
    refuse_newer(applied.keys(), known)
    refuse_changed(applied, known)
    missing = [migration.name for migration in known if migration.version not in applied]
    if missing:
        raise OtherSchema(
            f"The database lacks {', '.join(missing)}, which this release needs: "
            "run `throughline migrate` (with MIGRATION_DATABASE_URL), then start again."
        )
