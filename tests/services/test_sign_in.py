"""Signing in by a mailed link: who gets in, in which browser, once, and with what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar import Litestar

from services.entry.auth import COOKIE
from services.mail_link.browser import BROWSER
from services.mail_link.link import new_secret
from services.pages.sign_in import ORGANIZATION
from tests.database import Database, ask
from tests.services.firm import Firm, today
from tests.services.mailing import Mailing, asked, browsing, slug_of
from tests.services.markup import Markup
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
async def browser(address: str, house: Database) -> AsyncIterator[AsyncClient]:
    """What others tried before on this machine is forgotten."""
    ask(house.dsn("admin"), "TRUNCATE directory.attempt, directory.mail_link")
    async with browsing(address) as browser:
        yield browser


@pytest.fixture
async def mailing(app: Litestar, house: Database, firm: Firm) -> Mailing:
    app.state.attempts.refused.clear()
    await firm.runner.catch_up()
    return Mailing(app, house)


def role_of(text: str) -> str:
    """What a page says above everything of who reads it."""
    return text.partition(' class="role"')[2].partition(">")[2].partition("<")[0]


async def test_an_address_and_a_button_sign_a_person_in(firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    path = await mailing.link(browser, firm, "coach", leads="/plans")
    (mail,) = mailing.mails
    assert (mail.to, mail.to_name, mail.from_name) == ("coach@example.org", "Person coach", "Northlight")
    assert mailing.path in mail.html
    assert "Sign in to Northlight as Person coach" in Markup((await browser.get(path)).text).words
    used = await browser.post(path, data={"role": "coach"})
    assert (used.status_code, used.headers["location"]) == (303, "/plans")
    cookies = {cookie.split("=")[0]: cookie.lower() for cookie in used.headers.get_list("set-cookie")}
    assert {"httponly", "samesite=strict"} <= set(cookies[COOKIE].split("; "))
    assert "max-age=0" in cookies[BROWSER]
    shown = await browser.get("/plans")
    assert (shown.status_code, "Person coach" in shown.text) == (200, True)


async def test_looking_at_a_link_uses_nothing_up(firm: Firm, browser: AsyncClient, mailing: Mailing, address: str) -> None:
    path = await mailing.link(browser, firm, "coach")
    async with browsing(address) as scanner:
        for one in (scanner, browser, scanner, browser):
            assert "set-cookie" not in (await one.get(path)).headers
    assert (await browser.post(path, data={"role": "coach"})).status_code == 303


async def test_it_works_in_the_browser_that_asked_and_in_no_other(firm: Firm, browser: AsyncClient, mailing: Mailing, address: str) -> None:
    path = await mailing.link(browser, firm, "coach")
    async with browsing(address) as other:
        for cookie in ("", new_secret(), "x", "' OR ''='"):
            other.cookies.set(BROWSER, cookie)
            for answer in (await other.get(path), await other.post(path, data={"role": "coach"})):
                assert answer.status_code == 403
                assert "Open the link where you asked for it" in answer.text
                assert "Person coach" not in answer.text
                assert COOKIE not in other.cookies
    assert (await browser.post(path, data={"role": "coach"})).status_code == 303


async def test_it_works_once(firm: Firm, browser: AsyncClient, mailing: Mailing, address: str) -> None:
    path = await mailing.link(browser, firm, "coach")
    secret = browser.cookies[BROWSER]
    kept = {"Cookie": f"{BROWSER}={secret}"}
    async with AsyncClient(base_url=address, headers={"Origin": address} | kept, timeout=PATIENCE_SECONDS) as twin:
        answers = await asyncio.gather(*(twin.post(path, data={"role": "coach"}) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [303] + [410] * 7
        assert sum(COOKIE in str(answer.headers.get_list("set-cookie")) for answer in answers) == 1
        assert (await twin.get(path)).status_code == 410
        assert (await twin.post(path, data={"role": "coach"})).status_code == 410


async def test_its_time_ends(firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    path = await mailing.link(browser, firm, "coach")
    mailing.change("UPDATE directory.mail_link SET ends_at = now()")
    for answer in (await browser.get(path), await browser.post(path, data={"role": "coach"})):
        assert (answer.status_code, "This link has ended" in answer.text) == (410, True)


async def test_a_secret_that_was_never_mailed_opens_nothing(firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    path = await mailing.link(browser, firm, "coach")
    link = path.rpartition("/")[0]
    await asked(browser, slug_of(firm), "client@example.org")
    (unmailed,) = ask(mailing.house.dsn("admin"), "SELECT id FROM directory.mail_link WHERE taken_at IS NULL")[0]
    guesses = [f"{link}/{new_secret()}", f"/sign-in/link/{unmailed}/{new_secret()}", f"/sign-in/link/{uuid4()}/{path.rpartition('/')[2]}"]
    for guess in guesses:
        assert (await browser.post(guess, data={"role": "coach"})).status_code == 410
    stored = ask(mailing.house.dsn("admin"), "SELECT l::text FROM directory.mail_link l")
    assert not any(secret in str(stored) for secret in (path.rpartition("/")[2], browser.cookies[BROWSER], "example.org"))


async def test_a_session_that_somebody_planted_is_not_kept(app: Litestar, firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    """Nor is the one of whoever sat there before."""
    planted = str((await app.state.sign_ins.sign_in(firm.keys["client"], secure=False)).value)
    browser.cookies.set(COOKIE, planted)
    path = await mailing.link(browser, firm, "coach")
    used = await browser.post(path, data={"role": "coach"})
    assert planted not in str(used.headers)
    assert (await browser.get("/plans", headers={"Cookie": f"{COOKIE}={planted}"})).status_code == 303


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://127.0.0.1"])
async def test_a_form_of_another_site_does_nothing(firm: Firm, browser: AsyncClient, mailing: Mailing, origin: str) -> None:
    path = await mailing.link(browser, firm, "coach")
    before = ask(mailing.house.dsn("admin"), "SELECT count(*) FROM directory.mail_link")
    for to, fields in (("/sign-in/link", {"organization": slug_of(firm), "address": "coach@example.org"}), (path, {"role": "coach"})):
        answer = await browser.post(to, data=fields, headers={"Origin": origin})
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    del browser.headers["Origin"]
    assert (await browser.post(path, data={"role": "coach"})).status_code == 403
    assert ask(mailing.house.dsn("admin"), "SELECT count(*) FROM directory.mail_link") == before


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
async def test_what_is_no_form_does_nothing(firm: Firm, browser: AsyncClient, mailing: Mailing, kind: str) -> None:
    path = await mailing.link(browser, firm, "coach")
    for to in ("/sign-in/link", path):
        answer = await browser.post(to, content=b"role=coach", headers={"Content-Type": kind})
        assert (answer.status_code, COOKIE in browser.cookies) == (415, False)


async def test_who_has_several_roles_chooses_one_of_them(firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    await firm.done("admin", f"/v1/people/{firm.ids['coach']}/grant-membership", {"role": "client"})
    path = await mailing.link(browser, firm, "coach")
    offered = {one.attributes["value"] for one in Markup((await browser.get(path)).text).all("input")}
    assert offered == {"coach", "client"}
    for upstart in ("admin", "operator", "worker", "", "coach\x00"):
        answer = await browser.post(path, data={"role": upstart})
        assert (answer.status_code, COOKIE in browser.cookies) == (403 if upstart else 200, False)
    assert (await browser.post(path, data={"role": "client"})).status_code == 303
    await firm.runner.catch_up()
    assert role_of((await browser.get("/plans")).text) == "Client"


async def test_a_role_that_ended_meanwhile_opens_nothing(app: Litestar, firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    made = await firm.done("admin", "/v1/people", {"name": "Guest", "email": "guest@example.org"})
    until = today() + timedelta(days=1)
    await firm.done("admin", f"/v1/people/{made['id']}/grant-membership", {"role": "coach", "until": str(until)})
    path = await mailing.link(browser, firm, "guest")
    app.state.mail_links.clock, before = (lambda: datetime.now(UTC) + timedelta(days=3)), app.state.mail_links.clock
    try:
        assert (await browser.get(path)).status_code == 410
        assert (await browser.post(path, data={"role": "coach"})).status_code == 410
    finally:
        app.state.mail_links.clock = before
    assert (await browser.post(path, data={"role": "coach"})).status_code == 303


async def test_the_secret_in_the_address_is_told_to_no_page(firm: Firm, browser: AsyncClient, mailing: Mailing) -> None:
    """With "no-referrer" browsers would send `Origin: null` with the button's form, too."""
    path = await mailing.link(browser, firm, "coach")
    for answer in (await browser.get(path), await browser.post(path, data={"role": "coach"}), await browser.get(path)):
        assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("strict-origin", "no-store")


async def test_the_organization_is_remembered_and_may_stand_in_the_address(browser: AsyncClient, mailing: Mailing) -> None:
    def field(text: str) -> str:
        return next(one.attributes["value"] for one in Markup(text).all("input") if one.attributes["name"] == "organization")

    assert field((await browser.get("/sign-in/northlight")).text) == "northlight"
    assert field((await browser.get("/sign-in/%22%3E%3Cb%3E")).text) == ""
    await asked(browser, " Northlight ", "nobody@example.org")
    assert browser.cookies[ORGANIZATION] == "northlight"
    assert field((await browser.get("/sign-in")).text) == "northlight"
    assert field((await browser.get("/sign-in/link")).text) == "northlight"  # reloading what was answered


async def test_a_page_of_ones_own_asks_as_json_and_ours_is_followed(
    firm: Firm, browser: AsyncClient, mailing: Mailing, address: str
) -> None:
    body = {"organization": slug_of(firm), "address": "coach@example.org"}
    answers = [await browser.post("/v1/mail-links", json=body | other) for other in ({}, {"address": "nobody@example.org"})]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(202, {"minutes": 15})] * 2
    assert await mailing.work() == 1
    assert (await browser.post(mailing.path, data={"role": "coach"})).status_code == 303
    for text in ("text/plain", "application/x-www-form-urlencoded"):
        refused = await browser.post("/v1/mail-links", content=b'{"organization": "x"}', headers={"Content-Type": text})
        assert refused.status_code == 415
