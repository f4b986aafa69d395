"""The page of reports: asking without a script, the list, and the way to a file."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response

from tests.services.desk import Desk, activated
from tests.services.markup import Markup
from tests.services.test_sign_in_page import sign_in
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html"}) as browser:
        yield browser


async def page(desk: Desk, browser: AsyncClient) -> str:
    await desk.firm.runner.catch_up()
    answer = await browser.get("/reports")
    assert answer.status_code == 200, answer.text
    return answer.text


async def sent(browser: AsyncClient, text: str, origin: str | None = None, **changes: str) -> Response:
    """The form of a page as a browser sends it, with what was chosen in it."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', text))
    fields |= dict(re.findall(r'<select id="(\w+)".*?<option value="([^"]+)"', text, re.DOTALL))
    headers = {"Origin": origin or str(browser.base_url).rstrip("/")}
    return await browser.post("/reports", data=fields | changes, headers=headers)


async def asked(desk: Desk) -> list[dict[str, object]]:
    items: list[dict[str, object]] = (await desk.firm.seen("auditor", "/v1/reports"))["items"]
    return items


async def test_a_coach_asks_and_comes_to_the_file(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["coach"])
    text = await page(desk, browser)
    assert "Progress of Person client" in text
    answer = await sent(browser, text, format="json")
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports?done=yes")
    (report,) = await asked(desk)
    assert (report["template"], report["recipients"], report["format"]) == ("client_progress", [desk.firm.ids["coach"]], "json")
    assert "Being made Usually within two minutes." in Markup(await page(desk, browser)).words
    assert (await browser.get(f"/reports/{report['id']}/file")).status_code == 404
    await desk.make(str(report["id"]))
    shown = await page(desk, browser)
    assert f"/reports/{report['id']}/file" in Markup(shown).addresses
    file = await browser.get(f"/reports/{report['id']}/file", follow_redirects=True)
    assert file.json()["client"] == "Person client"


async def test_the_form_sent_twice_asks_once(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["coach"])
    text = await page(desk, browser)
    for _ in range(2):
        assert (await sent(browser, text)).status_code == 303
    assert len(await asked(desk)) == 1
    await sent(browser, await page(desk, browser))
    assert len(await asked(desk)) == 2


async def test_a_manager_asks_about_a_program_for_its_sponsors_too(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["program_manager"])
    await sent(browser, await page(desk, browser), whom="sponsor", period="2026-q1")
    (report,) = await asked(desk)
    assert (report["template"], report["period"]) == ("program_report", "2026-q1")
    assert report["recipients"] == [desk.firm.ids["program_manager"], desk.firm.ids["sponsor"]]
    await desk.make(str(report["id"]))
    text = Markup(await page(desk, browser)).words
    assert "Leading with clarity" in text
    assert "Period Quarter 1, 2026 as of" in text
    assert "left out" in text


@pytest.mark.parametrize("role", ["program_manager", "coach"])
async def test_from_a_plan_its_reader_comes_to_the_form_about_its_client(desk: Desk, browser: AsyncClient, role: str) -> None:
    await sign_in(browser, desk.firm.keys[role])
    await desk.firm.runner.catch_up()
    (address,) = {way for way in Markup((await browser.get(f"/plans/{desk.firm.ids['plan']}")).text).addresses if "subject=" in way}
    text = (await browser.get(address)).text
    assert f'<option value="client_progress {desk.firm.ids["engagement"]}" selected>' in text
    await sent(browser, text, subject=f"client_progress {desk.firm.ids['engagement']}")
    (report,) = await asked(desk)
    assert (report["template"], report["subject_id"]) == ("client_progress", desk.firm.ids["engagement"])


async def test_the_form_begins_with_nothing_that_its_reader_may_not_know(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["program_manager"])
    assert "client_progress" not in await page(desk, browser)
    assert "selected" not in (await browser.get(f"/reports?subject={desk.firm.ids['plan']}")).text
    assert (await browser.get("/reports?subject=nonsense")).status_code == 400
    await browser.get(f"/reports?subject={desk.firm.ids['engagement']}")
    told = await desk.firm.seen("client", f"/v1/people/{desk.firm.ids['client']}/accesses")
    assert [(item["action"], item["classes"]) for item in told["items"]] == [("list_reports", ["names"])]


async def test_an_auditor_asks_for_ledgers_alone(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["auditor"])
    text = await page(desk, browser)
    chosen = [value.split()[0] for value in re.findall(r'<option value="(\w+ [0-9a-f-]{36})"', text)]
    assert chosen == ["program_ledger", "organization_ledger"]
    await sent(browser, text, subject=f"organization_ledger {desk.firm.tenant}")
    (report,) = await asked(desk)
    assert (report["template"], report["recipients"]) == ("organization_ledger", [desk.firm.ids["auditor"]])
    assert "Ledger of everything" in Markup(await page(desk, browser)).words


async def test_each_reader_sees_their_own_and_who_may_not_ask_has_no_form(desk: Desk, browser: AsyncClient) -> None:
    await activated(desk.firm)
    report = await desk.ask("coach", "sponsor")
    await desk.make(report)
    for who, has_file in (("sponsor", True), ("auditor", False)):
        await sign_in(browser, desk.firm.keys[who])
        text = await page(desk, browser)
        assert ("<form class" in text) is (who == "auditor")
        assert (f"/reports/{report}/file" in text) is has_file
    await sign_in(browser, desk.firm.keys["stranger"])
    assert report not in await page(desk, browser)
    await sign_in(browser, desk.firm.keys["admin"])
    assert (await browser.get("/reports")).status_code == 403


async def test_a_form_of_another_site_and_one_without_a_session_ask_for_nothing(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["coach"])
    text = await page(desk, browser)
    assert (await sent(browser, text, origin="https://evil.example")).status_code == 403
    wrong = await sent(browser, text, subject="nonsense")
    assert (wrong.status_code, "left out" in wrong.text) == (400, False)
    assert (await sent(browser, text, subject=f"program_report {desk.firm.ids['program']}")).status_code in {403, 404}
    browser.cookies.clear()
    assert (await sent(browser, text)).headers["location"].startswith("/sign-in")
    assert await asked(desk) == []


@pytest.mark.parametrize("role", ["sponsor", "program_manager"])
async def test_who_reads_a_clients_name_in_the_list_is_noted(desk: Desk, browser: AsyncClient, role: str) -> None:
    await desk.ask("client", role)
    await sign_in(browser, desk.firm.keys[role])
    assert "Person client" in await page(desk, browser)
    told = await desk.firm.seen("client", f"/v1/people/{desk.firm.ids['client']}/accesses")
    assert [(item["reader_id"], item["action"], item["classes"]) for item in told["items"]] == [
        (desk.firm.ids[role], "list_reports", ["names"])
    ]


async def test_an_auditor_reads_no_name_in_the_list(desk: Desk, browser: AsyncClient) -> None:
    await desk.ask("client", "client")
    await sign_in(browser, desk.firm.keys["auditor"])
    assert "Person client" not in await page(desk, browser)


async def test_a_refused_form_comes_again_as_it_was_filled_in(desk: Desk, browser: AsyncClient) -> None:
    await sign_in(browser, desk.firm.keys["coach"])
    await page(desk, browser)
    subject = f"client_progress {desk.firm.ids['engagement']}"
    form = {"subject": subject, "period": "never", "format": "csv", "whom": "sponsor"}
    again = await browser.post("/reports", data=form, headers={"Origin": str(browser.base_url).rstrip("/")})
    assert again.status_code in {400, 422}, again.text
    for kept in (f'<option value="{subject}" selected>', '<option value="csv" selected>', '<option value="sponsor" selected>'):
        assert kept in again.text
    assert await asked(desk) == []
