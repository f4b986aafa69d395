"""A store, a projector's connections and an organization of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections.runner import Runner
from tests.database import Database
from tests.infra.told import new_id, register
from tests.projections.reading import Reader


@pytest.fixture
async def projector(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Connections of the projector's role."""
    connections = await pool(database.dsn("projector"))
    yield connections
    await connections.close()


@pytest.fixture
def opener(provider: FileKeyProvider) -> Opener:
    return Opener(Vault(provider))


@pytest.fixture
def runner(projector: asyncpg.Pool, opener: Opener) -> Runner:
    return Runner(projector, opener, patience=0.0)


@pytest.fixture
def reader(app_pool: asyncpg.Pool) -> Reader:
    return Reader(app_pool)


@pytest.fixture
async def tenant(store: Store) -> UUID:
    """A registered organization: its log is at position 1."""
    tenant = new_id()
    await register(store, tenant)
    return tenant
