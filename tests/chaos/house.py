"""A whole installation with organizations in it, to be disturbed: `throughline up`, seen and killed from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Limits

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.launcher.address import Address, running
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from tests.database import ask
from tests.services.firm import Firm
from tests.services.test_execution import active
from tests.waiting import soon, until
from tests.workers.installation import Installation
from workers.embedded import DATABASE

ANSWER_SECONDS = 15  # an answer that takes longer is none: every request has to end in ten


class House(Installation):
    """`throughline up` with its own PostgreSQL, whose words are read on so that it never waits for a reader."""

    def __init__(self, data: Path, **more: str) -> None:
        super().__init__(data, THROUGHLINE_LOG="error", **more)
        self.data = data
        self.said: list[str] = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        assert self.up.stdout
        self.said.extend(self.up.stdout)

    def dsn(self, role: str = "admin") -> str:
        """Also while the server is away: where it is does not change."""
        return self.address.dsn("postgres" if role == "admin" else f"throughline_{role}", DATABASE)

    @property
    def address(self) -> Address:
        if not hasattr(self, "found"):
            self.found: Address = until(lambda: running(self.data))
        return self.found

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """As the superuser."""
        return ask(self.dsn(), statement)

    def one(self, statement: str) -> int:
        """The one number that it answers with."""
        return int(self.ask(statement)[0][0])

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A `throughline` command beside the installation."""
        command = [sys.executable, "-m", "workers.cli.main", *arguments]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    async def kill(self, name: str, *, kill_children: bool = False) -> tuple[int, float]:
        """Kills a child of the supervisor; returns the number that it had, and when."""
        pid: int = await soon(lambda: self.child(name))
        victims = [pid, *children_of(pid)] if kill_children else [pid]
        killed_at = time.monotonic()
        for each in victims:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        return pid, killed_at

    @asynccontextmanager
    async def client(self) -> AsyncIterator[AsyncClient]:
        async with AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", timeout=ANSWER_SECONDS, limits=Limits(max_connections=100)
        ) as client:
            yield client

    @asynccontextmanager
    async def found_firms(self, client: AsyncClient, number: int) -> AsyncIterator[list[Firm]]:
        """Organizations, each with an engagement whose plan is active."""
        provider = FileKeyProvider(self.data / "keys" / "kek")
        async with await pool(self.dsn("app"), size=2) as connections, await pool(self.dsn("projector"), size=2) as followers:
            commands = Commands(Store(connections, Vault(provider)), Directory(connections))
            runner, keys = Runner(followers, Opener(Vault(provider)), patience=0.0), Keys(connections, utc_now)
            firms = [Firm(client, runner, commands, keys) for _ in range(number)]
            for firm in firms:
                await firm.open()
                await firm.engage()
                await firm.plan("Meet")
                await active(firm)
            yield firms


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
