"""A catalogue that a test may change, and two organizations with rows everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest

from tests.database import Database
from tests.infra.row_security.seed import fill, tables
from tests.infra.row_security.visit import Two, prints
from tests.infra.told import new_id


@pytest.fixture
async def scratch(admin: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """The superuser inside a transaction that is rolled back."""
    change = admin.transaction()
    await change.start()
    yield admin
    await change.rollback()


@pytest.fixture(scope="session")
async def two(make_database: Callable[[], Database]) -> AsyncIterator[Two]:
    """Two organizations with two rows in every table, one where there can be one only."""
    admin = await asyncpg.connect(make_database().dsn("admin"))
    mine, other = new_id(), new_id()
    await fill(admin, [mine, other], rows=2)
    filled = await tables(admin)
    yield Two(admin, mine, other, filled, await prints(admin, other, filled))
    await admin.close()
