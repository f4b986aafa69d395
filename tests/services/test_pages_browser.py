"""The pages in a real browser: its content policy breaks nothing, nothing sticks out, and a person can sign in and out."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from services.entry.auth import COOKIE
from tests.services.firm import Firm, today
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTHS = (360, 1600)
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
PAST = ["/plans/{plan}?as_of={today}&clock=occurred", "/plans/{plan}/compare", "/plans/{plan}/ledger"]
PAGES_OF = {
    "program_manager": ["/boards", "/ledger", *PAST],
    "auditor": ["/ledger", *PAST],
    "client": ["/accesses", *PAST],
}
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.tagName + ' ' + one.className)"""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The distribution's Chromium. Where there is none the tests are skipped, but not where everything has to be tried."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        assert os.environ.get("CI") != "true", "install Chromium, or unset CI"
        pytest.skip("needs a Chromium on the PATH")
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        await browser.close()


Visit = Callable[[str], AbstractAsyncContextManager[Page]]


@pytest.fixture
def visit(browser: Browser, address: str, planned: Firm) -> Visit:
    """Opens a browser for somebody and signs them in. What the browser complains of fails the test."""

    @asynccontextmanager
    async def visiting(who: str) -> AsyncIterator[Page]:
        complaints: list[str] = []
        context = await browser.new_context(base_url=address)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        page = await context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(address) or complaints.append(request.url))
        await planned.runner.catch_up()
        await sign_in(page, planned.keys[who])
        yield page
        await context.close()
        assert complaints == []

    return visiting


async def sign_in(page: Page, key: str) -> None:
    await page.goto("/")
    await page.get_by_label("API key").fill(key)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()


async def test_signing_in_leads_to_the_first_page_and_signing_out_ends_it(visit: Visit, planned: Firm) -> None:
    async with visit("program_manager") as page:
        assert page.url.endswith("/boards")
        cookie = next(one for one in await page.context.cookies() if one["name"] == COOKIE)
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        assert planned.keys["program_manager"] not in f"{cookie} {await page.content()} {page.url}"
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_label("API key")).to_be_visible()
        await page.goto("/boards")
        await expect(page.get_by_label("API key")).to_be_visible()


async def test_who_was_not_signed_in_comes_to_the_page_they_wanted(browser: Browser, address: str, planned: Firm) -> None:
    await planned.runner.catch_up()
    page = await browser.new_page(base_url=address)
    await page.goto(f"/plans/{planned.ids['plan']}")
    await page.get_by_label("API key").fill("tl_wrong")
    await page.get_by_label("API key").press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_label("API key").fill(planned.keys["coach"])
    await page.get_by_label("API key").press("Enter")
    await expect(page.get_by_role("heading", name="Person client")).to_be_visible()
    assert page.url == f"{address}/plans/{planned.ids['plan']}"
    await page.close()


@pytest.mark.parametrize("who", ["program_manager", "client", "sponsor", "auditor", "admin"])
async def test_nothing_sticks_out_of_a_page(visit: Visit, planned: Firm, who: str) -> None:
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/set-milestone", milestone(planned))
    pages = (
        ["/people", f"/people/{planned.ids['coach']}"]
        if who == "admin"
        else ["/plans", "/reports", f"/plans/{planned.ids['plan']}", *PAGES_OF.get(who, [])]
    )
    async with visit(who) as page:
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            for path in pages:
                await page.goto(path.format(plan=planned.ids["plan"], today=today()))
                await page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, (
                    path,
                    width,
                    await page.evaluate(STICKING_OUT),
                )


def milestone(firm: Firm) -> dict[str, object]:
    return {"objective_id": firm.ids["Meet"], "title": LONG, "due_on": "2199-02-01", "evidence": LONG, "initiated_by": "client"}


async def test_style_and_charts_show_under_the_content_policy(visit: Visit, planned: Firm) -> None:
    await measure(planned)
    async with visit("program_manager") as page:
        assert await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        assert await page.evaluate("document.querySelector('header img').naturalWidth") > 0
        line = page.locator("figure", has_text="Measurements and adjustments").locator("svg path[stroke='#0f5f66']").first
        assert await line.bounding_box() is not None
        assert await line.evaluate("one => getComputedStyle(one).stroke") == "rgb(15, 95, 102)"


async def measure(firm: Firm) -> None:
    """The plan comes into force, and a value is measured."""
    at = f"/v1/plans/{firm.ids['plan']}"
    proposed = await firm.propose()
    for who in ("client", "coach"):
        await firm.done(who, f"{at}/approve-plan", {"plan_version": proposed["plan_version"], "digest": proposed["digest"]})
    await firm.done("coach", f"{at}/activate-plan", {})
    await firm.done("client", f"{at}/measure-progress", {"objective_id": firm.ids["Meet"], "value": "5", "source": "calendar"})


async def test_filters_are_a_form_that_the_keyboard_reaches(visit: Visit, planned: Firm) -> None:
    async with visit("program_manager") as page:
        await page.get_by_role("combobox", name="Program").select_option(planned.ids["program"])
        await page.get_by_role("button", name="Show").press("Enter")
        await page.wait_for_url("**/boards?program=*")
        await expect(page.get_by_role("combobox", name="Program")).to_have_value(planned.ids["program"])
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


async def test_the_past_is_reached_without_script_and_back_again(browser: Browser, address: str, planned: Firm) -> None:
    await planned.propose()
    context = await browser.new_context(base_url=address, java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, planned.keys["client"])
    await page.goto(f"/plans/{planned.ids['plan']}")
    await page.get_by_label("The plan on", exact=True).fill(str(today()))
    await page.get_by_label("as", exact=True).select_option("occurred")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_role("status")).to_contain_text("what had happened by then")
    await page.get_by_role("link", name="Back to today").click()
    await expect(page.get_by_role("status")).to_have_count(0)
    await page.get_by_role("link", name="What changed since you last looked").click()
    await page.get_by_role("button", name="I have read this").click()
    await expect(page.get_by_text("Nothing changed since you last looked.")).to_be_visible()
    await context.close()


async def test_on_paper_there_is_neither_frame_nor_form(visit: Visit, planned: Firm) -> None:
    async with visit("auditor") as page:
        await page.emulate_media(media="print")
        for path in ("/ledger", f"/plans/{planned.ids['plan']}", f"/plans/{planned.ids['plan']}/compare"):
            await page.goto(path)
            assert await page.locator("nav:visible, form:visible, button:visible, select:visible").count() == 0, path
            assert await page.locator("h1").is_visible()


async def test_on_paper_an_answer_shows_its_evidence(visit: Visit, planned: Firm) -> None:
    (one, *_) = (await planned.seen("auditor", "/v1/audit/agreement-in-force"))["findings"]
    async with visit("auditor") as page:
        await page.goto("/audit?question=agreement-in-force")
        hashed = page.get_by_text(one["evidence"][0]["payload_hash"]).first
        assert not await hashed.is_visible()
        await page.emulate_media(media="print")
        assert await hashed.is_visible()
