"""Where a group is measured: databases on a PostgreSQL that keeps what it commits, a scratch folder, and how long to measure."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple

from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from tests.database import Database, Databases


class Size(NamedTuple):
    """How much is measured: rounds, about how many seconds each side of a round, and events of a log that is followed."""

    rounds: int
    seconds: float
    events: int


FULL: Final = Size(rounds=10, seconds=1.0, events=100_000)
QUICK: Final = Size(rounds=3, seconds=0.06, events=2_500)
TINY: Final = Size(rounds=1, seconds=0.01, events=100)


class Stage:
    """`folder` is empty at first, and is removed in the end. The server stands in for production: fsync is on in a bench."""

    def __init__(self, databases: Databases, folder: Path, size: Size) -> None:
        self.databases = databases
        self.folder = folder
        self.size = size
        self.provider = FileKeyProvider(folder / "kek")
        FileKeyProvider.create(self.provider.path)

    def database(self) -> Database:
        """A fresh one with the product's schema; `dsn(role)` for each role, "admin" the superuser."""
        return self.databases.make()

    @asynccontextmanager
    async def store(self, database: Database, *, connections: int = 10, snapshots: bool = False) -> AsyncIterator[Store]:
        """The product's store as the API has it, but without snapshots unless they are asked for."""
        opened = await pool(database.dsn("app"), size=connections)
        try:
            store = Store(opened, Vault(self.provider), snapshots=snapshots)
            yield store
            await store.settle()
        finally:
            await opened.close()
