"""The page of a plan's exercises: offered, answered and taken back by forms."""

from __future__ import annotations

from tests.services.firm import LATER, Firm
from tests.services.markup import Markup
from tests.services.test_session_page import browser


async def test_a_coach_offers_what_the_client_answers_for_both_or_alone(planned: Firm, address: str) -> None:
    at = f"/plans/{planned.ids['plan']}/exercises"
    async with browser(planned, address, "coach") as coach, browser(planned, address, "client") as client:
        assert at in (await coach.shown(f"/plans/{planned.ids['plan']}")).addresses
        offer = {
            "what": "offer",
            "kind": "worksheet",
            "title": "A week of talks",
            "questions": "Who spoke?\r\n\r\nWhat <b>did</b> you do?\r\n",
        }
        empty = await coach.client.post(at, data=offer | {"questions": " "})
        page = Markup(empty.text)
        assert (empty.status_code, "A week of talks" in empty.text) == (400, True)
        assert [one.attributes["name"] for one in page.elements if one.attributes.get("aria-invalid") == "true"] == ["questions"]
        for title in ("A week of talks", "Alone", "By mistake"):
            done = await coach.client.post(at, data=offer | {"title": title, "due_on": LATER, "objective_ids": [planned.ids["Meet"]]})
            assert done.headers.get("location") == f"{at}?done=offer", done.text
        shown = await client.shown(at)
        mistake, alone, both = [one.attributes["value"] for one in shown.all("input") if one.attributes.get("name") == "exercise_id"]
        assert "What <b>did</b> you do?" in shown.words

        answer = {"what": "answer", "exercise_id": both, "answer.0": "", "answer.1": "I listened.\r\nTwice.", "visibility": "shared"}
        foreign = await client.client.post(at, data=answer | {"visibility": "private_coach"})
        assert (foreign.status_code, "I listened." in foreign.text) == (422, True)
        for sent in (answer, answer | {"exercise_id": alone, "answer.0": "Nobody but me.", "visibility": "private_client"}):
            done = await client.client.post(at, data=sent)
            assert done.headers.get("location") == f"{at}?done=answer", done.text
        await client.shown(at)  # its form is not offered any more
        twice = Markup((await client.client.post(at, data=answer)).text)
        assert [one.attributes.get("role") for one in twice.elements if one.attributes.get("class") in {"wrong", "unheard"}] == [None]
        assert "answered already, or withdrawn" in twice.words
        withdraw = {"what": "withdraw", "exercise_id": mistake, "reason": "It was meant for somebody else."}
        done = await coach.client.post(at, data=withdraw)
        assert done.headers.get("location") == f"{at}?done=withdraw", done.text

        words = (await coach.shown(at)).words
        assert all(one in words for one in ("I listened. Twice.", "left out", "Taken back"))
        assert "Nobody but me." not in words
        assert "Nobody but me." in (await client.shown(at)).words
        assert (await client.client.post(at, data=offer)).status_code == 403
    for who, status in (("sponsor", 403), ("stranger", 404)):
        async with browser(planned, address, who) as other:
            assert (await other.client.get(at)).status_code == status, who
