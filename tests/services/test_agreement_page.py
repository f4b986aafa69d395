"""The page of an agreement: versions, signatures with their digest, what is agreed anew, and when the sides met."""

from __future__ import annotations

from httpx import AsyncClient

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_agreement import ATTENDANCE, TERMS, WHY
from tests.waiting import PATIENCE_SECONDS

POINTS = "Lead the new team <as one>."


async def shown(firm: Firm, address: str, who: str, path: str) -> Markup:
    await firm.runner.catch_up()
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address}) as client:
        assert (await client.post("/sign-in", data={"key": firm.keys[who]})).status_code == 303
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return Markup(answer.text)


async def agreed_anew(firm: Firm) -> dict[str, str]:
    """New terms that only the client has signed, and a meeting. Answers with the digests of both versions."""
    at = f"/v1/engagements/{firm.ids['engagement']}"
    meeting = {"kind": "start", "attendees": ["client", "coach", "sponsor"], "agreed_points": POINTS}
    await firm.done("coach", f"{at}/hold-alignment-meeting", meeting)
    await firm.done("sponsor", f"{at}/open-recontracting", {"changes": ["sessions", "information_flows"], **WHY})
    read = (await firm.seen("coach", at))["agreement"]
    await firm.done("coach", f"{at}/draft-agreement", {**TERMS, "information_flows": ATTENDANCE, "seen": read["seen"]})
    new = (await firm.seen("client", at))["amendment"]["digest"]
    await firm.done("client", f"{at}/sign-agreement", {"digest": new})
    return {"old": read["digest"], "new": new}


async def test_it_shows_which_terms_rule_and_who_has_yet_to_sign(engaged: Firm, address: str) -> None:
    digests = await agreed_anew(engaged)
    page = await shown(engaged, address, "client", f"/engagements/{engaged.ids['engagement']}/agreement")
    assert "it is agreed anew on sessions, information flows" in page.words
    assert "Waits for signatures" in page.words
    assert "Yet to sign: coach, sponsor." in page.words
    assert "In force, since" in page.words
    assert digests["old"] in page.words
    assert digests["new"] in page.words
    assert page.words.index("Version 2") < page.words.index("Version 1")
    assert POINTS in page.words
    assert TERMS["text"] in page.words


async def test_what_the_sides_agreed_on_is_withheld_from_a_sponsor_and_no_stranger_finds_the_page(engaged: Firm, address: str) -> None:
    await agreed_anew(engaged)
    path = f"/engagements/{engaged.ids['engagement']}/agreement"
    for who in ("sponsor", "program_manager", "auditor"):
        page = await shown(engaged, address, who, path)
        assert POINTS not in page.words
        assert "withheld" in page.words
    assert (await engaged.get("stranger", path)).status_code == 404


async def test_the_plan_leads_to_it(planned: Firm, address: str) -> None:
    page = await shown(planned, address, "client", f"/plans/{planned.ids['plan']}")
    assert f"/engagements/{planned.ids['engagement']}/agreement" in page.addresses


async def test_who_asked_to_agree_anew_takes_it_back_while_nothing_was_put_down(engaged: Firm, address: str) -> None:
    at, page = f"/v1/engagements/{engaged.ids['engagement']}", f"/engagements/{engaged.ids['engagement']}/agreement"
    await engaged.done("sponsor", f"{at}/open-recontracting", {"changes": ["sessions"], **WHY})
    assert "Leave the terms as they are" not in (await shown(engaged, address, "client", page)).words
    others = await engaged.post("client", f"{at}/withdraw-recontracting", WHY)
    assert (others.status_code, others.json()["code"]) == (403, "not_permitted")
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address}) as browser:
        assert (await browser.post("/sign-in", data={"key": engaged.keys["sponsor"]})).status_code == 303
        unsaid = await browser.post(page, data={"what": "take_back"})
        assert unsaid.status_code == 422
        assert (await browser.post(page, data={"what": "take_back", **WHY})).status_code == 303
    assert "agreed anew" not in (await shown(engaged, address, "sponsor", page)).words
    again = await engaged.post("sponsor", f"{at}/withdraw-recontracting", WHY)
    assert (again.status_code, again.json()["code"]) == (409, "recontracting_not_open")
    await engaged.done("sponsor", f"{at}/open-recontracting", {"changes": ["sessions"], **WHY})
    await engaged.done("sponsor", f"{at}/withdraw-recontracting", WHY)
    await agreed_anew(engaged)
    late = await engaged.post("sponsor", f"{at}/withdraw-recontracting", WHY)
    assert (late.status_code, late.json()["code"]) == (409, "recontracting_begun")
