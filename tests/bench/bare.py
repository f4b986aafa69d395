"""The least that could answer a board over HTTP: one route, one SELECT in the product's form of a transaction, nobody asked who they are.

`python -m tests.bench.bare` with DATABASE_URL and THROUGHLINE_PORT.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import uvicorn
from litestar import Litestar, Request, Response, get
from litestar.params import FromPath

from infra import postgres
from infra.settings import Settings
from projections.kpi_board import KPI_BOARD
from projections.snapshot import Scope


@get("/")
async def here() -> None:
    """Says that it is there."""


@get("/rows/{tenant:uuid}")
async def rows(request: Request[Any, Any, Any], tenant: FromPath[UUID]) -> Response[bytes]:
    """The documents that the board of an organization is made of, as they are stored."""
    statement = KPI_BOARD.sql().statements["in_scope"]
    async with postgres.tenant_transaction(request.app.state.pool, tenant, isolation="REPEATABLE READ", read_only=True) as connection:
        found = await statement.fetch(connection, tenant_id=tenant, **Scope().row)
    return Response(f"[{','.join(row['doc'] for row in found)}]".encode(), media_type="application/json")


@asynccontextmanager
async def connected(app: Litestar) -> AsyncIterator[None]:
    settings = Settings.from_env()
    app.state.pool = await postgres.pool(settings.database_url or "", size=settings.pool_size)
    yield
    await app.state.pool.close()


if __name__ == "__main__":
    app = Litestar([here, rows], lifespan=[connected], openapi_config=None, logging_config=None)
    uvicorn.run(app, port=Settings.from_env().port, log_config=None, access_log=False, server_header=False, ws="none")
