"""Two reports on one program, asked for at the same moment and made by two workers at once: one less the other tells of nobody alone."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from infra.eventstore.errors import Unavailable
from infra.postgres import pool
from projections.current import CURRENT
from projections.snapshot import snapshot
from tests.database import Database, ask
from tests.services.desk import Desk
from tests.services.firm import objective_body
from tests.services.test_report_program import crowd
from tests.waiting import soon
from workers.report.making import Gathered, Making
from workers.report.turn import Turn

WAITING = """
SELECT count(*) FROM pg_locks
 WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Held(Making):
    """A worker that has gathered what its report tells, and goes on when it is let."""

    def __init__(self, like: Making) -> None:
        super().__init__(like.connections, like.commands, like.files, like.clock)
        self.gathered, self.let = asyncio.Event(), asyncio.Event()

    async def keep(self, tenant: UUID, gathered: Gathered, file: bytes) -> None:
        self.gathered.set()
        await self.let.wait()
        await super().keep(tenant, gathered, file)


async def test_what_happens_between_two_reports_that_are_made_at_once_is_not_told_by_their_difference(desk: Desk, house: Database) -> None:
    await crowd(desk.firm, 6)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    reports = [await desk.ask("program_manager", "sponsor", **wanted) for _ in range(2)]
    positions = [await position_of(desk, report) for report in reports]
    tenant, held, locks = desk.firm.tenant, Held(desk.making), desk.making.connections
    one = asyncio.create_task(Turn(held, locks).make(tenant, UUID(reports[0]), positions[0]))
    await held.gathered.wait()
    await desk.firm.done("coach", f"/v1/plans/{desk.firm.ids['plan']}/define-objective", objective_body("Listen more"))
    two = asyncio.create_task(made(desk, Turn(desk.making, locks), reports[1], positions[1]))
    await soon(lambda: ask(house.dsn("admin"), WAITING)[0][0])
    held.let.set()
    assert await one
    assert await two
    await desk.firm.runner.catch_up()
    first, second = [await smart_rate(desk, report) for report in reports]
    assert (first["n"], first["suppressed"]) == (6, None)
    assert (second["n"], second["suppressed"]) == (None, "difference")
    assert not await made(desk, Turn(desk.making, locks), reports[0], positions[0]), "it was made before"


async def test_reports_that_wait_for_their_turn_leave_a_connection_to_others(desk: Desk, house: Database) -> None:
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    reports = [await desk.ask("program_manager", "sponsor", **wanted) for _ in range(2)]
    positions = [await position_of(desk, report) for report in reports]
    held = Held(desk.making)
    locks = await pool(house.dsn("app"), size=2, shared=True)
    gate = locks.gate
    assert gate is not None
    one = asyncio.create_task(Turn(held, locks).make(desk.firm.tenant, UUID(reports[0]), positions[0]))
    await held.gathered.wait()
    two = asyncio.create_task(made(desk, Turn(desk.making, locks), reports[1], positions[1]))
    await soon(lambda: gate.waiting)
    async with locks.acquire() as connection:
        assert await connection.fetchval("SELECT 1") == 1
    held.let.set()
    assert all(await asyncio.gather(one, two))
    await locks.close()


async def made(desk: Desk, turn: Turn, report: str, position: int) -> bool:
    """As often tried again as the read models need to follow, and others to be done."""
    while True:
        try:
            return await turn.make(desk.firm.tenant, UUID(report), position)
        except Unavailable:
            await desk.firm.runner.catch_up()


async def position_of(desk: Desk, report: str) -> int:
    """At which it was asked for."""
    await desk.firm.runner.catch_up()
    async with snapshot(desk.making.connections, desk.firm.tenant) as rows:
        (row,) = await rows.sealed(CURRENT["report"], "some", keys=[UUID(report)])
    return row.position


async def smart_rate(desk: Desk, report: str) -> dict[str, Any]:
    told = msgspec.json.decode((await desk.get("program_manager", report)).content)
    found: dict[str, Any] = next(one for one in told["indicators"] if one["name"] == "smart_rate")
    return found
