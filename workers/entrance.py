"""Whether the database lets each process in as it should, tried before any is started: else each would end again and again."""

from __future__ import annotations

from typing import Final

import asyncpg

from infra.eventstore.errors import DatabaseAway, Unavailable
from infra.migrate import require_version
from workers.doctor.connection import rights_of
from workers.doctor.finding import Fault
from workers.schema import connected

ROLES: Final = {
    "DATABASE_URL": "throughline_app",
    "PROJECTOR_DATABASE_URL": "throughline_projector",
    "WORKER_DATABASE_URL": "throughline_worker",
}


class NoEntrance(Unavailable):
    """A URL by which a process cannot do its work; the text names its variable, what was said, and the cure."""


async def require_entrance(variable: str, dsn: str) -> None:
    """Raises `NoEntrance` when the server cannot be reached, does not let us in, or as another role; `OtherSchema`."""
    try:
        connection = await connected(dsn)
    except (DatabaseAway, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise NoEntrance(refused(variable, error)) from error
    try:
        if role := ROLES.get(variable):
            await require_version(connection)
            await rights_of(role)(connection)
    except Fault as fault:
        raise NoEntrance(f"{variable}: {fault}") from fault
    finally:
        await connection.close()


def refused(variable: str, error: Exception) -> str:
    """What the server, or who did not find one, said of a URL; and what to do."""
    words = str(error) or type(error).__name__
    said = f"{variable}: {words}{'' if words[-1] in '.?!' else '.'}"
    role = ROLES.get(variable)
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        given = f", or give the role that password (ALTER ROLE {role} PASSWORD ...; `migrate` gives none)" if role else ""
        return f"{said} Mend the role or the password in it{given}."
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return f"{said} Mend the database in it, or make that one (createdb)."
    return said
