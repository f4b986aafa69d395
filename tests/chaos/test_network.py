"""The network between the processes and the database fails in every way: each request ends, and all goes on without a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from httpx import Response

from infra.keys import FileKeyProvider
from tests.chaos.fleet import Fleet, sailing
from tests.database import Database, ask
from tests.infra.proxy import Wire
from tests.waiting import soon

LONGEST_SECONDS = 10  # that anybody waits for an answer, also for the one that the database does not answer
Fate = Callable[[Wire], None]
MADE = "SELECT count(*) FROM es.event WHERE type = 'report.report_generated'"


@pytest.fixture(scope="module")
async def sailed(make_database: Callable[[], Database], provider: FileKeyProvider, folder: Path) -> AsyncIterator[Fleet]:
    async with sailing(make_database(), provider, folder / "fleet", THROUGHLINE_STATEMENT_SECONDS="2") as fleet:
        yield fleet


@pytest.fixture
async def as_delivered(make_database: Callable[[], Database], provider: FileKeyProvider, home: Path) -> AsyncIterator[Fleet]:
    """One whose limits are those that nobody set."""
    async with sailing(make_database(), provider, home) as fleet:
        yield fleet


@pytest.fixture
def fleet(sailed: Fleet) -> Iterator[Fleet]:
    """Whose network is whole at the beginning of each test."""
    yield sailed
    sailed.proxy.mend()
    sailed.proxy.each(Wire.reset)


class Sent(NamedTuple):
    """A person who is to be registered, under a key."""

    fleet: Fleet
    name: str

    async def send(self) -> tuple[Response, float]:
        """The answer, and after how many seconds."""
        began = time.monotonic()
        body = {"name": self.name, "email": f"{self.name}@example.org"}
        answer = await self.fleet.firm.post("admin", "/v1/people", body, Idempotency_Key=self.name)
        return answer, time.monotonic() - began

    async def settle(self) -> Response:
        """With the same key, until it is done."""
        while (answer := (await self.send())[0]).status_code == 503:
            assert "retry-after" in answer.headers
        assert answer.status_code == 201, answer.text
        return answer


def people(fleet: Fleet, number: int) -> list[Sent]:
    return [Sent(fleet, uuid4().hex) for _ in range(number)]


def registered(fleet: Fleet) -> int:
    return int(ask(fleet.database.dsn("admin"), "SELECT count(*) FROM es.event WHERE type = 'person.person_registered'")[0][0])


async def require_recovery(fleet: Fleet, sent: Sequence[Sent], before: int) -> None:
    """Every command has one effect, rows follow, jobs are done, and nobody was restarted."""
    answers = await asyncio.gather(*(one.settle() for one in sent))
    assert len({answer.json()["id"] for answer in answers}) == len(sent)
    assert registered(fleet) == before + len(sent)
    made = ask(fleet.database.dsn("admin"), MADE)
    wanted = {"template": "client_progress", "subject_id": fleet.firm.ids["engagement"], "format": "json"}
    report = await fleet.firm.done("coach", "/v1/reports", wanted | {"recipients": [fleet.firm.ids["coach"]]})
    await soon(lambda: ask(fleet.database.dsn("admin"), MADE) > made)
    path, position = f"/v1/reports/{report['id']}", str(report["position"])
    while (seen := await fleet.firm.get("coach", path, Throughline_Min_Position=position)).status_code == 503:
        continue
    assert seen.status_code == 200, seen.text
    assert fleet.ended() == []


async def test_a_network_that_loses_everything_keeps_nobody_waiting(fleet: Fleet) -> None:
    await lose_everything(fleet)


@pytest.mark.soak
async def test_nor_with_the_limits_that_are_delivered(as_delivered: Fleet) -> None:
    await lose_everything(as_delivered)


async def lose_everything(fleet: Fleet) -> None:
    """Each request is answered in time. As soon as new connections lead somewhere, all are done: no old one is tried."""
    await asyncio.gather(*(one.settle() for one in people(fleet, 20)))  # so that the pool is full of connections
    before, sent = registered(fleet), people(fleet, 6)
    fleet.proxy.swallow()
    reads = [fleet.firm.get("coach", "/v1/engagements"), fleet.firm.get(None, "/health/ready")]
    answers = await asyncio.gather(*(one.send() for one in sent), *map(timed, reads))
    assert [(answer.status_code, answer.headers.get("retry-after")) for answer, _ in answers] == [(503, "5")] * len(answers)
    assert max(seconds for _, seconds in answers) < LONGEST_SECONDS
    assert (await fleet.firm.get(None, "/health/live")).status_code == 200
    fleet.proxy.mend()
    answers = await asyncio.gather(*(one.send() for one in (*sent, *people(fleet, 20))))
    assert {answer.status_code for answer, _ in answers} == {201}
    await require_recovery(fleet, sent, before + 20)


async def timed(reading: Awaitable[Response]) -> tuple[Response, float]:
    began = time.monotonic()
    return await reading, time.monotonic() - began


BREAKS = [
    *((fate, answer) for fate in (Wire.reset, Wire.half_close) for answer in (True, False)),
    *((Wire.lose, True), pytest.param(Wire.lose, False, marks=pytest.mark.soak)),  # seconds each
]


@pytest.mark.parametrize(("fate", "answer"), BREAKS)
async def test_what_breaks_in_the_middle_of_an_append_is_settled_by_its_key(fleet: Fleet, fate: Fate, answer: bool) -> None:
    before, (one,) = registered(fleet), people(fleet, 1)
    fleet.proxy.cut(b"person.person_registered", answer=answer, by=fate)
    _, seconds = await one.send()
    assert seconds < LONGEST_SECONDS
    assert (await one.settle()).json()["version"] == 1
    assert registered(fleet) == before + 1


async def test_connections_that_are_reset_are_replaced(fleet: Fleet) -> None:
    before, sent = registered(fleet), people(fleet, 30)
    sending = [asyncio.create_task(one.send()) for one in sent]
    while not all(task.done() for task in sending):
        fleet.proxy.each(Wire.reset)
        await asyncio.wait(sending, timeout=0.1)
    assert {task.result()[0].status_code for task in sending} <= {201, 503}
    await require_recovery(fleet, sent, before)


async def test_a_slow_network_is_only_slow(fleet: Fleet) -> None:
    before, sent = registered(fleet), people(fleet, 4)
    fleet.proxy.latency = 0.05
    answers = await asyncio.gather(*(one.send() for one in sent))
    fleet.proxy.mend()
    assert [answer.status_code for answer, _ in answers] == [201] * len(sent)
    await require_recovery(fleet, sent, before)


@pytest.mark.soak
async def test_a_network_of_one_byte_a_second_keeps_nobody_waiting(as_delivered: Fleet) -> None:
    fleet = as_delivered
    before, sent = registered(fleet), people(fleet, 4)
    fleet.proxy.rate = 1
    answers = await asyncio.gather(*(one.send() for one in sent))
    assert {answer.status_code for answer, _ in answers} == {503}
    assert max(seconds for _, seconds in answers) < LONGEST_SECONDS
    fleet.proxy.mend()
    await require_recovery(fleet, sent, before)


async def test_a_database_that_takes_no_changes_is_read(fleet: Fleet) -> None:
    """What has to be noted before it is shown cannot be, so it is not shown."""
    before, sent = registered(fleet), people(fleet, 2)
    engagement, name = f"/v1/engagements/{fleet.firm.ids['engagement']}", fleet.database.name
    await fleet.firm.seen("coach", engagement)
    ask(fleet.database.dsn("admin"), f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    fleet.proxy.each(Wire.reset)
    try:
        for refused in ((await sent[0].send())[0], await fleet.firm.get("auditor", engagement)):
            assert (refused.status_code, refused.headers.get("retry-after")) == (503, "10"), refused.text
            assert refused.json()["code"] == "database_read_only"
        assert (await fleet.firm.get("coach", engagement)).status_code == 200
        assert (await fleet.firm.get(None, "/health/ready")).status_code == 200
    finally:
        ask(fleet.database.cluster.dsn(), f"ALTER DATABASE {name} RESET default_transaction_read_only")
        fleet.proxy.each(Wire.reset)
    await require_recovery(fleet, sent, before)
