"""Reports that nobody asked for: when a month has ended, and when everybody has judged. Each is asked for once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from domain.evaluation.commands import RecordEvaluation
from services.command.execution import Commands
from tests.services.firm import Firm
from tests.services.test_execution import active, actor
from workers.desk import Desk
from workers.report.due import Due, ask, evaluated, monthly


async def reports(firm: Firm) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await firm.seen("auditor", "/v1/reports"))["items"]
    return found


def on(app: Litestar, day: datetime) -> Desk:
    """The desk on a day."""
    state = app.state
    return Desk(state.reads.connections, Commands(state.commands.store, state.commands.directory, lambda: day), state.files)


async def test_a_month_that_ended_brings_a_report_to_managers_and_one_to_sponsors(app: Litestar, engaged: Firm) -> None:
    await engaged.runner.catch_up()
    desk = on(app, datetime(2026, 6, 2, 5, tzinfo=UTC))
    due = await monthly(desk, engaged.tenant)
    for _ in range(2):
        await ask(engaged.commands, engaged.tenant, due)
    found = await reports(engaged)
    assert [(one["template"], one["period"], one["recipients"]) for one in found] == [
        ("program_report", "2026-05", [engaged.ids["program_manager"]]),
        ("program_report", "2026-05", [engaged.ids["sponsor"]]),
    ]
    following = await monthly(on(app, datetime(2026, 7, 2, 5, tzinfo=UTC)), engaged.tenant)
    assert {one.key for one in due} & {one.key for one in following} == set()


@pytest.mark.parametrize("day", [datetime(2026, 1, 2, 5, tzinfo=UTC), datetime(2199, 9, 2, 5, tzinfo=UTC)])
async def test_a_program_that_did_not_run_then_brings_none(app: Litestar, engaged: Firm, day: datetime) -> None:
    await engaged.runner.catch_up()
    assert await monthly(on(app, day), engaged.tenant) == []


async def scheduled(firm: Firm) -> UUID:
    """An evaluation of an active plan, by client and coach."""
    await active(firm)
    body = {"engagement_id": firm.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-01"}
    return UUID((await firm.done("coach", "/v1/evaluations", body))["id"])


async def judged(firm: Firm, evaluation: UUID, party: str) -> list[Due]:
    """What is due once one of them has judged."""
    judgement = RecordEvaluation(plan_version=1, effectiveness=4, summary="It helps.")
    await firm.commands.execute(actor(firm, party), judgement, evaluation)
    return await evaluated(firm.commands, firm.tenant, evaluation)


async def test_a_client_s_progress_is_told_when_everybody_has_judged(planned: Firm) -> None:
    evaluation, ids = await scheduled(planned), planned.ids
    assert await judged(planned, evaluation, "client") == []
    due = await judged(planned, evaluation, "coach")
    for _ in range(2):
        await ask(planned.commands, planned.tenant, due)
    assert [(one["template"], one["recipients"]) for one in await reports(planned)] == [
        ("client_progress", [ids["client"], ids["coach"]]),
        ("client_progress", [ids["sponsor"]]),
    ]
