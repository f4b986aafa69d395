"""Who guesses is slowed down, and learns nothing; who knows is let in meanwhile."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from ipaddress import ip_network

import asyncpg
import pytest
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar

from services.entry.attempt import ASKING, ASKING_FOR_ONE, WRONG_KEY, Allowance, Attempts
from services.entry.auth import COOKIE
from services.entry.credential import new_key
from services.errors import TooManyAttempts
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.services.mailing import Mailing, asked, browsing, slug_of

FEW = Allowance("few", 2, 60, 10, 40)


@pytest.fixture(autouse=True)
def afresh(app: Litestar, house: Database, client: AsyncClient) -> Iterator[None]:
    """What others tried on this machine is forgotten, and so is what was tried here."""

    def forget() -> None:
        ask(house.dsn("admin"), "TRUNCATE directory.attempt, directory.mail_link")
        app.state.attempts.refused.clear()

    forget()
    yield
    forget()


@pytest.fixture
def attempts(app: Litestar) -> Attempts:
    """Those of another process."""
    return Attempts(app.state.attempts.pool, app.state.attempts.clock)


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with browsing(address) as browser:
        yield browser


async def waits(attempts: Attempts, allowance: Allowance, key: bytes) -> int:
    """For how many seconds a try has to wait; 0: it was let through."""
    try:
        await attempts.count(allowance, key)
    except TooManyAttempts as refusal:
        return refusal.retry_after
    return 0


def pass_seconds(house: Database, attempts: Attempts, seconds: int) -> None:
    """As if they had passed since."""
    moved = f"until_at = until_at - interval '{seconds} s', at = at - interval '{seconds} s'"
    ask(house.dsn("admin"), f"UPDATE directory.attempt SET {moved} WHERE kind = 'few'")
    attempts.refused.clear()


async def test_each_wait_is_twice_as_long_as_the_one_before_up_to_the_longest(house: Database, attempts: Attempts) -> None:
    key, found = os.urandom(32), []
    for _ in range(6):
        found.append(await waits(attempts, FEW, key))
        if found[-1]:
            pass_seconds(house, attempts, found[-1])
            assert await waits(attempts, FEW, key) == 0
    assert found == [0, 0, 0, 10, 20, 40]


async def test_a_refused_try_makes_nobody_wait_longer(attempts: Attempts) -> None:
    key = os.urandom(32)
    for _ in range(50):
        last = await waits(attempts, FEW, key)
    assert last <= 10
    assert await waits(attempts, FEW, os.urandom(32)) == 0  # nor anybody else


async def test_what_passed_is_forgotten(house: Database, attempts: Attempts) -> None:
    key = os.urandom(32)
    for _ in range(4):
        await waits(attempts, FEW, key)
    pass_seconds(house, attempts, 600)
    assert [await waits(attempts, FEW, key) for _ in range(3)] == [0, 0, 0]


async def test_processes_count_together(app: Litestar, attempts: Attempts) -> None:
    key = os.urandom(32)
    answers = [await waits(one, FEW, key) for one in (attempts, app.state.attempts) for _ in range(2)]
    assert answers == [0, 0, 0, 10]


async def test_wrong_keys_are_refused_after_some_and_good_ones_never(firm: Firm, browser: AsyncClient) -> None:
    async def tried(key: str) -> Response:
        return await firm.client.get("/v1/me", headers={"Authorization": f"Bearer {key}"})

    answers = [(await tried(new_key())).status_code for _ in range(WRONG_KEY.free + 10)]
    assert answers == [401] * (WRONG_KEY.free + 1) + [429] * 9
    refused = await tried(new_key())
    assert (refused.json()["code"], int(refused.headers["retry-after"]) >= 1) == ("too_many_attempts", True)
    assert (await tried(firm.keys["coach"])).status_code == 200
    form = {"key": new_key()}
    assert (await browser.post("/sign-in", data=form)).status_code == 429
    assert (await browser.get("/plans", headers={"Cookie": f"{COOKIE}={new_key()}"})).status_code == 429
    assert (await browser.post("/sign-in", data={"key": firm.keys["coach"]})).status_code == 303


async def test_a_key_that_once_was_good_is_no_guess(firm: Firm) -> None:
    revoked = await firm.issuer.create(firm.tenant, firm.tenant, "coach")
    await firm.issuer.revoke(firm.tenant, revoked.key_id)
    answers = {
        (await firm.client.get("/v1/me", headers={"Authorization": f"Bearer {revoked.key}"})).status_code for _ in range(WRONG_KEY.free + 5)
    }
    assert answers == {401}


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, by whomever in this process."""
    found: list[str] = []
    execute = asyncpg.Connection._execute

    async def listening(connection: asyncpg.Connection, query: str, *rest: object, **more: object) -> object:
        found.append(query)
        return await execute(connection, query, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(asyncpg.Connection, "_execute", listening)
        yield found


async def test_an_address_that_nobody_has_takes_the_same_steps(
    app: Litestar, firm: Firm, browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one that ended, or has no role, or an organization that there is not: answers and statements are the same."""
    await firm.done("admin", "/v1/people", {"name": "No role", "email": "norole@example.org"})
    await asked(browser, slug_of(firm), "first@example.org")  # fetches the salt of the day
    told, answers = [], []
    for slug, address in (
        (slug_of(firm), "coach@example.org"),
        (slug_of(firm), "nobody@example.org"),
        (slug_of(firm), "norole@example.org"),
        ("no-such-firm", "coach@example.org"),
        ("no such firm!\x00", "coach@example.org"),
        (slug_of(firm), "not an address\x00"),
    ):
        browser.cookies.clear()
        app.state.reads.store.vault.forget(firm.tenant)  # what is remembered would be faster
        with statements(monkeypatch) as found:
            answer = await asked(browser, slug, address)
        told.append([one for one in found if "directory." in one or "es." in one])
        answers.append((answer.status_code, answer.text))
    assert set(map(tuple, told)) == {tuple(told[0])}
    assert len(told[0]) == 5
    assert set(answers) == {answers[0]}


@pytest.mark.parametrize("who", ["coach@example.org", "nobody@example.org"])
async def test_who_asks_too_often_for_one_address_waits_whoever_it_is(firm: Firm, browser: AsyncClient, who: str) -> None:
    answers = [await asked(browser, slug_of(firm), who) for _ in range(ASKING_FOR_ONE.free + 3)]
    assert [answer.status_code for answer in answers] == [200] * (ASKING_FOR_ONE.free + 1) + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= ASKING_FOR_ONE.shortest
    assert (await asked(browser, slug_of(firm), "other@example.org")).status_code == 200


async def test_spraying_over_addresses_is_slow(firm: Firm, browser: AsyncClient) -> None:
    answers = [(await asked(browser, slug_of(firm), f"p{number}@example.org")).status_code for number in range(ASKING.free + 5)]
    assert answers == [200] * (ASKING.free + 1) + [429] * 4


async def test_a_flood_sends_one_mail_and_keeps_nobody_out(
    app: Litestar, house: Database, firm: Firm, browser: AsyncClient, address: str
) -> None:
    """Five mails an hour, one a minute; the owner's link goes on to work, and their own network may ask."""
    mailing = Mailing(app, house)
    path = await mailing.link(browser, firm, "coach")
    async with browsing(address) as attacker:
        assert {(await asked(attacker, slug_of(firm), "coach@example.org")).status_code for _ in range(10)} == {200, 429}
    assert await mailing.work() == 0
    sent = 0
    for _ in range(10):
        ask(house.dsn("admin"), "UPDATE directory.mail_link SET taken_at = taken_at - interval '61 s'")
        ask(house.dsn("admin"), "TRUNCATE directory.attempt")
        app.state.attempts.refused.clear()
        await asked(browser, slug_of(firm), "coach@example.org")
        sent += await mailing.work()
    assert sent == 4
    assert (await browser.get(path)).status_code == 200


async def test_no_other_network_uses_up_the_mails_of_an_address(app: Litestar, house: Database, firm: Firm, browser: AsyncClient) -> None:
    """However long it goes on, and although it asks last."""
    mailing, sent = Mailing(app, house), 0
    away = ASGITransport(app, client=("192.0.2.7", 1))
    async with AsyncClient(transport=away, base_url="http://away.test", headers={"Origin": "http://away.test"}) as attacker:
        for _ in range(10):
            ask(house.dsn("admin"), "UPDATE directory.mail_link SET taken_at = taken_at - interval '61 s'")
            ask(house.dsn("admin"), "TRUNCATE directory.attempt")
            app.state.attempts.refused.clear()
            await asked(attacker, slug_of(firm), "coach@example.org")
            sent += await mailing.work()
        assert sent == 5
        ask(house.dsn("admin"), "UPDATE directory.mail_link SET taken_at = taken_at - interval '61 s'")
        await asked(browser, slug_of(firm), "coach@example.org")
        assert (await asked(attacker, slug_of(firm), "coach@example.org")).status_code == 200
    assert await mailing.work() == 1
    assert (await browser.get(mailing.path)).status_code == 200


@pytest.mark.parametrize(
    ("peer", "header", "seen"),
    [
        ("192.0.2.7", "203.0.113.9", "192.0.2.7/32"),
        ("10.0.0.5", "203.0.113.9", "203.0.113.9/32"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9", "203.0.113.9/32"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9, 10.0.0.6", "203.0.113.9/32"),
        ("10.0.0.5", "nonsense", "10.0.0.5/32"),
        ("10.0.0.5", "198.51.100.1, nonsense", "10.0.0.5/32"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9:52110", "203.0.113.9/32"),
        ("10.0.0.5", "198.51.100.1, [2001:db8:1:2::7]:52110", "2001:db8:1:2::/64"),
        ("10.0.0.5", None, "10.0.0.5/32"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", None, "192.0.2.7/32"),
        ("unix", None, "::/128"),
    ],
)
async def test_a_network_is_what_our_own_proxies_say(
    app: Litestar, monkeypatch: pytest.MonkeyPatch, peer: str, header: str | None, seen: str
) -> None:
    found: list[bytes] = []

    async def count(allowance: Allowance, key: bytes) -> None:
        found.append(key)

    attempts: Attempts = app.state.attempts
    monkeypatch.setattr(attempts, "proxies", (ip_network("10.0.0.0/24"),))
    monkeypatch.setattr(attempts, "count", count)
    headers = {"Authorization": f"Bearer {new_key()}"} | ({"X-Forwarded-For": header} if header else {})
    async with AsyncClient(transport=ASGITransport(app, client=(peer, 1)), base_url="http://test") as one:
        assert (await one.get("/v1/me", headers=headers)).status_code == 401
    assert found == [await attempts.hashed(ip_network(seen))]
