"""`throughline api` as a process of its own, and callers who say what they say byte by byte."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

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
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import free_port, surroundings, throughline

SERVERS = (("--server", "uvicorn"), ("--server", "granian", "--processes", "2"))
MANY = "1000000"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Caller:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connected(cls, port: int) -> Caller:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    def say(self, words: bytes) -> None:
        self.writer.write(words)

    def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> None:
        length = [f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []
        lines = [f"{method} {path} HTTP/1.1", "Host: throughline.test", *length, *headers, "", ""]
        self.say("\r\n".join(lines).encode() + body)

    async def answer(self) -> Answer:
        """Raises `EOFError` or `ConnectionError` when there is none."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
            named = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            return Answer(int(head[0].split()[1]), named, await self.reader.readexactly(int(named.get("content-length", 0))))

    async def ended(self) -> bytes:
        """What is left until the other side closes."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


class Serving:
    """The process, its port, and an organization that speaks to it."""

    def __init__(self, database: Database, provider: FileKeyProvider, home: Path, *options: str, **settings: str) -> None:
        self.port = free_port()
        told = {"THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home), "THROUGHLINE_PORT": str(self.port)}
        told |= {"THROUGHLINE_REQUESTS_PER_MINUTE": MANY, "THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE": MANY}
        self.options = options
        self.environment = surroundings(**told | {"DATABASE_URL": database.dsn("app")} | settings)
        self.output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self.process = subprocess.Popen(throughline("api", *options), env=self.environment, stdout=self.output, stderr=subprocess.STDOUT)
        self.callers: list[Caller] = []
        self.firm: Firm

    def asked_to_end(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ended(self) -> int:
        """Its exit code."""
        return await asyncio.to_thread(self.process.wait, PATIENCE_SECONDS)

    def said(self) -> str:
        """All that it wrote until now."""
        self.output.seek(0)
        return self.output.read().decode()

    @asynccontextmanager
    async def speaking(self) -> AsyncIterator[None]:
        """While it lasts, the organization's people can be spoken as."""
        async with AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE_SECONDS) as client:
            self.firm.client = client
            yield

    async def caller(self) -> Caller:
        """A connection, which is closed in the end."""
        made = await Caller.connected(self.port)
        self.callers.append(made)
        return made

    async def status(self, path: str) -> Answer:
        """Asked on a connection of its own."""
        caller = await self.caller()
        caller.ask("GET", path, "Connection: close")
        return await caller.answer()

    async def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        try:
            return (await self.status("/health/ready")).status == 200
        except (OSError, EOFError):
            return False


@asynccontextmanager
async def serving(database: Database, provider: FileKeyProvider, home: Path, *options: str, **settings: str) -> AsyncIterator[Serving]:
    """One that answers, with an organization. What that was set up with does not go through it."""
    started, vault = Serving(database, provider, home, *options, **settings), Vault(provider)
    try:
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            AsyncClient(base_url=f"http://127.0.0.1:{started.port}", timeout=PATIENCE_SECONDS) as client,
            await pool(database.dsn("app"), size=2) as connections,
            await pool(database.dsn("projector"), size=1) as followers,
        ):
            while not await started.is_ready():  # noqa: ASYNC110 - a process sets no event
                await asyncio.sleep(0.02)
            commands, keys = Commands(Store(connections, vault), Directory(connections)), Keys(connections, utc_now)
            started.firm = Firm(client, Runner(followers, Opener(vault), patience=0.0), commands, keys)
            await started.firm.open()
        yield started
    finally:
        for caller in started.callers:
            await caller.close()
        if started.process.poll() is None:
            started.process.kill()
            await asyncio.to_thread(started.process.wait)
        started.output.close()


def person(number: int | UUID) -> bytes:
    """The body of somebody new."""
    return f'{{"name": "Number {number}", "email": "number{number}@example.org"}}'.encode()
