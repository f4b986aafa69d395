"""Two releases on one log: what the older does with an event of the newer, and reading while a newer generation is filled."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg

from infra.postgres import pool
from projections.members import MEMBERS
from projections.rebuild import ensure
from projections.runner import Runner
from tests.database import Database, ask
from tests.projections.rebuilding import newer
from tests.services.firm import Firm

NEWER = newer(MEMBERS, MEMBERS.version + 1)
STATES = "SELECT generation, state FROM es.projection WHERE projection = 'members' ORDER BY 1"


async def test_an_event_of_a_newer_release_stops_its_aggregate_and_no_read_model(firm: Firm, house: Database) -> None:
    """The plan cannot be decided on, so it is refused with the cure; what is read without it goes on."""
    await firm.engage()
    plan = await firm.plan("Speak up")
    last = f"stream_id = '{plan}' AND version = (SELECT max(version) FROM es.event WHERE stream_id = '{plan}')"
    ((tenant, position),) = ask(
        house.dsn("admin"), f"UPDATE es.event SET type = 'plan.from_the_future' WHERE {last} RETURNING tenant_id, position"
    )
    refused = await firm.post("client", f"/v1/plans/{plan}/define-objective", {"title": "Read more", "target": "3"})
    assert (refused.status_code, refused.json()["code"]) == (503, "newer_release"), refused.text
    assert int(refused.headers["Retry-After"]) > 0
    registered = await firm.done("admin", "/v1/people", {"name": "Noor Haddad", "email": "noor@aurora.example"})
    await firm.runner.catch_up()
    seen = await firm.get("admin", "/v1/people", Throughline_Min_Position=str(registered["position"]))
    assert seen.status_code == 200
    stands = f"SELECT min(position), max(unknown) FROM es.checkpoint WHERE tenant_id = '{tenant}'"
    assert ask(house.dsn("admin"), f"{stands} AND projection = 'members'") == [(registered["position"], 1)]
    assert registered["position"] > position


async def test_readers_and_writers_notice_nothing_while_a_newer_generation_is_filled_and_the_older_release_can_come_back(
    firm: Firm, house: Database
) -> None:
    """Four readers and a writer without a pause: no answer but 200, and nobody sees an earlier state than before."""
    await firm.runner.catch_up()
    ended, answers = asyncio.Event(), list[int]()
    running = asyncio.create_task(firm.runner.run())
    crowd = [asyncio.create_task(reading(firm, ended, answers)) for _ in range(4)]
    crowd.append(asyncio.create_task(writing(firm, ended)))
    owner = await asyncpg.connect(house.dsn("admin"))
    connections = await pool(house.dsn("projector"), size=2)
    try:
        await ensure(owner, [NEWER])
        assert ask(house.dsn("admin"), STATES) == [(MEMBERS.version, "live"), (NEWER.version, "building")]
        runner = Runner(connections, firm.runner.opener, [NEWER], page=20, patience=0.0)
        while ask(house.dsn("admin"), STATES)[-1][1] == "building":
            await runner.round()
        for _ in range(20):
            await reading_once(firm, answers)
        assert ask(house.dsn("admin"), STATES) == [(MEMBERS.version, "retired"), (NEWER.version, "live")]
    finally:
        ended.set()
        firm.runner.stop()
        ends = await asyncio.gather(*crowd, running, return_exceptions=True)
        firm.runner.stopping = False  # also when somebody failed: the tests that follow have the same one
        ask(house.dsn("admin"), f"DELETE FROM es.projection WHERE projection = 'members' AND generation = {NEWER.version}")
        ask(house.dsn("admin"), "UPDATE es.projection SET state = 'live' WHERE projection = 'members'")
        await connections.close()
        await owner.close()
    assert [end for end in ends if end is not None] == []


async def reading(firm: Firm, ended: asyncio.Event, answers: list[int]) -> None:
    """Never fewer people than anybody saw before they asked."""
    while not ended.is_set():
        await reading_once(firm, answers)


async def reading_once(firm: Firm, answers: list[int]) -> None:
    before = max(answers, default=0)
    answer = await firm.get("admin", "/v1/people?limit=200")
    assert answer.status_code == 200, answer.text
    people: list[Any] = answer.json()["items"]
    assert len(people) >= before
    answers.append(len(people))


async def writing(firm: Firm, ended: asyncio.Event) -> None:
    for number in range(150):
        if ended.is_set():
            return
        await firm.done("admin", "/v1/people", {"name": f"Person {number}", "email": f"person{number}@aurora.example"})
