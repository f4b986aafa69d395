"""Whose turn it is to be made: of an organization's reports on programs one after the other, whichever workers make them.

Each is compared with what was told before (`workers/report/earlier.py`). Two that were made at once would be compared with neither what
the other tells nor what happened between them, and one less the other could tell of a single client.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

from domain.report.state import ReportState
from infra.postgres import Pool
from workers.alone import alone
from workers.report.making import Making
from workers.report.writing import written


class Turn:
    """Of one installation. `locks` are connections that nothing waits for while a report is made; who waits for a turn holds one, too,
    so no organization may have all of them."""

    def __init__(self, making: Making, locks: Pool) -> None:
        self.making = making
        self.locks = locks

    async def make(self, tenant: UUID, report: UUID, position: int) -> bool:
        """Makes what was asked for at that position. False: it was made before. Raises `NotCaughtUp` or `Unavailable`: try again."""
        store = self.making.commands.store
        state: ReportState = (await store.read(tenant, report)).state(report, "report")
        if state.template != "program_report":
            return await self.made(tenant, report, position)
        async with alone(self.locks.of(tenant), f"program report {tenant}"):
            head = (await store.read(tenant, tenant)).head
            assert head is not None  # there is a report
            return await self.made(tenant, report, position, head.position)

    async def made(self, tenant: UUID, report: UUID, position: int, reached: int = 0) -> bool:
        """`reached`: as far as that the read models have followed, with what the report before it told."""
        gathered = await self.making.gather(tenant, report, position, reached)
        if gathered is None:
            return False
        await self.making.keep(tenant, gathered, await asyncio.to_thread(written, gathered))
        return True
