"""A process that is asked to end: it says so, answers what still comes, loses nothing, and ends with code 0."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from infra.keys import FileKeyProvider
from tests.database import Database, ask
from tests.workers.serving import SERVERS, Answer, Caller, Serving, person, serving

CALLERS = 6
PEOPLE = "SELECT count(*) FROM es.event WHERE type = 'person.person_registered'"


@pytest.fixture(params=SERVERS, ids=" ".join)
async def api(request: pytest.FixtureRequest, database: Database, provider: FileKeyProvider, home: Path) -> AsyncIterator[Serving]:
    async with serving(database, provider, home, *request.param, THROUGHLINE_DRAIN_SECONDS="1") as started:
        yield started


class Load:
    """Callers that register people, one after the other, each over its connection for as long as it is kept."""

    def __init__(self, api: Serving) -> None:
        self.api = api
        self.numbers = count(1)
        self.done = 0
        self.closed = 0
        self.errors: list[Exception] = []
        self.running = asyncio.Event()

    async def call(self) -> None:
        """Until nobody listens any more."""
        while True:
            try:
                caller = await self.api.caller()
            except ConnectionRefusedError:
                return
            try:
                await self.talk(caller)
            except (OSError, EOFError) as error:
                self.errors.append(error)

    async def talk(self, caller: Caller) -> None:
        while True:
            key = f"Authorization: Bearer {self.api.firm.keys['admin']}"
            caller.ask("POST", "/v1/people", key, body=person(next(self.numbers)))
            answer = await caller.answer()
            assert answer.status == 201, answer
            self.done += 1
            if self.done == 5 * CALLERS:
                self.running.set()
            if answer.headers.get("connection") == "close":
                self.closed += 1
                return


async def test_under_load_nothing_is_lost_nobody_is_cut_off_and_who_shares_work_out_is_told(api: Serving, database: Database) -> None:
    before = ask(database.dsn("admin"), PEOPLE)[0][0]
    load = Load(api)
    callers = [asyncio.create_task(load.call()) for _ in range(CALLERS)]
    silent, kept = [await api.caller() for _ in range(2)]
    for one in (silent, kept):
        one.ask("GET", "/health/live")
        assert "connection" not in (await one.answer()).headers
    await load.running.wait()
    api.asked_to_end()
    told = await refused(api)
    assert (told.status, told.headers["retry-after"], b'"code":"draining"' in told.body) == (503, "1", True)
    assert (await api.status("/v1/me")).status == 401
    kept.ask("GET", "/health/live")
    last = await kept.answer()
    assert (last.status, last.headers["connection"]) == (200, "close")
    await asyncio.gather(*callers)
    assert await api.ended() == 0
    assert (load.errors, load.closed > CALLERS) == ([], True)
    assert ask(database.dsn("admin"), PEOPLE)[0][0] == before + load.done
    assert await silent.ended() == b""


@pytest.mark.parametrize(("options", "code"), [*zip(SERVERS, (-signal.SIGTERM, 128 + signal.SIGTERM), strict=True)])
async def test_a_second_signal_ends_it_at_once(
    database: Database, provider: FileKeyProvider, home: Path, options: tuple[str, ...], code: int
) -> None:
    async with serving(database, provider, home, *options, THROUGHLINE_DRAIN_SECONDS="600") as api:
        api.asked_to_end()
        await refused(api)
        api.asked_to_end()
        assert await api.ended() == code


async def test_without_draining_what_has_begun_is_answered_all_the_same(database: Database, provider: FileKeyProvider, home: Path) -> None:
    async with serving(database, provider, home, THROUGHLINE_DRAIN_SECONDS="0") as api:
        body, caller = person(1), await api.caller()
        caller.ask(
            "POST",
            "/v1/people",
            f"Authorization: Bearer {api.firm.keys['admin']}",
            f"Content-Length: {len(body)}",
            "Content-Type: application/json",
        )
        await api.status("/health/live")  # the head has been read by now
        api.asked_to_end()
        while await listens(api):  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(0.01)
        caller.say(body)
        answer = await caller.answer()
        assert (answer.status, answer.headers["connection"]) == (201, "close")
        assert await api.ended() == 0


async def refused(api: Serving) -> Answer:
    """What it says of itself as soon as that is not that it is ready."""
    while (told := await api.status("/health/ready")).status == 200:  # noqa: ASYNC110 - a process sets no event
        await asyncio.sleep(0.01)
    return told


async def listens(api: Serving) -> bool:
    try:
        await api.caller()
    except ConnectionRefusedError:
        return False
    return True
