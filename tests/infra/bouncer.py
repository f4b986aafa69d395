"""PgBouncer between a test and its database: the distribution's, which is older than 1.21, and another one where it is named."""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

from tests.database import Database
from tests.foreign import need
from tests.infra.broker.servers import Foreign

DISTRIBUTION = Path("/usr/sbin/pgbouncer")
NEWER = "PGBOUNCER_BIN"
ROLES = ("app", "projector", "worker")
ACCOUNT = "nobody"  # PgBouncer does not run as root
SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # answered by a single letter


class PgBouncer(Foreign):
    """In front of one database, for each of the roles with `servers` connections to it."""

    def __init__(
        self, folder: Path, database: Database, *, program: Path = DISTRIBUTION, mode: str = "transaction", servers: int = 4
    ) -> None:
        need(f"PgBouncer ({program})", os.access(program, os.X_OK))
        super().__init__(folder, SSL_REQUEST)
        self.program = program
        self.mode = mode
        self.servers = servers
        self.database = database
        assert database.cluster.address is not None
        self.socket = database.cluster.address.socket

    def command(self) -> tuple[list[str], dict[str, str]]:
        users, settings = self.folder / "users.txt", self.folder / "pgbouncer.ini"
        users.write_text("".join(f'"throughline_{role}" ""\n' for role in ROLES))
        limits = {"max_prepared_statements": 100} if self.program != DISTRIBUTION else {}
        options = {
            **{"listen_addr": "127.0.0.1", "listen_port": self.port, "unix_socket_dir": "", "auth_type": "trust", "auth_file": users},
            **{"pool_mode": self.mode, "default_pool_size": self.servers, "max_client_conn": 200, **limits},
        }
        place = f"{self.database.name} = host={self.socket} dbname={self.database.name}"
        lines = ["[databases]", place, "[pgbouncer]", *(f"{name} = {value}" for name, value in options.items())]
        settings.write_text("\n".join(lines) + "\n")
        as_root = os.geteuid() == 0
        if as_root:
            for path in (self.folder, users, settings):
                shutil.chown(path, ACCOUNT)
        return [str(self.program), *(["-u", ACCOUNT] if as_root else []), str(settings)], {}

    def dsn(self, role: str = "app") -> str:
        return f"postgresql://throughline_{role}@127.0.0.1:{self.port}/{self.database.name}"
