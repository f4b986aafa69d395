"""The page of an audit: a form for each question that works without a script, and the answer with its evidence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from services.audit.question.table import QUESTIONS
from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_session_pages import sign_in

OPEN = [one for one in QUESTIONS if one.find is not None]


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=20, headers={"Accept": "text/html"}) as browser:
        yield browser


async def page(firm: Firm, browser: AsyncClient, query: str = "") -> Markup:
    await firm.runner.catch_up()
    answer = await browser.get(f"/audit{query}")
    assert answer.status_code == 200, answer.text
    return Markup(answer.text)


async def test_an_auditor_has_a_form_for_each_question_that_can_be_asked(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    shown = await page(planned, browser)
    forms = [one for one in shown.all("form") if one.attributes["action"] == "/audit"]
    assert {one.attributes["method"] for one in forms} == {"get"}
    asked = [one.attributes["value"] for one in shown.all("input") if one.attributes["name"] == "question"]
    assert asked == [one.slug for one in OPEN]
    for one in QUESTIONS:
        assert one.text in shown.words
        if one.waits_for is not None:
            assert f"Waits for {one.waits_for}" in shown.words


async def test_the_answer_names_its_evidence_and_where_programs_get_it(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    told = (await planned.seen("auditor", "/v1/audit/agreement-in-force"))["findings"]
    shown = await page(planned, browser, f"?question=agreement-in-force&about={planned.ids['engagement']}&at=")
    for one in told:
        assert one["sentence"] in shown.words
        assert all(event["payload_hash"] in shown.words and event["event_id"] in shown.words for event in one["evidence"])
    assert f"GET /v1/audit/agreement-in-force?about={planned.ids['engagement']}" in shown.words
    assert "Stands out" in shown.words  # the coaching is dated from before the signatures


async def test_each_role_is_offered_what_it_may_ask(planned: Firm, browser: AsyncClient) -> None:
    for who, count in (("client", 6), ("program_manager", 11)):
        await sign_in(browser, planned.keys[who])
        shown = await page(planned, browser)
        assert len([one for one in shown.all("form") if one.attributes["action"] == "/audit"]) == count
        assert (await browser.get("/audit?question=altered-history")).status_code == 403
    await sign_in(browser, planned.keys["coach"])
    assert (await browser.get("/audit")).status_code == 403


@pytest.mark.parametrize(
    "query", ["question=nonsense", "question=erasure", "question=signed-content&about=x", "question=known-and-said&at=soon"]
)
async def test_what_cannot_be_asked_is_refused_as_a_page(planned: Firm, browser: AsyncClient, query: str) -> None:
    await sign_in(browser, planned.keys["auditor"])
    answer = await browser.get(f"/audit?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    named = query.rpartition("&")[2].partition("=")[0]
    assert f"<li><code>{named}</code>: " in answer.text
    assert "`errors`" not in answer.text
