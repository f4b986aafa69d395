"""The pages of evaluations: to judge by, and to take note of, without a script."""

from __future__ import annotations

from tests.services.firm import Firm
from tests.services.test_coaching_page import Browser, browser
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
        done = await coach.client.post(at, data=given | worth | {f"worth.{meet}.confidence": "80"})
        assert done.headers.get("location") == f"{at}?done=record", done.text
        assert await offered(coach, at) == set()

        assert await offered(client, at) == {"record", "acknowledge"}
        shown = await client.shown(at)
        assert "50 % of it put down to the coaching, 80 % sure" in shown.words
        (seen,) = [one.attributes["value"] for one in shown.all("input") if one.attributes.get("name") == "seen"]
        done = await client.client.post(at, data={"what": "acknowledge", "seen": seen})
        assert done.headers.get("location") == f"{at}?done=acknowledge", done.text
        assert await offered(client, at) == {"record"}
    async with browser(planned, address, "sponsor") as sponsor:
        page = await sponsor.shown(at)
        assert "What was judged is not for you" in page.words
        assert "It helps" not in page.words


async def offered(who: Browser, at: str) -> set[str]:
    page = await who.shown(at)
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}
