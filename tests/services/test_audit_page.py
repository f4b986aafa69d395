"""The page of an audit: a form for each question that works without a script, and the answer with its evidence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from services.audit.question.table import QUESTIONS
from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_execution import active
from tests.services.test_sign_in_page import sign_in
from tests.waiting import PATIENCE_SECONDS

OPEN = [one for one in QUESTIONS if one.find is not None]


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html"}) as browser:
        yield browser


async def page(firm: Firm, browser: AsyncClient, query: str = "") -> Markup:
    await firm.runner.catch_up()
    answer = await browser.get(f"/audit{query}")
    assert answer.status_code == 200, answer.text
    return Markup(answer.text)


async def test_an_auditor_has_a_form_for_each_question_that_can_be_asked(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    shown = await page(planned, browser)
    assert {one.attributes["method"] for one in shown.all("form") if one.attributes["action"] == "/audit"} == {"get"}
    asked = [one.attributes["value"] for one in shown.all("input") if one.attributes["name"] == "question"]
    assert asked == [one.slug for one in OPEN]
    for one in QUESTIONS:
        assert one.text in shown.words
        if one.waits_for is not None:
            assert f"Waits for {one.waits_for}" in shown.words


async def test_the_answer_names_its_evidence_and_where_programs_get_it(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    told = (await planned.seen("auditor", f"/v1/audit/agreement-in-force?about={planned.ids['engagement']}"))["findings"]
    shown = await page(planned, browser, f"?question=agreement-in-force&about={planned.ids['engagement']}&at=")
    for one in told:
        assert one["sentence"] in shown.words
        assert all(event["payload_hash"] in shown.words and event["event_id"] in shown.words for event in one["evidence"])
    assert f"GET /v1/audit/agreement-in-force?about={planned.ids['engagement']}" in shown.words
    assert "Stands out" in shown.words  # the coaching is dated from before the signatures


async def test_an_answer_about_everything_says_whose_each_thing_is_and_leads_to_the_plan(planned: Firm, browser: AsyncClient) -> None:
    await active(planned)
    plan, whose = planned.ids["plan"], f"person {planned.ids['client'][-6:]}"
    told = (await planned.seen("auditor", "/v1/audit/signed-content"))["findings"]
    assert {one["engagement_id"] for one in told} == {planned.ids["engagement"]}
    assert all(one["sentence"].startswith((f"P{whose[1:]}, as client, agreed", f"P{whose[1:]}: person ")) for one in told), told
    assert [one["plan_id"] for one in told] == [None] * 3 + [plan] * 2  # the agreement was signed before there was a plan
    await sign_in(browser, planned.keys["auditor"])
    shown = await page(planned, browser, "?question=signed-content")
    assert f"/plans/{plan}?as_of=position:{told[-1]['evidence'][-1]['position']}" in shown.addresses
    about = (await planned.seen("auditor", f"/v1/audit/signed-content?about={plan}"))["findings"]
    assert all(one["sentence"].startswith("The ") for one in about), about


async def test_each_role_is_offered_what_it_may_ask(planned: Firm, browser: AsyncClient) -> None:
    for who, count in (("client", 7), ("program_manager", 13)):
        await sign_in(browser, planned.keys[who])
        shown = await page(planned, browser)
        assert len([one for one in shown.all("input") if one.attributes["name"] == "question"]) == count
        assert (await browser.get("/audit?question=altered-history")).status_code == 403
    await sign_in(browser, planned.keys["coach"])
    assert (await browser.get("/audit")).status_code == 403


@pytest.mark.parametrize("query", ["question=nonsense", "question=signed-content&about=x", "question=known-and-said&at=soon"])
async def test_what_cannot_be_asked_is_refused_as_a_page(planned: Firm, browser: AsyncClient, query: str) -> None:
    await sign_in(browser, planned.keys["auditor"])
    answer = await browser.get(f"/audit?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    named = query.rpartition("&")[2].partition("=")[0]
    assert f"<li><code>{named}</code>: " in answer.text
    assert "`errors`" not in answer.text


async def test_what_it_is_about_is_chosen_from_a_list(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    plan, client = planned.ids["plan"], planned.ids["client"]
    called = f"Plan of Person {client[-6:]}"
    offered = await page(planned, browser)
    assert [one.attributes["value"] for one in offered.all("option")] == ["", planned.ids["program"], plan]
    assert f"Everything Leading with clarity {called}" in offered.words
    shown = await page(planned, browser, f"?about={plan}")
    about = [one.attributes["value"] for one in shown.all("input") if one.attributes["name"] == "about"]
    with_plan = [one for one in OPEN if "plan" in one.about or one.about == ("person",)]
    assert about == [client if one.about == ("person",) else plan for one in with_plan]
    linked = Markup((await browser.get(f"/plans/{plan}")).text)
    assert f"/audit?about={plan}" in {one.attributes.get("href") for one in linked.all("a")}
    await sign_in(browser, planned.keys["client"])
    mine = await page(planned, browser)
    assert [one.attributes["value"] for one in mine.all("option")] == ["", plan]
    assert "Everything Plan of Person client" in mine.words
    foreign = await page(planned, browser, f"?about={planned.ids['stranger']}")
    assert "Person stranger" not in foreign.words


async def test_people_read_numbers_days_and_words_instead_of_ids_and_codes(planned: Firm, browser: AsyncClient) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": "2199-02-01"}
    milestone = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    move = {"milestone_id": milestone, "from": "2199-02-01", "to": "2199-02-11", "reason_code": "org_change", "initiated_by": "client"}
    await planned.done("coach", f"{at}/adjust-milestone", move)
    for who, called in (("auditor", "Milestone 1 (withheld)"), ("program_manager", "Milestone 1 (withheld) of Person client")):
        await sign_in(browser, planned.keys[who])
        about = f"&about={planned.ids['plan']}" if who == "auditor" else ""
        shown = await page(planned, browser, f"?question=milestone-moves{about}")
        said = f"{called} was moved from 1 February 2199 to 11 February 2199 (10 days) by the coach, as the client wished; reason: "
        assert f"{said}org change." in shown.words
        assert not {id for id in (milestone, planned.ids["client"]) if id in shown.words}
    await sign_in(browser, planned.keys["client"])
    (own,) = (await planned.seen("client", f"/v1/audit/client-part?about={planned.ids['plan']}"))["findings"][:1]
    assert own["sentence"] == "The plan came into force as version 1, which the client had approved."


async def test_a_long_answer_has_pages_of_one_moment(planned: Firm, browser: AsyncClient) -> None:
    """What happens meanwhile, such as the question itself being noted, does not move the pages."""
    at = "/v1/audit/seen-by-others"
    query = f"about={planned.ids['client']}"
    await sign_in(browser, planned.keys["auditor"])
    whole = (await planned.seen("auditor", f"{at}?{query}"))["findings"]
    assert len(whole) > 3
    first = await planned.seen("auditor", f"{at}?{query}&limit=2")
    found, told = list(first["findings"]), first
    while "next_cursor" in told:
        await planned.seen("auditor", f"/v1/plans/{planned.ids['plan']}")
        told = await planned.seen("auditor", f"{at}?{query}&limit=2&cursor={told['next_cursor']}")
        assert (told["at"], told["position"], told["count"]) == (first["at"], first["position"], first["count"])
        assert told["first"] == len(found) + 1
        found += told["findings"]
    assert len(found) == first["count"]
    assert [one["kind"] for one in found[: len(whole)]] == [one["kind"] for one in whole]
    for cursor in ("x", "AAAA", "A" * 27):
        assert (await planned.get("auditor", f"{at}?{query}&cursor={cursor}")).json()["errors"][0]["pointer"] == "/query/cursor"


async def test_a_day_before_the_first_record_says_so(planned: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, planned.keys["auditor"])
    shown = await page(planned, browser, f"?question=known-and-said&about={planned.ids['engagement']}&at=2020-01-01")
    assert "Nothing was recorded before" in shown.words
    assert "occurred" in shown.words
    asked = await planned.get("auditor", f"/v1/plans/{planned.ids['plan']}/as-of?recorded=2020-01-01")
    assert asked.status_code == 404
    assert "the organization's log begins later" in asked.json()["detail"]
    later = await planned.seen("auditor", f"/v1/audit/known-and-said?about={planned.ids['engagement']}")
    assert later["note"] is None
