"""A client answers about themselves, from what the read names or on a page; client and coach lead an assessment by forms, without script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar

from tests.services.assessing import Survey
from tests.services.firm import Firm
from tests.services.test_session_page import Browser, browser

DELEGATION = ("delegation_1", "delegation_2", "delegation_3")
GERMAN = [{"item": item, "text": f"Ich gebe Aufgaben ganz ab, Satz {number}."} for number, item in enumerate(DELEGATION, 1)]


@pytest.fixture
async def asked(firm: Firm) -> str:
    """The address of a self-assessment about delegation, worded in German by the organization."""
    await firm.engage()
    return await launch(firm, language="de", statements=GERMAN)


async def launch(firm: Firm, **more: Any) -> str:
    body = {"engagement_id": firm.ids["engagement"], "competencies": ["delegation"]} | more
    return f"/v1/assessments/{UUID((await firm.done('coach', '/v1/assessments', body))['id'])}"


async def test_what_is_asked_is_answered_from_the_read_alone(asked: str, firm: Firm) -> None:
    asks = (await firm.seen("client", asked))["asks"]
    assert (asks["language"], [point["point"] for point in asks["scale"]]) == ("de", [1, 2, 3, 4, 5])
    (delegation,) = asks["competencies"]
    assert [(one["item"], one["statement"]) for one in delegation["items"]] == [(one["item"], one["text"]) for one in GERMAN]
    items = [one["item"] for one in delegation["items"]]
    refused = await firm.post("client", f"{asked}/submit-self-assessment", {"answers": {items[0]: 5}})
    assert (refused.status_code, refused.json()["code"]) == (422, "answer_incomplete")
    assert (refused.json()["facts"], refused.json()["errors"][0]["pointer"]) == ({"missing": items[1:]}, "/answers")
    given = {items[0]: 5, items[1]: None, items[2]: 1}
    await firm.done("client", f"{asked}/submit-self-assessment", {"answers": given})
    assert (await firm.seen("coach", asked))["answers"] == {items[0]: 5, items[2]: 1}


async def test_a_client_answers_on_a_page_that_the_list_leads_to(asked: str, firm: Firm, address: str) -> None:
    at = asked.removeprefix("/v1")
    async with browser(firm, address, "client") as client, browser(firm, address, "coach") as coach:
        listed = await client.shown("/assessments")
        assert (f"{at}/answers" in listed.addresses, "Waits for your answers" in listed.words) == (True, True)
        shown = await client.shown(f"{at}/answers")
        assert len([one for one in shown.all("input") if one.attributes["type"] == "radio"]) == 3 * 6
        assert all(one["text"] in shown.words for one in GERMAN)
        sent = {"item.delegation_1": "4", "item.delegation_2": "na"}
        again = await client.client.post(f"{at}/answers", data=sent)
        assert (again.status_code, again.text.count('class="left-out"'), again.text.count(" checked")) == (422, 1, 2)
        taken = await client.client.post(f"{at}/answers", data=sent | {"item.delegation_3": "2"})
        assert (taken.status_code, taken.headers.get("location")) == (303, f"{at}?done=answer")
        assert "You have answered this self-assessment" in (await client.shown(f"{at}/answers")).words
        told = (await coach.shown(at)).words
        for said in ("The client has answered", "often 4", "does not apply", "seldom 2"):
            assert said in told, said
        assert (await coach.client.get(f"{at}/answers")).status_code == 403


async def test_the_page_says_why_nothing_is_answered_now(firm: Firm, address: str) -> None:
    await firm.engage()
    at = (await launch(firm, opens_on="2199-01-01", closes_on="2199-01-02")).removeprefix("/v1")
    async with browser(firm, address, "client") as client:
        assert "can be answered from 1 Jan 2199 on" in (await client.shown(f"{at}/answers")).words
        await firm.done("coach", f"/v1{at}/close-assessment", {"reason": "We ask in another way."})
        assert "Answers are not taken any more" in (await client.shown(f"{at}/answers")).words


async def test_coach_and_client_lead_an_assessment_by_forms(firm: Firm, app: Litestar, address: str) -> None:
    await firm.engage()
    survey = Survey(app, firm)
    await survey.launch()
    at = f"/assessments/{survey.id}"
    async with browser(firm, address, "client") as client, browser(firm, address, "coach") as coach:

        async def sends(who: Browser, what: str, **fields: str) -> Response:
            await firm.runner.catch_up()
            return await who.client.post(at, data={"what": what, **fields})

        async def does(who: Browser, what: str, **fields: str) -> None:
            answer = await sends(who, what, **fields)
            assert answer.headers.get("location") == f"{at}?done={what}", answer.text

        await does(client, "nominate", name="Ada", email="ada@corvane.example", group="other")
        again = await sends(client, "nominate", name="Ida", email="ada@corvane.example", group="peer")
        assert (again.status_code, 'value="Ida"' in again.text, "nominated already" in again.text) == (422, True, True)
        assert "Waits for you: a rater is proposed" in (await coach.shown("/assessments")).words
        (ada,) = (await firm.seen("client", survey.at))["raters"]
        await does(coach, "decide", rater_id=ada["id"], group="peer", approved="yes")
        await survey.answer(await survey.link(UUID(ada["id"])), 4, 4, 4)
        for name in ("Bo", "Cy"):
            await survey.answered(name, "peer", 3, 3, 3)
        await survey.answered("Dee", "other", 1, 1, 1)
        short = await sends(coach, "close", reason="short")
        assert (short.status_code, 'value="short"' in short.text) == (422, True)
        await does(coach, "close", reason="Everybody whom we need has answered.")
        assert "Waits for you: show the results" in (await coach.shown("/assessments")).words
        await does(coach, "release")
        assert "Others, Delegating" in (await client.shown(at)).words
        early = await sends(coach, "debrief", held_on="2001-01-01")
        assert (early.status_code, "after the assessment has closed" in early.text) == (422, True)
        await does(coach, "debrief")
        await does(coach, "identify", competency="delegation", need_class="challenge", source="rater_feedback", client_agrees="yes")
        assert "Delegating Challenge agrees" in (await client.shown(at)).words


async def test_an_organization_asks_by_a_questionnaire_of_its_own(firm: Firm) -> None:
    await firm.engage()
    at = f"/v1/organizations/{firm.tenant}"
    own = {
        "code": "corvane_compass",
        "label": "Corvane compass",
        "licence": "Corvane Ltd., licence 2026-14",
        "lowest": 0,
        "anchors": ["not yet", "at times", "always"],
        "competencies": [{"competency": "courage", "label": "Courage", "statements": [{"own": "I say no.", "of_others": "They say no."}]}],
    }
    for who in ("client", "sponsor", "auditor"):
        assert (await firm.post(who, f"{at}/add-instrument", own)).status_code == 403, who
    taken = await firm.post("coach", f"{at}/add-instrument", own | {"code": "throughline_leadership"})
    assert (taken.status_code, taken.json()["code"]) == (409, "instrument_code_taken")
    twice = await firm.post("coach", f"{at}/add-instrument", own | {"competencies": own["competencies"] * 2})
    assert (twice.status_code, twice.json()["code"]) == (422, "competency_named_twice")
    await firm.done("coach", f"{at}/add-instrument", own)

    listed = {one["code"]: one for one in (await firm.seen("client", "/v1/instruments"))["items"]}
    assert {code: one["brought_by"] for code, one in listed.items()} == {
        "corvane_compass": "organization",
        "throughline_leadership": "product",
    }
    shown = await firm.seen("integration", "/v1/instruments/corvane_compass")
    assert shown == listed["corvane_compass"]
    assert (shown["version"], [point["point"] for point in shown["scale"]], shown["scoring"]["classes"]) == (1, [0, 1, 2], "johari@1")
    assert shown["competencies"][0]["items"] == [{"item": "courage_1", "own": "I say no.", "of_others": "They say no."}]
    unknown = await firm.get("coach", "/v1/instruments/nobody_knows_it")
    assert (unknown.status_code, unknown.json()["facts"]) == (404, {"known": list(listed)})

    assessment = await launch(firm, instrument="corvane_compass", competencies=[])
    await firm.done("coach", f"{at}/retire-instrument", {"code": "corvane_compass"})
    assert [one["statement"] for one in (await firm.seen("client", assessment))["asks"]["competencies"][0]["items"]] == ["I say no."]
    await firm.done("client", f"{assessment}/submit-self-assessment", {"answers": {"courage_1": 0}})
    again = {"engagement_id": firm.ids["engagement"], "instrument": "corvane_compass"}
    refused = await firm.post("coach", "/v1/assessments", again)
    assert (refused.status_code, refused.json()["facts"]) == (422, {"known": ["throughline_leadership"]})
