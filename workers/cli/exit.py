"""How a command ends: its exit code, which scripts may rely on, and what it says about a fault."""

from __future__ import annotations

import enum
from typing import Final

import asyncpg
import psycopg

from domain.errors import Refusal
from infra.citus import NoCluster
from infra.eventstore.errors import KeyUnavailable, Unavailable
from infra.launcher.errors import Unstartable
from infra.migrate import MigrationFailed, OtherSchema
from infra.settings import Misconfigured
from services.errors import RowRefused
from workers.backup.errors import BackupFault


class Exit(enum.IntEnum):
    """The exit codes. Their meaning never changes."""

    OK = 0
    FAILED = 1
    USAGE = 2
    CONFIGURATION = 3
    DATABASE = 4
    REFUSED = 5
    SCHEMA = 6
    DIFFERENT = 7


MEANING: Final = {
    Exit.OK: "done",
    Exit.FAILED: "failed: a fault of ours, or doctor found one",
    Exit.USAGE: "not a command, option or value",
    Exit.CONFIGURATION: "a setting is missing or wrong",
    Exit.DATABASE: "the database is away or refuses us, or the embedded one does not start",
    Exit.REFUSED: "refused by a rule",
    Exit.SCHEMA: "the database has the schema of another release, or a migration failed",
    Exit.DIFFERENT: "verify found what the log does not imply",
}

KNOWN: Final[tuple[tuple[type[BaseException], Exit], ...]] = (
    (Misconfigured, Exit.CONFIGURATION),
    (Unstartable, Exit.DATABASE),
    (OtherSchema, Exit.SCHEMA),
    (MigrationFailed, Exit.SCHEMA),
    (NoCluster, Exit.CONFIGURATION),
    (Refusal, Exit.REFUSED),
    (RowRefused, Exit.REFUSED),
    (BackupFault, Exit.FAILED),
    (KeyUnavailable, Exit.CONFIGURATION),
    (Unavailable, Exit.DATABASE),
    (psycopg.OperationalError, Exit.DATABASE),
    (asyncpg.PostgresConnectionError, Exit.DATABASE),
    (asyncpg.InvalidAuthorizationSpecificationError, Exit.DATABASE),
    (asyncpg.InvalidCatalogNameError, Exit.DATABASE),
    (asyncpg.CannotConnectNowError, Exit.DATABASE),
    (ConnectionError, Exit.DATABASE),
    (TimeoutError, Exit.DATABASE),
)


def exit_of(error: BaseException) -> Exit | None:
    """The code for an error that was foreseen, None for one that was not."""
    return next((code for kind, code in KNOWN if isinstance(error, kind)), None)
