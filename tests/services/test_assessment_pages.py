"""The pages of an assessment in a browser without script: the rater's form, and what client, coach and director see."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from httpx import AsyncClient, Response
from litestar import Litestar

from tests.services.assessing import Survey
from tests.services.firm import Firm
from tests.services.markup import Markup

EVERY = ("item__delegation_1", "item__delegation_2", "item__delegation_3")


@pytest.fixture
async def survey(app: Litestar, firm: Firm) -> Survey:
    await firm.engage()
    made = Survey(app, firm)
    await made.launch()
    return made


async def filled(client: AsyncClient, link: str, **fields: str) -> Response:
    origin = str(client.base_url).rstrip("/")
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return await client.post(f"/raters/{link}", data=named, headers={"Origin": origin})


async def test_a_rater_answers_on_a_page_without_an_account(survey: Survey, client: AsyncClient) -> None:
    link = await survey.invited("Ada", "peer")
    shown = await client.get(f"/raters/{link}")
    page = Markup(shown.text)
    assert (shown.status_code, shown.headers["referrer-policy"], shown.headers["cache-control"]) == (200, "strict-origin", "no-store")
    assert "Feedback on Person client" in page.words
    assert len([one for one in page.all("input") if one.attributes["type"] == "radio"]) == 3 * 6
    assert not page.all("script")
    assert not any("checked" in one.attributes for one in page.all("input"))
    left_out = await filled(client, link, item__delegation_1="4", item__delegation_2="na", question__keep="Go <on>")
    assert (left_out.status_code, "Choose something for every statement" in left_out.text) == (422, True)
    assert (left_out.text.count('class="left-out"'), left_out.text.count(" checked"), "Go &lt;on&gt;" in left_out.text) == (1, 2, True)
    nothing = dict.fromkeys(EVERY, "na")
    assert "Answer at least one statement" in (await filled(client, link, **nothing)).text
    wrong = await filled(client, link, **nothing | {"item__delegation_1": "9"})
    assert (wrong.status_code, "was not read as it stood here" in wrong.text) == (422, True)
    assert "Thank you" in (await filled(client, link, **nothing | {"item__delegation_1": "4"}, question__keep="Go on.\r\nStop late.")).text
    again = await filled(client, link, **nothing | {"item__delegation_1": "1"})
    assert (again.status_code, "You have answered already" in again.text) == (409, True)


async def test_a_form_of_another_site_answers_nothing(survey: Survey, client: AsyncClient) -> None:
    link = await survey.invited("Ada", "peer")
    foreign = await client.post(f"/raters/{link}", data={"item.delegation_1": "4"}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert "Feedback on" in (await client.get(f"/raters/{link}")).text


async def test_a_link_that_leads_nowhere_says_so(survey: Survey, client: AsyncClient) -> None:
    link = await survey.invited("Ada", "peer")
    unknown = await client.get("/raters/" + "A" * 76)
    assert (unknown.status_code, "There is nothing here" in unknown.text) == (404, True)
    await survey.close()
    closed = await client.get(f"/raters/{link}")
    assert (closed.status_code, "It is closed" in closed.text) == (409, True)


async def page_of(firm: Firm, who: str, survey: Survey) -> Response:
    await firm.runner.catch_up()
    return await firm.send(who, "GET", f"/assessments/{survey.id}", headers={"Accept": "text/html"})


async def test_results_are_a_chart_and_the_same_as_a_table(survey: Survey, firm: Firm) -> None:
    await firm.done("client", f"{survey.at}/submit-self-assessment", {"answers": {"delegation_1": 5, "delegation_2": 4, "delegation_3": 5}})
    for name, points in {"Ada": (4, 4, 2), "Bo": (5, 4, 3), "Cy": (3, 4, 1)}.items():
        await survey.answered(name, "peer", *points, keep=f"Words of {name}.")
    await survey.close()
    await firm.done("coach", f"{survey.at}/release-assessment-results", {})
    page = Markup((await page_of(firm, "client", survey)).text)
    (chart,) = [one for one in page.all("svg") if one.attributes.get("role") == "img"]
    assert chart.attributes["aria-label"] == "Delegating: the client 4.67, all raters 3.33"
    for said in ("3 of 3 raters answered", "Delegating The client 4.67", "3.33 n 3", "+1.33", "Blind spot", "Words of Bo."):
        assert said in page.words, said


async def test_the_plan_leads_to_it_for_everybody_who_may_read_it(survey: Survey, firm: Firm) -> None:
    await firm.plan()
    await firm.runner.catch_up()
    for who in ("client", "coach", "program_manager", "auditor", "sponsor"):
        page = Markup((await firm.get(who, f"/plans/{firm.ids['plan']}", accept="text/html")).text)
        led = [one for one in page.all("a") if one.attributes.get("href") == f"/assessments/{survey.id}"]
        assert len(led) == (who != "sponsor"), who
        assert ((await page_of(firm, who, survey)).status_code == 200) == bool(led), who


async def test_the_director_sees_how_many_and_the_sponsor_nothing(survey: Survey, firm: Firm) -> None:
    for name in ("Ada", "Bo", "Cy"):
        await survey.answered(name, "peer", 3, 3, 3, keep="Secret words.")
    director = await page_of(firm, "program_manager", survey)
    assert (director.status_code, "How many of 3 raters have answered is told from 3 on" in Markup(director.text).words) == (200, True)
    await survey.close()
    await firm.done("coach", f"{survey.at}/release-assessment-results", {})
    director = await page_of(firm, "program_manager", survey)
    assert director.status_code == 200
    for never in ("Ada", "Secret words", "3.00", '<svg class="gap"'):
        assert never not in director.text
    assert (await page_of(firm, "sponsor", survey)).status_code == 403


async def test_nothing_tells_partial_results_while_it_is_open(survey: Survey, firm: Firm) -> None:
    """By no route: the timeline, the past, the board and the ledger know of no answer before the closing."""
    await firm.plan()
    engagement, plan = firm.ids["engagement"], firm.ids["plan"]
    asked = (survey.at, f"{survey.at}/as-of", f"/v1/engagements/{engagement}", f"/v1/plans/{plan}/timeline", f"/v1/plans/{plan}/ledger")
    asked += (f"/assessments/{survey.id}", "/v1/board")

    async def seen() -> dict[tuple[str, str], str]:
        """What each reader is answered to each question, without the moment of asking: that others looked is in the log, too."""
        await firm.runner.catch_up()
        told = {}
        for who in ("coach", "client", "program_manager", "auditor"):
            for path in asked:
                moment = f"?recorded={datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if path.endswith("as-of") else ""
                answer = await firm.get(who, path + moment)
                assert answer.status_code in {200, 403}, answer.text
                told[who, path] = re.sub(r'"(moment|request_id|at|position|as_of_position)":("[^"]*"|{[^}]*}|\d+)', "", answer.text)
        return told

    await survey.answered("Ada", "peer", 5, 5, 5, keep="Secret words.")
    link = await survey.invited("Bo", "peer")
    before = await seen()
    await survey.answer(link, 1, 1, 1)
    for key, text in (await seen()).items():
        assert text == before[key], key
        assert "Secret words" not in text
        assert '"delegation_1":' not in text
