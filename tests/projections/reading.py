"""How the tests read: one question, one moment of the read models, as the application's role."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import asyncpg

from domain.person.state import PersonState
from infra.eventstore.outage import outages
from projections import current, plan_timeline
from projections.current import Current
from projections.members import MEMBERS
from projections.plan_timeline import Told
from projections.projection import Opening, Projection
from projections.snapshot import Scope, snapshot
from services.wording.language import ENGLISH
from tests.waiting import PATIENCE_SECONDS


class Reader:
    def __init__(self, connections: asyncpg.Pool) -> None:
        self.connections = connections

    async def position(self, tenant: UUID, projection: Projection[Any]) -> int:
        """How far a projection has followed."""
        with outages():
            async with snapshot(self.connections, tenant) as rows:
                return rows.position(projection)

    async def reached(self, tenant: UUID, projection: Projection[Any], position: int) -> bool:
        """True as soon as a projection has followed up to a position, false when it does not in all patience."""
        until = time.monotonic() + PATIENCE_SECONDS
        while await self.position(tenant, projection) < position:
            if time.monotonic() > until:
                return False
        return True

    async def people(self, tenant: UUID, ids: Iterable[UUID] | None = None) -> dict[UUID, PersonState]:
        async with snapshot(self.connections, tenant) as rows:
            if ids is None:
                found = await rows.opened(MEMBERS, "page", after=None, at_most=1000)
            else:
                found = await rows.opened(MEMBERS, "some", keys=list(ids))
            return {row.key: row.document for row in found}

    async def plan(self, tenant: UUID, plan: UUID, *, words: bool = True) -> Current[Any] | None:
        async with snapshot(self.connections, tenant) as rows:
            return await current.one(rows, "plan", plan, words=words)

    async def listed(self, tenant: UUID, noun: str, scope: Scope, *, after: UUID | None = None, limit: int = 200) -> list[Current[Any]]:
        async with snapshot(self.connections, tenant) as rows:
            return await current.listed(rows, noun, scope, after=after, limit=limit, words=True)

    async def timeline(self, tenant: UUID, engagement: UUID, *, words: bool = True) -> list[Told]:
        """With words people are called by their names, without by their roles."""
        people = await self.people(tenant) if words else {}
        names = {id: person.name.plain() for id, person in people.items() if person.name is not None and person.name.is_open}
        async with snapshot(self.connections, tenant) as rows:
            return plan_timeline.timeline(await plan_timeline.happened(rows, engagement, words=Opening(words)), names, ENGLISH)
