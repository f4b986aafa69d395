"""Files of reports go when their time is over; the report stays, and says so. No file goes that a report names."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from litestar import Litestar

from infra.settings import Settings
from projections.snapshot import NotCaughtUp
from services.command.execution import Commands
from tests.services.desk import Desk
from tests.services.test_report import share
from workers import desk as workers
from workers.report.sweep import sweep
from workers.report.writing import written

KEPT = timedelta(days=90)


async def swept(app: Litestar, desk: Desk, days: int) -> tuple[int, int]:
    """The sweep of the night after so many days."""
    await desk.firm.runner.catch_up()
    state, then = app.state, datetime.now(UTC) + timedelta(days=days)
    at = workers.Desk(state.reads.connections, Commands(state.commands.store, state.commands.directory, lambda: then), state.files)
    return await sweep(at, state.files.blobs, desk.firm.tenant, KEPT)


def files(settings: Settings, desk: Desk) -> list[Path]:
    return sorted((settings.blobs / str(desk.firm.tenant)).iterdir())


async def test_a_file_is_kept_for_its_time_and_then_goes(app: Litestar, desk: Desk, settings: Settings) -> None:
    report = await desk.ask("coach", "coach")
    await desk.make(report)
    link = (await desk.firm.seen("coach", f"/v1/reports/{report}"))["file"]["path"]
    assert await swept(app, desk, 89) == (0, 0)
    assert (await desk.firm.get(None, link)).status_code == 200
    assert await swept(app, desk, 91) == (1, 1)
    assert files(settings, desk) == []
    gone = await desk.firm.get(None, link)
    assert (gone.status_code, gone.json()["code"]) == (410, "file_discarded")
    shown = await desk.firm.seen("coach", f"/v1/reports/{report}")
    assert shown["file"] is None
    assert shown["generated"]["discarded_at"] is not None
    assert (await share(desk, "coach", report, "client")).json()["code"] == "file_discarded"
    assert await swept(app, desk, 92) == (0, 0)
    assert (await desk.got("coach", "coach"))["client"] == "Person client"


async def test_what_no_report_names_goes_once_it_is_of_no_report_that_is_being_made(app: Litestar, desk: Desk, settings: Settings) -> None:
    """A worker was killed between keeping a file and noting it."""
    report = await desk.ask("coach", "coach")
    gathered = await desk.gather(report)
    key = await desk.making.files.keep(desk.about(gathered), written(gathered))
    await desk.make(report)
    assert len(files(settings, desk)) == 2
    assert await swept(app, desk, 0) == (0, 0)
    assert await swept(app, desk, 2) == (0, 1)
    assert key not in [path.name for path in files(settings, desk)]
    assert (await desk.get("coach", report)).status_code == 200


async def test_nothing_goes_while_the_list_of_reports_lags_behind(app: Litestar, desk: Desk, settings: Settings) -> None:
    """Its file is old, and what names it is recorded but not in the list yet."""
    report = await desk.ask("coach", "coach")
    gathered = await desk.gather(report)
    await desk.making.keep(desk.firm.tenant, gathered, written(gathered))
    (path,) = files(settings, desk)
    week_ago = (datetime.now(UTC) - timedelta(days=7)).timestamp()
    os.utime(path, times=(week_ago, week_ago))
    state = app.state
    with pytest.raises(NotCaughtUp):
        await sweep(workers.Desk(state.reads.connections, state.commands, state.files), state.files.blobs, desk.firm.tenant, KEPT)
    assert await swept(app, desk, 0) == (0, 0)
    assert files(settings, desk) == [path]
