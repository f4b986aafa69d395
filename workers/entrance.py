"""Whether the database lets a process in as it should, tried before it does anything: else it would fail again and again, or,
as a role that row security does not bind, do more than it may."""

from __future__ import annotations

from typing import Final

import asyncpg

from infra.eventstore.errors import DatabaseAway, Unavailable
from infra.keys import KeyProvider
from workers.doctor.connection import rights_of
from workers.doctor.finding import Fault
from workers.opening import require_some_keys
from workers.schema import awaited, connected, require_schema

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
            await require_role(variable, connection, role)
    finally:
        await connection.close()


async def await_entrance(dsn: str, role: str, variable: str = "DATABASE_URL", keys: KeyProvider | None = None) -> None:
    """The same for one process and its role, once the database answers, however long it is away.

    Raises `KeyUnavailable`, too, where `keys` is given and does not open what is there.
    """
    try:
        connection = await awaited(dsn)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise NoEntrance(refused(variable, error, role)) from error
    try:
        await require_role(variable, connection, role)
        if keys is not None:
            await require_some_keys(connection, role, keys)
    finally:
        await connection.close()


async def require_role(variable: str, connection: asyncpg.Connection, role: str) -> None:
    """Raises `NoEntrance` unless the connection acts as the role, and as no more; `OtherSchema`."""
    await require_schema(connection)
    try:
        await rights_of(role)(connection)
    except Fault as fault:
        raise NoEntrance(f"{variable}: {fault}") from fault


def refused(variable: str, error: Exception, role: str | None = None) -> str:
    """What the server, or who did not find one, said of a URL; and what to do. `role`: as which one ought to get in."""
    words = str(error) or type(error).__name__
    said = f"{variable}: {words}{'' if words[-1] in '.?!' else '.'}"
    role = role or ROLES.get(variable)
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        given = f", or give the role that password (ALTER ROLE {role} PASSWORD ...; `migrate` gives none)" if role else ""
        return f"{said} Mend the role or the password in it{given}."
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return f"{said} Mend the database in it, or make that one (createdb)."
    return said
