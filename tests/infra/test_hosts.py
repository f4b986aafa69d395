"""A URL that names several servers leads to the first one that lets us in, also past one that says nothing."""

from __future__ import annotations

import asyncpg
import pytest

from infra.hosts import alone, connect
from tests.chaos.pair import url_of
from tests.database import Database
from tests.infra.proxy import Proxy


@pytest.mark.parametrize(
    ("dsn", "each"),
    [
        ("postgresql://me:a%2Cb@one/db?sslmode=require", ["postgresql://me:a%2Cb@one/db?sslmode=require"]),
        ("postgresql://me:a%2Cb@one:1,two:2/db", ["postgresql://me:a%2Cb@one:1/db", "postgresql://me:a%2Cb@two:2/db"]),
        ("postgresql://one,two/db?port=7", ["postgresql://one/db?port=7", "postgresql://two/db?port=7"]),
        ("postgresql://me@/db?host=/a,/b&port=1,2", ["postgresql://me@/db?host=%2Fa&port=1", "postgresql://me@/db?host=%2Fb&port=2"]),
    ],
)
def test_each_server_has_a_url_of_its_own(dsn: str, each: list[str]) -> None:
    assert list(alone(dsn)) == each


async def test_one_that_says_nothing_keeps_nobody_from_the_next(database: Database) -> None:
    async with Proxy(database.dsn()) as silent, Proxy(database.dsn()) as other:
        silent.swallow()
        connection = await connect(url_of((silent, other), "read-write", database.dsn()), timeout=5)
        assert await connection.fetchval("SELECT 1") == 1
        assert (len(silent.wires), len(other.wires)) == (1, 1)
        await connection.close()


async def test_what_the_last_one_says_is_told(database: Database) -> None:
    async with Proxy(database.dsn()) as proxy:
        with pytest.raises(asyncpg.TargetServerAttributeNotMatched):
            await connect(url_of((proxy, proxy), "standby", database.dsn()), timeout=5)
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await connect(url_of((proxy, proxy), "any", database.dsn().replace("/test_", "/no_test_")), timeout=5)
