"""What services read: each method one moment of an organization's read models. Who may see it is the caller's to decide.

With `words` personal values come opened, or erased; without, they stay sealed, and a sentence says that they are withheld.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from domain.context import Policy
from domain.person.state import PersonState
from infra.eventstore.errors import Unavailable
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from projections import checkpoint, current, kpi_board, members, plan_timeline
from projections.current import Current
from projections.kpi.board import Board, board
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.plan_timeline import Told
from projections.snapshot import Scope, snapshot

POLL_SECONDS: Final = 0.02


class NotCaughtUp(Unavailable):
    """What was just recorded is not shown yet: try again."""


class Reader:
    """Reads with the application's pool. Every method raises `DatabaseAway` or `Busy` when the database does not answer."""

    def __init__(self, connections: asyncpg.Pool) -> None:
        self.connections = connections

    async def wait_for(self, tenant: UUID, projection: str, position: int, timeout: float = 1.0) -> None:  # noqa: ASYNC109
        """Until the projection has followed the organization's log up to a position; `NotCaughtUp` after `timeout` seconds.

        Looks again rather than being cancelled, so that no query is broken off.
        """
        until = time.monotonic() + timeout
        while await self.position(tenant, projection) < position:
            if time.monotonic() > until:
                raise NotCaughtUp
            await asyncio.sleep(POLL_SECONDS)

    async def position(self, tenant: UUID, projection: str) -> int:
        """How far a projection has followed; 0 before its first event."""
        with outages():
            async with tenant_transaction(self.connections, tenant, read_only=True) as connection:
                return await checkpoint.SQL.position.value(connection, tenant_id=tenant, projection=projection) or 0

    async def people(self, tenant: UUID, ids: Iterable[UUID] | None = None) -> dict[UUID, PersonState]:
        """Everybody, or those of these ids who are there."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                return await members.people(at, ids)

    async def one(self, tenant: UUID, noun: str, stream: UUID, *, words: bool = True) -> Current[Any] | None:
        """A plan, engagement, program, assessment or evaluation as it stands; None when there is none of that id."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                return await current.one(at, noun, stream, words=words)

    async def plan(self, tenant: UUID, plan_id: UUID, *, words: bool = True) -> Current[Any] | None:
        return await self.one(tenant, "plan", plan_id, words=words)

    async def of_engagement(self, tenant: UUID, noun: str, engagement: UUID, *, words: bool = True) -> list[Current[Any]]:
        """What of a noun belongs to an engagement, oldest first."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                return await current.of_engagements(at, noun, [engagement], words=words)

    async def listed(
        self, tenant: UUID, noun: str, scope: Scope, *, after: UUID | None = None, limit: int = 200, words: bool = True
    ) -> list[Current[Any]]:
        """The next `limit` of a noun that lie in a scope, by id after `after`."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                return await current.listed(at, noun, scope, after=after, limit=limit, words=words)

    async def timeline(self, tenant: UUID, engagement: UUID, *, words: bool = True, names: bool = True) -> list[Told]:
        """What happened in an engagement, in the order of the log. Without `names` people are called by their role."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                called = await members.names(at) if names else {}
                return await plan_timeline.timeline(at, engagement, called, words=words)

    async def facts(self, tenant: UUID, engagement: UUID) -> Facts | None:
        """The dated facts of one engagement, of which `projections.kpi` makes progress and pace."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                return await kpi_board.facts_of(at, engagement)

    async def board(
        self, tenant: UUID, scope: Scope, period: Period, *, today: date, zone: ZoneInfo, policy: Policy, floor: int | None = None
    ) -> Board:
        """The indicators of a scope. `floor` is the smallest group that the reader may see, None for single engagements."""
        with outages():
            async with snapshot(self.connections, tenant) as at:
                facts = await kpi_board.facts(at, scope)
                asked = Asked(period=period, today=today, zone=zone, position=await at.position(kpi_board.KPI_BOARD))
        return board(facts, asked, cadence_days=policy.review_cadence_days, floor=floor)
