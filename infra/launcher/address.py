"""How to reach a server that runs on a socket."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from infra.launcher.errors import Unstartable
from infra.launcher.process import postmaster, serves

SUPERUSER: Final = "postgres"


class Address(NamedTuple):
    socket: Path
    port: int

    def dsn(self, role: str = SUPERUSER, database: str = "postgres") -> str:
        """A connection string that asyncpg and psycopg both take."""
        return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(self.socket), safe='')}&port={self.port}"


def running(home: Path) -> Address | None:
    """The address of the server that runs on a folder of this home, whoever started it.

    Raises `Unstartable` when the folder belongs to somebody else.
    """
    try:
        for folder in sorted(home.glob("pg*")):
            data = folder.resolve()
            if folder.is_dir() and (found := postmaster(data)) and found.ready and serves(found.pid, data):
                return Address(found.socket, found.port)
    except PermissionError:
        raise Unstartable(f"{home} holds a PostgreSQL of another account: act as the account that started it.") from None
    return None
