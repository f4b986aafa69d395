"""The pages of evaluations: to judge by, and to take note of, without a script."""

from __future__ import annotations

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_session_page import Browser, browser
from tests.services.test_sponsor import active


async def test_client_and_coach_judge_and_the_client_takes_note(planned: Firm, address: str) -> None:
    await active(planned)
    point = {"engagement_id": planned.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-15"}
    id = (await planned.done("coach", "/v1/evaluations", point))["id"]
    at, meet = f"/evaluations/{id}", planned.ids["Meet"]
    async with browser(planned, address, "coach") as coach, browser(planned, address, "client") as client:
        listed = await coach.shown("/evaluations")
        assert [one.attributes["href"] for one in listed.all("a") if one.attributes["href"].startswith("/evaluations/")] == [at]
        assert await offered(coach, at) == {"record"}
        worth = {f"worth.{meet}.{part}": value for part, value in (("value", "1200.50"), ("currency", "EUR"), ("attribution", "50"))}
        given = {"what": "record", "plan_version": "1", "effectiveness": "4", f"rating.{meet}": "3", "level.1": "5", "summary": "It helps"}
        half = await coach.client.post(at, data=given | worth)
        assert (half.status_code, "A whole number." in half.text) == (400, True)
        kept = {one.attributes["name"]: one.attributes.get("value") for one in Markup(half.text).all("input") if "name" in one.attributes}
        assert kept[f"worth.{meet}.value"] == "1200.50"
        wrong = {one.attributes["name"] for one in Markup(half.text).elements if one.attributes.get("aria-invalid") == "true"}
        assert wrong == {f"worth.{meet}.confidence"}
        done = await coach.client.post(at, data=given | worth | {f"worth.{meet}.confidence": "80"})
        assert done.headers.get("location") == f"{at}?done=record", done.text
        assert await offered(coach, at) == {"point", "worth", "summary"}
        await corrected_by_forms(coach, at, meet)

        assert await offered(client, at) == {"record", "acknowledge"}
        shown = await client.shown(at)
        assert "900 EUR 40 % of it put down to the coaching, 70 % sure" in shown.words
        (seen,) = [one.attributes["value"] for one in shown.all("input") if one.attributes.get("name") == "seen"]
        done = await client.client.post(at, data={"what": "acknowledge", "seen": seen})
        assert done.headers.get("location") == f"{at}?done=acknowledge", done.text
        assert await offered(client, at) == {"record"}
    async with browser(planned, address, "sponsor") as sponsor:
        page = await sponsor.shown(at)
        assert "What was judged is not for you" in page.words
        assert "It helps" not in page.words


async def corrected_by_forms(coach: Browser, at: str, meet: str) -> None:
    """One thing at a time; what is refused keeps what was chosen."""
    page = await coach.shown(at)
    version = next(one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "corrects_version")
    seen = next(one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "seen")
    why = {"corrects_version": version, "reason": "I had taken it for another one."}
    for sent, status, said in (
        ({"what": "point", "about": f"rating.{meet}=3", "to": "5", "reason": "short"}, 422, "Say why"),
        ({"what": "point", "about": f"rating.{meet}=2", "to": "5"}, 409, "You changed this since"),
        ({"what": "worth", "about": f"benefit.{meet}=1200.50 eur 50 80", "value": "many", "currency": "eur"}, 400, "A whole number."),
    ):
        refused = await coach.client.post(at, data=why | sent)
        assert (refused.status_code, said in Markup(refused.text).words) == (status, True), refused.text
    worth = {"value": "900", "currency": "EUR", "attribution": "40", "confidence": "70"}
    for sent in (
        {"what": "point", "about": f"rating.{meet}=3", "to": "5"},
        {"what": "point", "about": "effectiveness=4", "to": "2"},
        {"what": "point", "about": "level.2=", "to": "4"},
        {"what": "point", "about": "level.1=5", "to": ""},
        {"what": "worth", "about": f"benefit.{meet}=1200.50 eur 50 80", **worth},
        {"what": "summary", "to": "It helps, slowly", "seen": seen},
    ):
        done = await coach.client.post(at, data=why | sent)
        assert done.headers.get("location") == f"{at}?done={sent['what']}", done.text
    words = (await coach.shown(at)).words
    for said in ("By the coach corrected", "Effectiveness2 of 5", "Was something learned?4 of 5", "It helps, slowly"):
        assert said in words
    assert "Did the client like it?5 of 5" not in words


async def offered(who: Browser, at: str) -> set[str]:
    page = await who.shown(at)
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}


async def test_a_sponsor_reads_and_corrects_what_they_judged_and_nothing_of_the_others(planned: Firm, address: str) -> None:
    await active(planned)
    point = {"engagement_id": planned.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-15"}
    id = (await planned.done("coach", "/v1/evaluations", point | {"evaluators": ["coach", "sponsor"]}))["id"]
    at = f"/v1/evaluations/{id}"
    await planned.done("coach", f"{at}/record-evaluation", {"plan_version": 1, "effectiveness": 5, "summary": "canary of the coach"})
    assert (await planned.seen("sponsor", at))["judgements"] == {"withheld": True}
    await planned.done("sponsor", f"{at}/record-evaluation", {"plan_version": 1, "effectiveness": 2, "summary": "Seen little so far"})
    async with browser(planned, address, "sponsor") as sponsor:
        assert await offered(sponsor, f"/evaluations/{id}") == {"point", "worth", "summary"}
    (own,) = (await planned.seen("sponsor", at))["judgements"]
    assert (own["evaluator"], own["effectiveness"], own["summary"]) == ("sponsor", 2, "Seen little so far")
    why = {"corrects_version": own["version"], "reason": "I was told of more since."}
    correction = {"field": "summary", "to": "Seen enough", "seen": own["touched"]}
    await planned.done("sponsor", f"{at}/correct-evaluation", why | {"correction": correction})
    shown = await planned.seen("sponsor", at)
    assert [(one["evaluator"], one["summary"], one["corrected"]) for one in shown["judgements"]] == [("sponsor", "Seen enough", True)]
    assert "canary of the coach" not in str(shown)
