"""API, projector and worker as processes of their own, whose way to the database leads through a proxy."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from httpx import AsyncClient

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from tests.database import Database
from tests.infra.proxy import Proxy
from tests.services.firm import Firm
from tests.waiting import soon
from tests.workers.installation import free_port

ANSWER_SECONDS = 20  # so that an answer which takes longer than the promised ten is seen to


class Fleet:
    """Runs until `end`. `firm` speaks to the API; what it was set up with goes past the proxy. `url` says how a process reaches `dsn`."""

    def __init__(
        self,
        database: Database,
        proxy: Proxy,
        provider: FileKeyProvider,
        home: Path,
        *,
        url: Callable[[str], str] | None = None,
        **settings: str,
    ) -> None:
        self.database = database
        self.proxy = proxy
        self.url = url or proxy.url
        self.provider = provider
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if "_URL" not in name},
            "THROUGHLINE_KEY_FILE": str(provider.path),
            "THROUGHLINE_DATA": str(home),
            "THROUGHLINE_PORT": str(self.port),
            "THROUGHLINE_LOG": "error",
            "THROUGHLINE_DRAIN_SECONDS": "0",
            "THROUGHLINE_REQUESTS_PER_MINUTE": "10000000",
            "THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE": "10000000",
            **settings,
        }
        self.processes = [self.start("api", "app"), self.start("projector", "projector"), self.start("worker", "app")]
        self.firm: Firm

    def start(self, name: str, role: str) -> subprocess.Popen[bytes]:
        urls = {"DATABASE_URL": self.url(self.database.dsn(role)), "WORKER_DATABASE_URL": self.url(self.database.dsn("worker"))}
        return subprocess.Popen([sys.executable, "-m", "workers.cli.main", name], env=self.environment | urls)

    def ended(self) -> list[object]:
        """Who did not live through it."""
        return [process.args for process in self.processes if process.poll() is not None]

    def end(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()


@asynccontextmanager
async def sailing(database: Database, provider: FileKeyProvider, home: Path, **settings: str) -> AsyncIterator[Fleet]:
    """One that answers, with an organization whose engagement has begun. `settings` are variables of its processes."""
    async with Proxy(database.dsn("app")) as proxy, manned(Fleet(database, proxy, provider, home, **settings)) as fleet:
        yield fleet


@asynccontextmanager
async def manned(fleet: Fleet) -> AsyncIterator[Fleet]:
    """The same of one that was started."""
    database, vault = fleet.database, Vault(fleet.provider)
    try:
        base = f"http://127.0.0.1:{fleet.port}"
        async with (
            AsyncClient(base_url=base, timeout=ANSWER_SECONDS) as client,
            await pool(database.dsn("app"), size=2) as connections,
            await pool(database.dsn("projector"), size=2) as followers,
        ):
            await soon(lambda: is_open(fleet.port))
            commands, keys = Commands(Store(connections, vault), Directory(connections)), Keys(connections, utc_now)
            fleet.firm = Firm(client, Runner(followers, Opener(vault), patience=0.0), commands, keys)
            await fleet.firm.open()
            await fleet.firm.engage()
            yield fleet
    finally:
        fleet.proxy.each(lambda wire: wire.reset())
        fleet.proxy.mend()
        await asyncio.to_thread(fleet.end)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
