"""Requests are counted for a person and for an organization, over all processes: never more, rarely fewer, and told with each answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID, uuid4

import pytest
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar
from msgspec.structs import replace

from infra.postgres import Pool, pool
from infra.settings import Settings
from services.actor import Actor
from services.entry import limit
from services.entry.auth import COOKIE
from services.entry.limit import WINDOW_SECONDS, Left, Limits
from services.sign_in.life import SignIns
from services.wiring import create_app
from tests.database import Database, ask
from tests.infra.proxy import Proxy
from tests.services.firm import Firm
from tests.services.keyring import made

ROOM = 20
"""Seconds of a minute that a test needs to be over in."""
MINUTE_LEFT = "SELECT 60 - mod(extract(epoch FROM clock_timestamp())::numeric, 60)"


@pytest.fixture
async def connections(house: Database) -> AsyncIterator[Pool]:
    connections = await pool(house.dsn("app"), size=4)
    yield connections
    await connections.close()


@pytest.fixture(autouse=True)
async def roomy(connections: Pool) -> None:
    """Waits for the next minute where this one has too little left."""
    while await connections.fetchval(MINUTE_LEFT) < ROOM:
        await connections.execute("SELECT pg_sleep(1)")


def somebody() -> Actor:
    return Actor(uuid4(), uuid4(), "admin", uuid4())


def told(answer: Response) -> tuple[int, int, int]:
    """The quota, what is left, and the seconds."""
    policy = re.fullmatch(r'"default";q=(\d+);w=60', answer.headers["ratelimit-policy"])
    left = re.fullmatch(r'"default";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
    assert policy is not None
    assert left is not None
    return int(policy[1]), int(left[1]), int(left[2])


@asynccontextmanager
async def running(house: Database, settings: Settings, of_person: int, of_organization: int) -> AsyncIterator[AsyncClient]:
    """A process of its own with these limits; what the tests' other server has taken for its own, larger ones is forgotten."""
    ask(house.dsn("admin"), "DELETE FROM directory.request_count")
    app: Litestar = create_app(replace(settings, requests_per_minute=of_person, organization_requests_per_minute=of_organization))
    async with app.lifespan(), AsyncClient(transport=ASGITransport(app), base_url="http://throughline.test") as client:
        yield client


async def test_two_processes_together_let_through_as_many_as_there_are(firm: Firm, settings: Settings, house: Database) -> None:
    """In turns, as behind a proxy: all of them, or less than two leases fewer; then 429 from both until the minute ends."""
    headers = {"Authorization": f"Bearer {firm.keys['coach']}"}
    async with running(house, settings, 60, 1000) as one, running(house, settings, 60, 1000) as other:  # no request comes between the two
        answers = [await client.get("/v1/me", headers=headers) for _ in range(40) for client in (one, other)]
    let_through = [answer for answer in answers if answer.status_code == 200]
    assert 54 <= len(let_through) <= 60
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {(answer.status_code, answer.json()["code"], told(answer)[1]) for answer in refused} == {(429, "too_many_requests", 0)}
    for answer in refused:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == str(told(answer)[2])
        assert 1 <= told(answer)[2] <= WINDOW_SECONDS
    assert {told(answer)[0] for answer in answers} == {60}
    for process in (answers[::2], answers[1::2]):
        left = [told(answer)[1] for answer in process]
        assert left == sorted(left, reverse=True)


async def test_what_a_process_says_is_left_is_left(firm: Firm, settings: Settings, house: Database) -> None:
    headers = {"Authorization": f"Bearer {firm.keys['coach']}"}
    async with running(house, settings, 30, 1000) as client:
        answers = await asyncio.gather(*(client.get("/v1/me", headers=headers) for _ in range(32)))
    assert sorted(told(answer)[1] for answer in answers) == [0, 0, *range(30)]
    assert [answer.status_code for answer in answers].count(429) == 2


async def test_every_answer_to_somebody_known_says_it_and_no_other(firm: Firm, settings: Settings, house: Database) -> None:
    headers = {"Authorization": f"Bearer {firm.keys['coach']}"}
    async with running(house, settings, 50, 1000) as client:
        for method, path in (
            ("GET", "/v1/me"),
            ("GET", f"/v1/people/{uuid4()}"),
            ("GET", "/v1/people"),
            ("POST", "/v1/plans"),
            ("GET", "/"),
        ):
            assert told(await client.request(method, path, headers=headers))[0] == 50
        for path in ("/health/live", "/health/ready", "/problems/not_found", "/sign-in", "/v1/me", "/nowhere"):
            assert "ratelimit" not in (await client.get(path)).headers
        assert "ratelimit" not in (await client.get("/v1/me", headers={"Authorization": "Bearer tl_wrong"})).headers


async def test_an_organization_has_a_limit_of_its_own_and_no_other_feels_it(firm: Firm, settings: Settings, house: Database) -> None:
    ask(house.dsn("admin"), f"UPDATE directory.organization SET requests_per_minute = 10 WHERE tenant_id = '{firm.tenant}'")
    stranger = Firm(firm.client, firm.runner, firm.commands, firm.issuer)
    await stranger.open()
    async with running(house, settings, 1000, 1000) as client:
        people = ("coach", "client", "sponsor")
        answers = [await client.get("/v1/me", headers={"Authorization": f"Bearer {firm.keys[who]}"}) for _ in range(4) for who in people]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
        assert (await client.get("/v1/me", headers={"Authorization": f"Bearer {stranger.keys['coach']}"})).status_code == 200


async def test_a_form_of_a_page_counts_like_a_request(firm: Firm, settings: Settings, house: Database) -> None:
    plan = uuid4()
    forms = ("/keys", f"/keys/{plan}/revoke", "/sign-ins/revoke-others", f"/people/{plan}", "/reports", f"/plans/{plan}/compare")
    async with running(house, settings, 50, 1000) as client:
        client.headers["Origin"] = "http://throughline.test"
        await client.post("/sign-in", data={"key": firm.keys["coach"]})
        lefts = [told(await client.post(path))[1] for path in forms]
    assert lefts == [*range(49, 49 - len(forms), -1)]


async def test_nobody_has_more_by_more_keys(firm: Firm, settings: Settings, house: Database) -> None:
    """Nor uses up what the others have."""
    keys = [(await made(firm, "coach", f"key {number}"))["key"] for number in range(5)]
    session = str((await SignIns(firm.issuer).sign_in(keys[0], secure=True)).value)
    async with running(house, settings, 12, 40) as client:
        by_key = [await client.get("/v1/me", headers={"Authorization": f"Bearer {key}"}) for key in keys for _ in range(3)]
        by_page = await client.get("/v1/me", headers={"Cookie": f"{COOKIE}={session}"})
        assert [answer.status_code for answer in (*by_key, by_page)] == [200] * 12 + [429] * 4
        assert (await client.get("/v1/me", headers={"Authorization": f"Bearer {firm.keys['admin']}"})).status_code == 200


async def test_a_batch_counts_for_what_it_does(firm: Firm, settings: Settings, house: Database) -> None:
    headers = {"Authorization": f"Bearer {firm.keys['admin']}"}
    item = {"command": "grant_membership", "target": str(uuid4()), "body": {"role": "coach"}}
    async with running(house, settings, 30, 1000) as client:
        lefts = [told(await client.post("/v1/batches", headers=headers, json={"items": [item] * size}))[1] for size in (1, 10, 11, 200)]
        refused = await client.post("/v1/batches", headers=headers, json={"items": [item] * 200})
    assert lefts == [29, 28, 26, 6]
    assert refused.status_code == 429


async def test_racing_processes_never_let_through_more(connections: Pool) -> None:
    actor, processes = somebody(), [Limits(connections, 100, 90) for _ in range(4)]
    lefts = await asyncio.gather(*(processes[number % 4].count(actor) for number in range(400)))
    assert sum(left is not None and not left.is_spent for left in lefts) <= 90
    assert sum([not (await process.count(actor) or Left(0, 0, 0)).is_spent for process in processes]) == 0


async def test_most_requests_ask_nobody(connections: Pool) -> None:
    limits, actor, asked = Limits(connections, 600, 3000), somebody(), 0
    take = limits.take

    async def counting(holders: list[UUID], most: list[int], cost: int) -> None:
        nonlocal asked
        asked += 1
        await take(holders, most, cost)

    limits.take = counting  # type: ignore[method-assign, assignment]
    for _ in range(600):
        left = await limits.count(actor)
        assert left is not None
        assert not left.is_spent
    assert asked < 90


async def test_a_new_minute_begins_anew(connections: Pool) -> None:
    now = [0.0]
    limits, actor = Limits(connections, 1, 0, lambda: now[0]), somebody()
    first, second = await limits.count(actor), await limits.count(actor)
    assert first is not None
    assert second is not None
    assert (first.is_spent, second.is_spent) == (False, True)
    now[0] = float(second.seconds)
    await connections.execute("SELECT 1")
    again = await limits.count(actor)  # the process believes that the minute is over, and asks: it is not
    assert again is not None
    assert again.is_spent


async def test_without_a_limit_nothing_is_counted(connections: Pool) -> None:
    limits = Limits(connections, 0, 0)
    assert await limits.count(somebody()) is None
    assert limits.leases == {}


@contextmanager
def small(monkeypatch: pytest.MonkeyPatch, kept: int) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(limit, "KEPT", kept)
        yield


async def test_a_process_remembers_only_so_many(connections: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    with small(monkeypatch, 10):
        limits = Limits(connections, 10, 0)
        for _ in range(30):
            await limits.count(somebody())
        assert len(limits.leases) == 10


async def test_who_cannot_be_counted_is_let_through_and_counted_here(house: Database) -> None:
    async with Proxy(house.dsn("app")) as gone:
        url = gone.url()
    connections = await pool(url)
    limits, actor = Limits(connections, 3, 0), somebody()
    lefts = [await limits.count(actor) for _ in range(4)]
    assert [left is not None and left.is_spent for left in lefts] == [False, False, False, True]
    await connections.close()


async def test_counts_are_forgotten_a_day_later(house: Database, connections: Pool) -> None:
    actor = somebody()
    await Limits(connections, 5, 5).count(actor)
    kept = f"SELECT count(*) FROM directory.request_count WHERE holder IN ('{actor.tenant}', '{actor.person_id}')"
    assert ask(house.dsn("admin"), kept) == [(2,)]
    ask(
        house.dsn("admin"),
        f"UPDATE directory.request_count SET ends_at = ends_at - interval '25 hours' WHERE holder = '{actor.person_id}'",
    )
    ask(house.dsn("worker"), "SELECT directory.forget_request_counts()")
    assert ask(house.dsn("admin"), kept) == [(1,)]
