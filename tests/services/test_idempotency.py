"""One Idempotency-Key, one effect and one answer: over two processes, after a lost answer, and for a batch that broke off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from httpx import ASGITransport, AsyncClient, Response
from msgspec.structs import replace

from infra.settings import Settings
from services.wiring import create_app
from tests.database import Database, ask
from tests.infra.proxy import Proxy
from tests.services.firm import Firm
from tests.services.test_bulk import PATH, grant, person

HOSTILE = (b"", b"a b", b"a\tb", "ключ".encode(), b"\xff", b"x" * 256)


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[AsyncClient]:
    """A process of its own on the same database."""
    app = create_app(settings)
    async with app.lifespan(), AsyncClient(transport=ASGITransport(app), base_url="http://throughline.test") as client:
        yield client


@asynccontextmanager
async def two(settings: Settings) -> AsyncIterator[tuple[AsyncClient, AsyncClient]]:
    async with process(settings) as one, process(settings) as other:
        yield one, other


def headers(firm: Firm, key: str, who: str = "admin") -> dict[str, str]:
    return {"Authorization": f"Bearer {firm.keys[who]}", "Idempotency-Key": key}


def events(house: Database, firm: Firm) -> int:
    return int(ask(house.dsn("admin"), f"SELECT count(*) FROM es.event WHERE tenant_id = '{firm.tenant}'")[0][0])


def one_answer(answers: list[Response]) -> None:
    """All of them say the same, and all but one that they repeat it."""
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1, [answer.text for answer in answers]
    assert [answer.headers.get("idempotency-replayed") for answer in answers].count("true") == len(answers) - 1


async def test_eight_at_once_in_two_processes_have_one_effect(firm: Firm, settings: Settings, house: Database) -> None:
    before, key = events(house, firm), "!" + "~" * 254
    body: dict[str, Any] = {"name": "Cy", "email": "cy@example.org"}
    async with two(settings) as processes:
        sending = (processes[n % 2].post("/v1/people", json=body, headers=headers(firm, key)) for n in range(8))
        answers = await asyncio.gather(*sending)
    assert answers[0].status_code == 201
    one_answer(answers)
    assert events(house, firm) == before + 1


@pytest.mark.parametrize("mode", ["each", "all"])
async def test_eight_batches_at_once_in_two_processes_have_one_effect(firm: Firm, settings: Settings, house: Database, mode: str) -> None:
    before, key = events(house, firm), uuid4().hex
    items = [person(f"P{number}", label=f"p{number}") for number in range(55)]
    body = {"items": [*items, grant({"made_by": "p0"}, "coach")], "mode": mode}
    async with two(settings) as processes:
        answers = await asyncio.gather(*(processes[n % 2].post(PATH, json=body, headers=headers(firm, key)) for n in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["done"] == 56
    assert events(house, firm) == before + 56


def long_batch() -> dict[str, Any]:
    """Of two appends, the second of which grants roles."""
    people = [person(f"R{number}", label=f"r{number}") for number in range(51)]
    return {"items": [*people, grant({"made_by": "r7"}, "coach"), grant({"made_by": "r50"}, "coach")]}


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_batch_whose_connection_broke_in_the_middle_goes_on(firm: Firm, settings: Settings, house: Database, arrived: bool) -> None:
    """The second append is lost on its way, or its answer: either way nothing is done twice, and all of it in the end."""
    before, key = events(house, firm), uuid4().hex
    async with Proxy(house.dsn("app")) as proxy, process(replace(settings, database_url=proxy.url())) as frail:
        proxy.cut(b"person.membership_granted", answer=arrived)
        answer = await frail.post(PATH, json=long_batch(), headers=headers(firm, key))
    assert (proxy.cuts, answer.status_code, answer.json()["done"]) == (1, 200, 53)
    again = await firm.client.post(PATH, json=long_batch(), headers=headers(firm, key))
    assert (again.text, again.headers["idempotency-replayed"]) == (answer.text, "true")
    assert events(house, firm) == before + 53


async def test_a_batch_that_broke_off_goes_on_where_it_did(firm: Firm, settings: Settings, house: Database) -> None:
    """The database is gone from the second append on: what was done is told, and the rest is done when it is asked for again."""
    before, key = events(house, firm), uuid4().hex
    async with Proxy(house.dsn("app")) as proxy, process(replace(settings, database_url=proxy.url(), statement_seconds=2)) as frail:
        proxy.cut(b"person.membership_granted", answer=False, by=lambda wire: proxy.swallow())
        broken = (await frail.post(PATH, json=long_batch(), headers=headers(firm, key))).json()
    assert ([item["status"] for item in broken["items"]], broken["postponed"]) == ([201] * 50 + [503] * 3, 3)
    assert events(house, firm) == before + 50
    whole = await firm.client.post(PATH, json=long_batch(), headers=headers(firm, key))
    assert (whole.json()["done"], "idempotency-replayed" in whole.headers) == (53, False)
    assert whole.json()["items"][:50] == broken["items"][:50]
    assert whole.json()["items"][51]["done"]["id"] == broken["items"][7]["done"]["id"]
    assert events(house, firm) == before + 53
    assert (await firm.client.post(PATH, json=long_batch(), headers=headers(firm, key))).text == whole.text


async def test_a_key_is_anothers_in_another_organization_and_with_another_credential(firm: Firm, house: Database) -> None:
    other = Firm(firm.client, firm.runner, firm.commands, firm.issuer)
    await other.open()
    key, body = uuid4().hex, {"items": [person("Al", label="al"), grant({"made_by": "al"}, "coach")]}
    answers = [await one.client.post(PATH, json=body, headers=headers(one, key)) for one in (firm, other)]
    assert [answer.json()["done"] for answer in answers] == [2, 2]
    assert "idempotency-replayed" not in answers[1].headers
    theirs = await firm.client.post(PATH, json=body, headers=headers(firm, key, "integration"))
    assert [item["status"] for item in theirs.json()["items"]] == [409, 422]


@pytest.mark.parametrize("path", ["/v1/people", PATH])
@pytest.mark.parametrize("key", HOSTILE)
async def test_a_key_that_is_none_is_refused(firm: Firm, path: str, key: bytes) -> None:
    sent = {"Authorization": f"Bearer {firm.keys['admin']}".encode(), "Idempotency-Key": key}
    answer = await firm.client.post(path, json=person("Bo")["body"] if path != PATH else {"items": [person("Bo")]}, headers=sent)
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/header/Idempotency-Key"]
