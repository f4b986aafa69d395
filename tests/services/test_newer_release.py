"""Two releases on one log: what the older does with an event of the newer, and reading while a newer generation is filled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from httpx import ASGITransport, AsyncClient
from msgspec.structs import replace

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.members import MEMBERS
from projections.rebuild import ensure
from projections.runner import Runner
from services.wiring import create_app
from tests.database import Database, ask
from tests.projections.rebuilding import newer
from tests.services.firm import Firm

NEWER = newer(MEMBERS, MEMBERS.version + 1)
EARLIER = 100  # people, so that filling takes a while
STATES = "SELECT generation, state FROM es.projection WHERE projection = 'members' ORDER BY 1"


@asynccontextmanager
async def alone(database: Database, settings: Settings, provider: FileKeyProvider) -> AsyncIterator[Firm]:
    """In a house of its own: a generation is filled with every organization that there is."""
    app = create_app(replace(settings, database_url=database.dsn("app")))
    async with (
        app.lifespan(),
        AsyncClient(transport=ASGITransport(app), base_url="http://throughline.test") as client,
        await pool(database.dsn("projector"), size=2) as connections,
    ):
        runner = Runner(connections, Opener(Vault(provider)), patience=0.0)
        firm = Firm(client, runner, app.state.commands, app.state.api_keys)
        await firm.open()
        yield firm


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
    database: Database, settings: Settings, provider: FileKeyProvider
) -> None:
    """Four readers and a writer without a pause: no answer but 200, and nobody sees an earlier state than before."""
    async with alone(database, settings, provider) as firm, await pool(database.dsn("projector"), size=2) as connections:
        await writing(firm, asyncio.Event(), range(EARLIER))
        await firm.runner.catch_up()
        ended, answers = asyncio.Event(), list[int]()
        async with asyncio.TaskGroup() as crowd:
            crowd.create_task(firm.runner.run())
            for _ in range(4):
                crowd.create_task(reading(firm, ended, answers))
            crowd.create_task(writing(firm, ended, range(EARLIER, 2 * EARLIER)))
            await filled(database, Runner(connections, firm.runner.opener, [NEWER], page=5, patience=0.0))
            for _ in range(20):
                await reading_once(firm, answers)
            ended.set()
            firm.runner.stop()
    assert ask(database.dsn("admin"), STATES) == [(MEMBERS.version, "retired"), (NEWER.version, "live")]


async def filled(database: Database, runner: Runner) -> None:
    """Begins the newer generation and follows until it is read from."""
    owner = await asyncpg.connect(database.dsn("admin"))
    try:
        await ensure(owner, [NEWER])
    finally:
        await owner.close()
    assert ask(database.dsn("admin"), STATES) == [(MEMBERS.version, "live"), (NEWER.version, "building")]
    while ask(database.dsn("admin"), STATES)[-1][1] == "building":
        await runner.round()


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


async def writing(firm: Firm, ended: asyncio.Event, numbers: Iterable[int]) -> None:
    for number in numbers:
        if ended.is_set():
            return
        await firm.done("admin", "/v1/people", {"name": f"Person {number}", "email": f"person{number}@aurora.example"})
