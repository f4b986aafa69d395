"""The pages of one's own keys and sign-ins, as a browser without scripts uses them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from services.entry.auth import COOKIE
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS

KEY = re.compile(r"tl_[0-9A-Za-z]{27}_[0-9A-Za-z]{6}")


@pytest.fixture
async def browser(firm: Firm, address: str) -> AsyncIterator[AsyncClient]:
    """Signed in as the coach."""
    async with AsyncClient(base_url=address, headers={"Accept": "text/html", "Origin": address}, timeout=PATIENCE_SECONDS) as client:
        await client.post("/sign-in", data={"key": firm.keys["coach"]})
        yield client


async def test_a_key_is_made_shown_once_and_revoked(firm: Firm, browser: AsyncClient) -> None:
    page = await browser.get("/keys")
    assert (page.status_code, KEY.findall(page.text)) == (200, [])
    assert 'aria-current="page">Keys<' in page.text
    made = await browser.post("/keys", data={"name": "Calendar & <b>", "days": "30", "scope": ["plans:read", "plans:write"]})
    (key,) = KEY.findall(made.text)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    assert "Calendar &amp; &lt;b&gt;" in made.text
    firm.keys["made"] = key
    assert (await firm.get("made", "/v1/plans")).status_code == 200
    assert (await firm.get("made", "/v1/keys")).status_code == 403
    assert key not in (await browser.get("/keys")).text
    id = (await firm.seen("coach", "/v1/keys"))["items"][0]["id"]
    assert (await browser.post(f"/keys/{id}/revoke")).headers["location"] == "/keys"
    assert (await firm.get("made", "/v1/plans")).status_code == 401
    assert id not in (await browser.get("/keys")).text


async def test_a_key_is_rotated_and_the_old_one_goes_on_for_a_day(firm: Firm, browser: AsyncClient) -> None:
    (old,) = KEY.findall((await browser.post("/keys", data={"name": "Calendar", "days": "30", "scope": "plans:read"})).text)
    id = (await firm.seen("coach", "/v1/keys"))["items"][0]["id"]
    made = await browser.post(f"/keys/{id}/rotate")
    (new,) = KEY.findall(made.text)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    firm.keys |= {"old": old, "new": new}
    assert [(await firm.get(key, "/v1/plans")).status_code for key in ("old", "new")] == [200, 200]
    kept = {key["id"]: key for key in (await firm.seen("coach", "/v1/keys"))["items"]}
    assert kept[kept[id]["replaced_by"]]["scopes"] == ["plans:read"]
    assert f"/keys/{id}/rotate" not in (await browser.get("/keys")).text
    again = await browser.post(f"/keys/{id}/rotate")
    assert (again.status_code, KEY.findall(again.text)) == (409, [])


async def test_an_administrator_makes_a_key_for_a_machine(firm: Firm, browser: AsyncClient) -> None:
    machine, coach = firm.ids["integration"], firm.ids["coach"]
    assert (await browser.get(f"/keys?person={machine}")).status_code == 404
    await browser.post("/sign-in", data={"key": firm.keys["admin"]})
    await firm.runner.catch_up()
    assert "/keys?person=" in (await browser.get(f"/people/{machine}")).text
    page = await browser.get(f"/keys?person={machine}")
    offered = re.findall(r'<option value="([a-z]+:[a-z]+)">', page.text)
    assert ("people:write" in offered, "keys:write" in offered) == (True, True)
    assert "Make a key" not in (await browser.get(f"/keys?person={coach}")).text
    body = {"person": machine, "name": "HR system", "days": "90", "scope": ["people:read", "people:write"]}
    made = await browser.post("/keys", data=body)
    (firm.keys["hr"],) = KEY.findall(made.text)
    assert (await firm.seen("hr", "/v1/me"))["role"] == "integration"
    assert (await firm.get("hr", "/v1/programs")).json()["code"] == "scope_missing"
    assert (await browser.post("/keys", data=body | {"scope": []})).status_code == 422
    assert (await browser.post("/keys", data=body | {"person": coach})).status_code == 422
    id = (await firm.seen("admin", f"/v1/keys?person={machine}"))["items"][0]["id"]
    assert (await browser.post(f"/keys/{id}/revoke")).headers["location"] == f"/keys?person={machine}"
    assert (await firm.get("hr", "/v1/me")).status_code == 401


async def test_no_other_site_makes_or_revokes_keys(firm: Firm, browser: AsyncClient) -> None:
    id = (await firm.seen("coach", "/v1/keys"))["items"][0]["id"]
    for path in ("/keys", f"/keys/{id}/rotate", f"/keys/{id}/revoke", "/sign-ins/revoke-others", f"/sign-ins/{id}/revoke"):
        for origin in ("https://evil.example", "null", ""):
            refused = await browser.post(path, data={"name": "x"}, headers={"Origin": origin})
            assert refused.status_code == 403
    assert len((await firm.seen("coach", "/v1/keys?ended=true"))["items"]) == 1


async def test_a_name_that_is_none_is_refused_as_a_page(browser: AsyncClient) -> None:
    refused = await browser.post("/keys", data={"name": "", "days": "30"})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "/name" in refused.text


async def test_keys_of_others_are_not_revoked(firm: Firm, browser: AsyncClient) -> None:
    id = (await firm.seen("client", "/v1/keys"))["items"][0]["id"]
    for what in ("rotate", "revoke"):
        assert (await browser.post(f"/keys/{id}/{what}")).status_code == 404
    assert (await firm.get("client", "/v1/me")).status_code == 200


async def test_other_sign_ins_are_ended(firm: Firm, browser: AsyncClient, address: str) -> None:
    others = []
    for _ in range(2):
        async with AsyncClient(base_url=address, headers={"Origin": address}) as elsewhere:
            await elsewhere.post("/sign-in", data={"key": firm.keys["coach"]})
            others.append(elsewhere.cookies[COOKIE])
    page = await browser.get("/sign-ins")
    ids = re.findall(r"/sign-ins/([0-9a-f-]{36})/revoke", page.text)
    assert (page.status_code, len(ids), page.text.count("this one")) == (200, 2, 1)
    assert (await browser.post(f"/sign-ins/{ids[0]}/revoke")).status_code == 303
    opened = [(await firm.client.get("/v1/me", headers={"Cookie": f"{COOKIE}={one}"})).status_code for one in others]
    assert sorted(opened) == [200, 401]
    assert (await browser.post("/sign-ins/revoke-others")).status_code == 303
    opened = [(await firm.client.get("/v1/me", headers={"Cookie": f"{COOKIE}={one}"})).status_code for one in others]
    assert opened == [401, 401]
    assert (await browser.get("/sign-ins")).status_code == 200


async def test_who_is_not_signed_in_is_led_to_the_form(firm: Firm, address: str) -> None:
    async with AsyncClient(base_url=address, headers={"Accept": "text/html", "Origin": address}) as stranger:
        for path in ("/keys", "/sign-ins"):
            assert (await stranger.get(path)).headers["location"] == f"/sign-in?leads={path}"
        assert (await stranger.post("/keys", data={"name": "x"})).headers["location"].startswith("/sign-in")
