"""Kills one part of an installation after the other with SIGKILL, and measures until it works again."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random

from projections.catalogue import PROJECTIONS
from tests.chaos.history import History
from tests.chaos.house import House
from tests.waiting import soon

REBUILT = "plan_timeline"
REBUILDING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'throughline rebuild' AND xact_start IS NOT NULL"
LEASED = "SELECT count(*) FROM jobs.job WHERE state = 'leased'"
MADE = "SELECT count(*) FROM es.event WHERE type = 'report.report_generated'"
HEADS = "SELECT sum(position) FROM es.tenant_head"
NAMED = ", ".join(f"('{each.name}', {each.version})" for each in PROJECTIONS)
FOLLOWED = f"""
SELECT min(each.position) FROM (
  SELECT sum(coalesce(c.position, 0)) AS position FROM es.tenant_head h CROSS JOIN (VALUES {NAMED}) AS p (projection, generation)
    LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = p.projection AND c.generation = p.generation
   GROUP BY p.projection) AS each
"""
"""What the slowest of the read models has taken in, of all organizations together."""
LONGEST_WAIT_SECONDS = 1.0


class Killer:
    """Seconds until each kind of kill was made up for are in `took`, by kind."""

    def __init__(self, house: House, history: History, random: Random) -> None:
        self.house = house
        self.history = history
        self.random = random
        self.took: dict[str, list[float]] = defaultdict(list)
        self.kinds: dict[str, Callable[[], Awaitable[float]]] = {
            "postgres": self.postgres,
            "api": self.api,
            "projector": self.projector,
            "worker": self.worker,
            "rebuild": self.rebuild,
        }

    async def kill(self, *kinds: str) -> None:
        """All of them at one random moment; returns when each that was killed works again."""
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), self.random.uniform(0, LONGEST_WAIT_SECONDS))
        async with asyncio.TaskGroup() as group:
            for kind in kinds:
                group.create_task(self.made_up_for(kind))

    async def made_up_for(self, kind: str) -> None:
        killed_at = await self.kinds[kind]()
        self.took[kind].append(time.monotonic() - killed_at)

    async def postgres(self) -> float:
        """The postmaster first, so that it cannot tell its children to end in order, then all of them. Returns when, as all of these do."""
        postmaster, killed_at = await self.house.kill("postgres", kill_children=True)
        await soon(lambda: self.house.child("postgres") not in (None, postmaster))
        return await self.acked_again(killed_at)

    async def api(self) -> float:
        _, killed_at = await self.house.kill("api")
        return await self.acked_again(killed_at)

    async def projector(self) -> float:
        """Until everything is projected that was in the log when it was killed."""
        _, killed_at = await self.house.kill("projector")
        return await self.followed_again(killed_at)

    async def worker(self) -> float:
        """While it has a job. What it had is somebody's again when its lease ends; a report that is asked for now is made by its successor."""
        await soon(lambda: self.house.one(LEASED))
        before = self.house.one(MADE)
        _, killed_at = await self.house.kill("worker")
        await soon(lambda: self.house.one(MADE) > before)
        return killed_at

    async def rebuild(self) -> float:
        """`throughline rebuild` beside the projector, in the middle of its transaction."""
        process = self.house.start("rebuild", REBUILT)
        try:
            await soon(lambda: self.house.one(REBUILDING) or process.poll() is not None)
        finally:
            process.kill()
            process.wait()
        return await self.followed_again(time.monotonic())

    async def acked_again(self, killed_at: float) -> float:
        await soon(lambda: self.history.first_ack_after(killed_at))
        return killed_at

    async def followed_again(self, killed_at: float) -> float:
        head = self.house.one(HEADS)
        await soon(lambda: self.house.one(FOLLOWED) >= head)
        return killed_at
