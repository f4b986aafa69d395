"""The schema of the database: numbered files of SQL, applied in order, each recorded with its checksum.

A file's statements are separated by a line `--;` and sent one a call, each committed by itself, as Citus needs it. A file that
broke half way runs again from its beginning, so every statement must bear being repeated.

A first line `-- oldest: 0159` says that a release whose last migration is 0159 may still run on what the file leaves: it only adds,
and nothing that is there means anything else. Without it, no earlier release starts any more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg

from infra.logging import QUOTED

FOLDER: Final = Path(__file__).with_name("migrations")
FILE: Final = re.compile(r"(\d{4})_\w+\.sql")
FORCE: Final = "_force_row_security.sql"
OLDEST: Final = re.compile(r"-- oldest: (\d{4})")
SEPARATOR: Final = re.compile(r"^--;[ \t]*$", re.MULTILINE)
LOCK: Final = 0x7468726F  # one migration at a time; any fixed number does
OF_DATA: Final = "22"
"""The class of a server's errors that are about a value."""
RECORD: Final = b"""
CREATE TABLE IF NOT EXISTS public.migration (
    version int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)"""
OLDEST_COLUMN: Final = b"ALTER TABLE public.migration ADD COLUMN IF NOT EXISTS oldest int"
"""Of migrations that were applied before there was the column, nobody knows."""
APPLIED: Final = "SELECT version, checksum, (to_jsonb(migration) ->> 'oldest')::int AS oldest FROM public.migration"
"""Also where there is no such column yet."""


class Migration(NamedTuple):
    """One file: its number, its name and the SHA-256 of its content. `oldest`: the last migration of the oldest release that may still run."""

    version: int
    name: str
    checksum: str
    statements: tuple[str, ...]
    oldest: int

    @property
    def forces(self) -> bool:
        """Whether it binds the owner of tables to row security, too: that, and nothing else, is what files so called do."""
        return self.name.endswith(FORCE)


class Applied(NamedTuple):
    """What the database says of a migration. `oldest` is None where it was not noted."""

    version: int
    checksum: str
    oldest: int | None


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
    number, oldest = int(name[1]), OLDEST.match(text)
    return Migration(number, path.name, hashlib.sha256(text.encode()).hexdigest(), statements, int(oldest[1]) if oldest else number)


def migrate(dsn: str, folder: Path = FOLDER, *, forced: bool = True) -> list[Migration]:
    """Applies what the database lacks, and returns it; nothing when it is up to date, or newer and this release may run on it.

    Without `forced`, files that force row security are noted and not applied: on Citus a forced table could never be moved.
    Raises `OtherSchema` when the database is too new for the code or an applied file was changed, `MigrationFailed` when a
    statement is refused, `psycopg.OperationalError` when there is no database.
    """
    known = migrations(folder)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))  # ends with the session
        connection.execute("SET lock_timeout = '30s'")  # a statement that waits for a table keeps everyone else from it
        connection.execute("SET client_min_messages = warning")  # "already exists, skipping" is what repeating means
        make_record(connection)
        applied = {version: Applied(version, checksum, oldest) for version, checksum, oldest in connection.execute(APPLIED.encode())}
        refuse_newer(applied.values(), known)
        refuse_changed(applied, known)
        missing = [migration for migration in known if migration.version not in applied]
        for migration in missing:
            apply(connection, migration if forced or not migration.forces else migration._replace(statements=()))
        return missing


def make_record(connection: psycopg.Connection[Any]) -> None:
    """Makes the table in which migrations are noted, where there is none. Raises `MigrationFailed` for a role that may not."""
    try:
        connection.execute(RECORD)
        connection.execute(OLDEST_COLUMN)
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
        "INSERT INTO public.migration (version, name, checksum, oldest) VALUES (%s, %s, %s, %s)",
        (migration.version, migration.name, migration.checksum, migration.oldest),
    )


def told(error: psycopg.Error) -> str:
    """What a server says of a statement, without the values of rows: those stand in its details, and in quotation marks where a value is at fault."""
    said = (error.diag.message_primary or str(error)).strip()
    return QUOTED.sub("'...'", said) if (error.sqlstate or "").startswith(OF_DATA) else said


def refuse_newer(applied: Iterable[Applied], known: list[Migration]) -> None:
    """Unless each migration that is not known lets this release run."""
    numbers, last = {migration.version for migration in known}, newest(known)
    unfit = [one.version for one in applied if one.version not in numbers and not (one.oldest is not None and one.oldest <= last)]
    if unfit:
        raise OtherSchema(
            f"The database has migration {max(unfit):04}, on which this release (its last is {last:04}) cannot run: "
            "start the newer release again; a schema is never taken back."
        )


def newest(known: list[Migration]) -> int:
    return max((migration.version for migration in known), default=0)


def refuse_changed(applied: Mapping[int, Applied], known: list[Migration]) -> None:
    changed = [one.name for one in known if one.version in applied and applied[one.version].checksum != one.checksum]
    if changed:
        raise OtherSchema(
            f"{', '.join(changed)} was changed after it was applied to this database: restore the released file and put the change "
            "into a new migration. (An embedded database made by unreleased code: delete its data folder and start anew.)"
        )


async def require_version(connection: Any) -> None:
    """Raises `OtherSchema` unless the database (an asyncpg connection or pool) has all of this code's migrations as they are, and
    none besides on which it cannot run."""
    known = migrations()
    exists = await connection.fetchval("SELECT to_regclass('public.migration') IS NOT NULL")
    applied = {row["version"]: Applied(*row) for row in (await connection.fetch(APPLIED) if exists else [])}
    refuse_newer(applied.values(), known)
    refuse_changed(applied, known)
    missing = [migration.name for migration in known if migration.version not in applied]
    if missing:
        raise OtherSchema(
            f"The database lacks {', '.join(missing)}, which this release needs: "
            "run `throughline migrate` (with MIGRATION_DATABASE_URL), then start again."
        )


async def require_same(connection: Any) -> None:
    """Raises `OtherSchema` like `require_version`, and also where there is more than this code knows."""
    await require_version(connection)
    last = newest(migrations())
    if await connection.fetchval("SELECT max(version) FROM public.migration") > last:
        raise OtherSchema(f"The database is of a newer release than this one (its last migration is {last:04}): use that one.")
