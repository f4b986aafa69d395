"""The least that could answer over HTTP: one route and one SELECT in the product's form of a transaction, nobody asked who they are.

`python -m tests.bench.bare` with DATABASE_URL and THROUGHLINE_PORT.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg
import uvicorn
from litestar import Litestar, Request, Response, get
from litestar.params import FromPath

from infra import postgres
from infra.settings import Settings
from infra.sql import load
from projections.change_ledger import CHANGE_LEDGER
from projections.current import CURRENT
from projections.kpi_board import KPI_BOARD
from projections.snapshot import Scope

PLAN: Final = CURRENT["plan"]
SQL: Final = load(__file__, ledger=f"rm.{CHANGE_LEDGER.name}_g{CHANGE_LEDGER.version}", plans=f"rm.{PLAN.name}_g{PLAN.version}")
LINES: Final = 50  # of a page, of plans as well


@get("/")
async def here() -> None:
    """Says that it is there."""


@get("/rows/{tenant:uuid}")
async def rows(request: Request[Any, Any, Any], tenant: FromPath[UUID]) -> Response[bytes]:
    """The documents that the board of an organization is made of, as they are stored."""
    statement = KPI_BOARD.sql().statements["in_scope"]
    async with read(request, tenant) as connection:
        return as_stored(await statement.fetch(connection, tenant_id=tenant, **Scope().row))


@get("/lines/{tenant:uuid}")
async def lines(request: Request[Any, Any, Any], tenant: FromPath[UUID]) -> Response[bytes]:
    """The newest page of an organization's ledger, as its lines are stored."""
    async with read(request, tenant) as connection:
        return as_stored(await SQL.newest_lines.fetch(connection, tenant_id=tenant, at_most=LINES))


@get("/plans/{tenant:uuid}")
async def plans(request: Request[Any, Any, Any], tenant: FromPath[UUID]) -> Response[bytes]:
    """The first page of an organization's plans, as they are stored."""
    async with read(request, tenant) as connection:
        return as_stored(await SQL.first_plans.fetch(connection, tenant_id=tenant, at_most=LINES))


def read(request: Request[Any, Any, Any], tenant: UUID) -> AbstractAsyncContextManager[asyncpg.Connection]:
    return postgres.tenant_transaction(request.app.state.pool, tenant, isolation="REPEATABLE READ", read_only=True)


def as_stored(found: Sequence[asyncpg.Record]) -> Response[bytes]:
    return Response(f"[{','.join(row['doc'] for row in found)}]".encode(), media_type="application/json")


@asynccontextmanager
async def connected(app: Litestar) -> AsyncIterator[None]:
    settings = Settings.from_env()
    app.state.pool = await postgres.pool(settings.database_url or "", size=settings.pool_size)
    yield
    await app.state.pool.close()


if __name__ == "__main__":
    app = Litestar([here, rows, lines, plans], lifespan=[connected], openapi_config=None, logging_config=None)
    uvicorn.run(app, port=Settings.from_env().port, log_config=None, access_log=False, server_header=False, ws="none")
