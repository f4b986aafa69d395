"""One database for the tests of the store: each test has an organization of its own in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from tests.database import Database
from tests.infra.told import new_id, register


@pytest.fixture(scope="session")
def shared(make_database: Callable[[], Database]) -> Database:
    """A database that many tests use, each for an organization of its own."""
    return make_database()


@pytest.fixture(scope="session")
async def app(shared: Database) -> AsyncIterator[asyncpg.Pool]:
    """Connections of the application's role."""
    connections = await pool(shared.dsn("app"), size=40)
    yield connections
    await connections.close()


@pytest.fixture
async def connection(app: asyncpg.Pool) -> AsyncIterator[asyncpg.Connection]:
    async with app.acquire() as connection:
        yield connection


@pytest.fixture
def vault(provider: FileKeyProvider) -> Vault:
    return Vault(provider)


@pytest.fixture
async def log(app: asyncpg.Pool, vault: Vault) -> AsyncIterator[Store]:
    """A store on the shared database."""
    store = Store(app, vault)
    yield store
    await store.settle()


@pytest.fixture
async def tenant(log: Store) -> UUID:
    """A registered organization: its stream is at version 1, its log at position 1."""
    tenant = new_id()
    await register(log, tenant)
    return tenant


@pytest.fixture
async def admin(shared: Database) -> AsyncIterator[asyncpg.Connection]:
    """The superuser, as whom a test brings about what nobody may."""
    connection = await asyncpg.connect(shared.dsn("admin"))
    yield connection
    await connection.close()
