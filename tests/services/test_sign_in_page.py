"""Signing in to the pages and out of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response
from litestar import Litestar
from litestar.routes import HTTPRoute

from domain.values import NIL
from services.entry.auth import COOKIE
from services.entry.credential import new_key
from services.pages.sign_in import LEADS
from services.permission.table import PUBLIC
from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    """Keeps cookies, as those of the others do not."""
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html"}) as browser:
        yield browser


async def sign_in(browser: AsyncClient, key: str, origin: str | None = None, **fields: str) -> Response:
    headers = {"Origin": origin or str(browser.base_url).rstrip("/")}
    return await browser.post("/sign-in", data={"key": key, **fields}, headers=headers)


async def test_a_key_is_entered_once(firm: Firm, browser: AsyncClient) -> None:
    await firm.runner.catch_up()
    signed = await sign_in(browser, f"  {firm.keys['client']}\n")
    assert (signed.status_code, signed.headers["location"]) == (303, "/")
    cookie = signed.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=tl_")
    for part in ("httponly", "samesite=strict", "path=/", "max-age=43200"):
        assert part in cookie
    assert "secure" not in cookie
    assert firm.keys["client"] not in str(signed.headers)
    page = await browser.get("/", follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, "/engagements")
    assert "Person client" in page.text


async def test_no_sign_in_brings_back_a_key_whose_role_was_lost(firm: Firm, browser: AsyncClient) -> None:
    at = f"/v1/people/{firm.ids['stranger']}"
    await firm.done("admin", f"{at}/revoke-membership", {"role": "coach", "reason": "They have left the firm."})
    for _ in ("while it is lost", "when it is given anew"):
        answer = await sign_in(browser, firm.keys["stranger"])
        assert (answer.status_code, "lost the role" in answer.text or "do not hold the role" in answer.text) == (403, True)
        assert COOKIE not in browser.cookies
        await firm.post("admin", f"{at}/grant-membership", {"role": "coach"})


async def test_over_https_the_cookie_stays_there(firm: Firm, browser: AsyncClient) -> None:
    origin = str(browser.base_url).rstrip("/").replace("http://", "https://")
    assert "; secure" in (await sign_in(browser, firm.keys["client"], origin)).headers["set-cookie"].lower()


@pytest.mark.parametrize("wrong", ["", "tl_", "nonsense", "<script>alert(1)</script>", "\x00", "unknown"])
async def test_a_wrong_key_is_refused_without_a_word_about_it(browser: AsyncClient, wrong: str) -> None:
    key = new_key() if wrong == "unknown" else wrong
    answer = await sign_in(browser, key)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    if key.strip("\x00") and key != "tl_":  # which the form itself shows as an example
        assert key not in answer.text
    markup = Markup(answer.text)
    assert [one for one in markup.elements if one.attributes.get("role") == "alert"]
    assert [
        one.attributes["value"] for one in markup.all("input") if one.attributes["type"] == "password" and "value" in one.attributes
    ] == []


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1:1", "null", "", "http://127.0.0.1", "http://[::1"])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
async def test_a_form_of_another_site_is_refused(firm: Firm, browser: AsyncClient, path: str, origin: str) -> None:
    await sign_in(browser, firm.keys["client"])
    session = browser.cookies[COOKIE]
    headers = {"Origin": origin} if origin else {}
    answer = await browser.post(path, data={"key": firm.keys["coach"]}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    await firm.runner.catch_up()
    assert (await browser.get("/plans")).status_code == 200
    assert browser.cookies[COOKIE] == session


async def test_who_signs_out_is_out_everywhere(firm: Firm, browser: AsyncClient) -> None:
    await firm.runner.catch_up()
    await sign_in(browser, firm.keys["client"])
    session = browser.cookies[COOKIE]
    out = await browser.post("/sign-out", headers={"Origin": str(browser.base_url).rstrip("/")})
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert COOKIE not in browser.cookies
    kept = await browser.get("/plans", headers={"Cookie": f"{COOKIE}={session}"})
    assert (kept.status_code, kept.headers["location"]) == (303, "/sign-in?leads=/plans")
    assert (await firm.get("client", "/v1/me")).status_code == 200


async def test_signing_out_twice_leads_to_the_form(browser: AsyncClient) -> None:
    out = await browser.post("/sign-out", headers={"Origin": str(browser.base_url).rstrip("/")})
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")


async def test_who_is_not_signed_in_is_asked_to_and_comes_back(planned: Firm, browser: AsyncClient) -> None:
    plan = f"/plans/{planned.ids['plan']}"
    for wanted, leads in (("/", None), ("/plans/nothing", None), ("/boards", "/boards"), ("/plans", "/plans"), (plan, plan)):
        answer = await browser.get(wanted)
        form = f"/sign-in?leads={leads}" if leads else "/sign-in"
        assert (answer.status_code, answer.headers["location"]) == (303, form), wanted
        hidden = {
            one.attributes["name"]: one.attributes["value"]
            for one in Markup((await browser.get(form)).text).all("input")
            if one.attributes.get("type") == "hidden"
        }
        assert hidden.get("leads", "") == (leads or "")
    assert (await sign_in(browser, planned.keys["client"], leads=plan)).headers["location"] == plan


def test_signing_in_leads_to_every_page_that_asks_for_it(app: Litestar) -> None:
    """But for the first one, to which it leads anyway, and files, which are asked for from a page."""
    pages = {
        route.path_format.replace("{id}", str(NIL))
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.opt.get("page") and "GET" in handler.http_methods and handler.opt["action"] != PUBLIC
    }
    assert len(pages) > 20
    left_out = {path for path in pages if not LEADS.fullmatch(path)}
    assert left_out == {"/", "/hours/log.csv", f"/reports/{NIL}/file"}


@pytest.mark.parametrize(
    "leads", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/plans\r\nSet-Cookie: a=b", "/v1/me", "'\"><b>"]
)
async def test_signing_in_leads_nowhere_else(firm: Firm, browser: AsyncClient, leads: str) -> None:
    form = Markup((await browser.get("/sign-in", params={"leads": leads})).text)
    assert form.all("b") == []
    assert [one for one in form.all("form") if one.attributes["action"] not in {"/sign-in", "/sign-in/link"}] == []
    assert (await sign_in(browser, firm.keys["client"], leads=leads)).headers["location"] == "/"


async def test_a_session_reads_and_changes_nothing(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["coach"])
    answer = await browser.post(f"/v1/plans/{planned.ids['plan']}/propose-plan", json={}, headers={"Origin": str(browser.base_url)})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"key=" + b"x" * 5_000, "application/x-www-form-urlencoded", 413),
        (b'{"key": "x"}', "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"key=%ff%00%", "application/x-www-form-urlencoded", 401),
        (b"", "application/x-www-form-urlencoded", 401),
    ],
)
async def test_what_is_no_form_is_refused(browser: AsyncClient, body: bytes, kind: str, status: int) -> None:
    headers = {"Origin": str(browser.base_url).rstrip("/"), "Content-Type": kind}
    answer = await browser.post("/sign-in", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
