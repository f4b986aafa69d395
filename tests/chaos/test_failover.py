"""The server that is written to is lost and its standby takes over: nothing acknowledged is lost, and no process is restarted."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest
from httpx import Response

from infra.keys import FileKeyProvider
from tests.chaos.fleet import Fleet, manned
from tests.chaos.history import History
from tests.chaos.pair import Pair, paired, url_of
from tests.chaos.writer import Writer, attempt
from tests.database import ask
from tests.infra.proxy import Proxy
from tests.services.test_execution import active
from tests.waiting import PATIENCE_SECONDS, soon, until
from workers.cli.exit import Exit

WRITERS = 6
ENOUGH = 40  # acknowledged commands, before and after
SEED = 20261122
MADE = "SELECT count(*) FROM es.event WHERE type = 'report.report_generated'"


@pytest.fixture
def pair(home: Path) -> Iterator[Pair]:
    home.mkdir(mode=0o711)
    with paired(home) as made:
        yield made


@asynccontextmanager
async def crewed(pair: Pair, wanted: str, provider: FileKeyProvider, home: Path) -> AsyncIterator[Fleet]:
    """Processes whose URLs name both servers, in their order."""
    async with Proxy(pair.database().dsn("app")) as first, Proxy(pair.heir().dsn("app")) as second:
        fleet = Fleet(pair.database(), first, provider, home / "data", url=partial(url_of, (first, second), wanted))
        async with manned(fleet):
            await fleet.firm.plan("Meet")
            await active(fleet.firm)
            yield fleet
            second.each(lambda wire: wire.reset())


@asynccontextmanager
async def writing(history: History) -> AsyncIterator[None]:
    """Clients write meanwhile; afterwards everything that they sent is settled."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(WRITERS):
            group.create_task(Writer(history.firms[0], history, Random(SEED + number)).write(stop))
        try:
            await acked(history, 0.0)
            yield
        finally:
            stop.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        for request in history.open():
            while await attempt(request, history) is None:
                continue


async def acked(history: History, after: float) -> None:
    """Until enough was acknowledged of what was sent after a moment."""
    await soon(lambda: sum(each.answer is not None and each.sent_at >= after for each in history.requests) >= ENOUGH)


async def require_whole(fleet: Fleet, history: History, pair: Pair) -> None:
    """At the standby, which is written to now: the log and every answer agree, rows follow, jobs are done, and nobody ended."""
    history.dsn = pair.heir().dsn("admin")
    assert list(history.wrong()) == []
    made = ask(history.dsn, MADE)
    wanted = {"template": "client_progress", "subject_id": fleet.firm.ids["engagement"], "format": "json"}
    await fleet.firm.done("coach", "/v1/reports", wanted | {"recipients": [fleet.firm.ids["coach"]]})
    await soon(lambda: ask(history.dsn, MADE) > made)
    assert fleet.ended() == []
    assert await asyncio.to_thread(verify, fleet, pair) == Exit.OK


def verify(fleet: Fleet, pair: Pair) -> int:
    urls = {f"{name}DATABASE_URL": pair.heir().dsn(role) for name, role in {"": "app", "WORKER_": "worker"}.items()}
    return subprocess.run([sys.executable, "-m", "workers.cli.main", "verify"], env=fleet.environment | urls, check=False).returncode


async def read(fleet: Fleet) -> Response:
    """Once it is answered otherwise than by asking to come again; that always says when."""
    path = f"/v1/engagements/{fleet.firm.ids['engagement']}"
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (seen := await fleet.firm.get("coach", path)).status_code == 503:
            assert "retry-after" in seen.headers
    return seen


async def test_a_standby_is_read_and_as_soon_as_it_is_promoted_written_to(pair: Pair, provider: FileKeyProvider, home: Path) -> None:
    async with crewed(pair, "any", provider, home) as fleet:
        history = History(pair.database().dsn("admin"), [fleet.firm])
        async with writing(history):
            pair.kill()
            assert (await read(fleet)).status_code == 200
            await soon(lambda: history.statuses["503 database_read_only"])
            await asyncio.to_thread(pair.promote)
            await acked(history, time.monotonic())
        await require_whole(fleet, history, pair)


async def test_who_asks_for_a_server_that_takes_changes_finds_it(pair: Pair, provider: FileKeyProvider, home: Path) -> None:
    """Also where the machine is gone, and nobody there says so."""
    async with crewed(pair, "read-write", provider, home) as fleet:
        history = History(pair.database().dsn("admin"), [fleet.firm])
        async with writing(history):
            fleet.proxy.swallow()
            pair.kill()
            await soon(lambda: history.statuses["503 database_away"])
            await asyncio.to_thread(pair.promote)
            await acked(history, time.monotonic())
        await require_whole(fleet, history, pair)
        assert "503 database_read_only" not in history.statuses


@pytest.mark.soak
async def test_who_went_to_the_standby_comes_back(pair: Pair, provider: FileKeyProvider, home: Path) -> None:
    """The first server was away for a moment, and nobody promoted the other."""
    async with crewed(pair, "any", provider, home) as fleet:
        history = History(pair.database().dsn("admin"), [fleet.firm])
        async with writing(history):
            pair.kill()
            await soon(lambda: history.statuses["503 database_read_only"])
            pair.primary.start()
            until(lambda: ask(pair.primary.dsn(), "SELECT 1"))
            await acked(history, time.monotonic())
        assert list(history.wrong()) == []
        assert fleet.ended() == []
