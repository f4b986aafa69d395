"""A page that a form led to waits for the rows that show what the form did.

Its address says only that something was done, by `done`: no position of the log stands in it, for a sponsor is told none. So it
waits for all that was recorded of the organization when it was asked for, but for readings: looking at the page is one itself.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from infra.eventstore.outage import outages
from infra.postgres import Pool, tenant_transaction
from projections import checkpoint
from projections.projection import Projection
from projections.snapshot import NotCaughtUp, caught_up

if TYPE_CHECKING:
    from litestar import Request  # workers read, too, and need nothing else of it

SECONDS: Final = 1.0
"""How long a page waits at most, for all the rows that it shows together."""


class Following:
    """What one page waits for, until when on the event loop's clock, and whether it was in vain."""

    def __init__(self, position: int, ends_at: float) -> None:
        self.position = position
        self.ends_at = ends_at
        self.is_behind = False


async def follow(connections: Pool, request: Request[Any, Any, Any], tenant: UUID, *projections: Projection[Any]) -> None:
    """Returns as soon as these rows show what the form did, or the page has waited for long enough: then it `is_behind`."""
    if not (request.method == "GET" and request.route_handler.opt.get("page") and request.query_params.get("done")):
        return
    clock = asyncio.get_running_loop().time
    following: Following | None = getattr(request.state, "following", None)
    if following is None:
        following = request.state.following = Following(await recorded(connections, tenant), clock() + SECONDS)
    try:
        async with caught_up(connections, tenant, following.position, *projections, seconds=following.ends_at - clock()):
            pass
    except NotCaughtUp:
        following.is_behind = True


async def recorded(connections: Pool, tenant: UUID) -> int:
    with outages():
        async with tenant_transaction(connections, tenant, read_only=True) as connection:
            return int(await checkpoint.SQL.recorded.value(connection, tenant_id=tenant) or 0)


def is_behind(request: Request[Any, Any, Any]) -> bool:
    """Whether the page shows a state from before its form, however long it waited."""
    following: Following | None = getattr(request.state, "following", None)
    return following is not None and following.is_behind
