"""The pages of coaching sessions: a session by its five steps, told by forms, without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from httpx import AsyncClient, Response

from tests.services.firm import LATER, Firm
from tests.services.markup import Markup
from tests.services.test_booking import book
from tests.services.test_coaching_session import begun
from tests.services.test_session_series import series
from tests.waiting import PATIENCE_SECONDS

__all__ = ["begun"]


class Browser:
    """Somebody who is signed in, and sends forms of the session's page."""

    def __init__(self, firm: Firm, client: AsyncClient) -> None:
        self.firm = firm
        self.client = client

    @property
    def path(self) -> str:
        return f"/sessions/{self.firm.ids['session']}"

    async def shown(self, path: str = "") -> Markup:
        await self.firm.runner.catch_up()
        answer = await self.client.get(path or self.path)
        assert answer.status_code == 200, answer.text
        return Markup(answer.text)

    async def offered(self) -> set[str]:
        page = await self.shown()
        return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}

    async def sent(self, what: str, **fields: str | list[str]) -> Response:
        await self.firm.runner.catch_up()
        return await self.client.post(self.path, data={"what": what, **fields})

    async def says(self, what: str, **fields: str | list[str]) -> None:
        answer = await self.sent(what, **fields)
        assert answer.headers.get("location") == f"{self.path}?done={what}", answer.text


@asynccontextmanager
async def browser(firm: Firm, address: str, who: str) -> AsyncIterator[Browser]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address}) as client:
        assert (await client.post("/sign-in", data={"key": firm.keys[who]})).status_code == 303
        yield Browser(firm, client)


async def test_a_session_goes_through_its_five_steps_by_forms(begun: Firm, address: str) -> None:
    plan = begun.ids["plan"]
    action = {"text": "Ask Ben", "owner": begun.ids["client"], "due_on": LATER, "objective_id": begun.ids["Meet"]}
    earlier = (await begun.done("client", f"/v1/plans/{plan}/commit-action", action))["item_id"]
    async with browser(begun, address, "coach") as coach, browser(begun, address, "client") as client:
        assert client.path in (await client.shown("/sessions")).addresses
        assert await client.offered() == {"agree", "insight", "commit", "review", "reflect", "note"}
        assert await coach.offered() == {"agree", "insight", "commit", "review", "complete", "no_show", "reflect", "note"}
        await client.says("agree", focus="The next talk", wanted_outcome="A first sentence", success_sign="", why="", seen="0")
        await coach.says("insight", text="I ask too late.", visibility="shared")
        await client.says("commit", plan=plan, session_id=begun.ids["session"], owner=begun.ids["client"], text="Ask earlier", due_on=LATER)
        await coach.says("review", action_id=earlier, outcome="partly", learning="Mornings work.")
        await coach.says("complete", minutes="45", steps=["agreement", "awareness", "actions"])
        await client.says("reflect", text="Slower is better.", visibility="private_client", seen="0")
        await coach.says("note", text="Shy today.", visibility="private_coach", seen="0")
        await client.says("rate", instrument="stars", score_stars="4", comment="It helped.")
        await client.says("rate", instrument="nps", score_nps="9")
        both = [
            "The next talk",
            "I ask too late.",
            "Ask earlier",
            "Mornings work.",
            "It took 45 minutes",
            "4 of 5",
            "9 of 10",
            "It helped.",
        ]
        for who, own, others in ((client, "Slower is better.", "Shy today."), (coach, "Shy today.", "Slower is better.")):
            page = await who.shown()
            assert [words for words in (*both, own) if words not in page.words] == []
            assert others not in page.words
        assert await client.offered() == {"insight", "commit", "reflect", "note", "rate"}
        assert await coach.offered() == {"insight", "commit", "reflect", "note", "correct"}
        await coach.says("correct", **{"from": "45", "to": "50"}, reason="We went on for a little.")
        assert "It took 50 minutes" in (await coach.shown()).words
        assert "Completed" in (await coach.shown("/sessions")).words


async def test_who_wrote_a_note_or_a_reflection_writes_it_anew_by_a_form_and_nobody_else_does(begun: Firm, address: str) -> None:
    async with browser(begun, address, "coach") as coach, browser(begun, address, "client") as client:
        await coach.says("note", text="Ask for Ben.", visibility="shared", seen="0")
        await client.says("reflect", text="Slow is good.", visibility="private_client", seen="0")
        [note] = hidden(await coach.shown(), "note_id")
        [reflection] = hidden(await client.shown(), "reflection_id")
        assert hidden(await client.shown(), "note_id") == []
        seen = (await begun.seen("coach", f"/v1{coach.path}"))["notes"][0]["seen"]
        again = await coach.sent("note", note_id=note, text="Ask for Ben and Eva.", visibility="sponsor", seen=str(seen))
        assert (again.status_code, again.text.count("Ask for Ben and Eva.")) == (422, 1)
        await coach.says("note", note_id=note, text="Ask for Eva.", visibility="shared", seen=str(seen))
        stale = await coach.sent("note", note_id=note, text="Ask for nobody.", visibility="shared", seen=str(seen))
        assert stale.status_code == 409
        seen = (await begun.seen("client", f"/v1{client.path}"))["notes"][0]["seen"]
        assert (await client.sent("note", note_id=note, text="Mine now.", visibility="shared", seen=str(seen))).status_code == 403
        seen = (await begun.seen("client", f"/v1{client.path}"))["reflections"][0]["seen"]
        await client.says("reflect", reflection_id=reflection, text="Slow is best.", visibility="private_client", seen=str(seen))
        page = await client.shown()
        for words in ("Ask for Eva.", "Slow is best.", "version 2"):
            assert words in page.words
        assert "Slow is good." not in page.words


def hidden(page: Markup, name: str) -> list[str]:
    return [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == name]


async def test_a_session_to_which_somebody_did_not_come_is_noted_by_a_form(begun: Firm, address: str) -> None:
    async with browser(begun, address, "coach") as coach:
        await coach.says("no_show", absent="client")
        assert "The client did not come." in (await coach.shown()).words
        assert await coach.offered() == {"note"}
    answer = await begun.post("coach", f"/v1/sessions/{begun.ids['session']}/record-session-no-show", {"absent": "coach"})
    assert (answer.status_code, answer.json()["code"]) == (409, "session_closed")


async def test_what_a_form_says_wrong_is_named_and_changes_nothing(begun: Firm, address: str) -> None:
    async with browser(begun, address, "client") as client, browser(begun, address, "coach") as coach:
        for who, what, fields, status in (
            (client, "shout", {}, 400),
            (client, "complete", {"minutes": "45"}, 403),
            (coach, "complete", {"minutes": "long"}, 400),
            (coach, "rate", {"instrument": "stars", "score_stars": "5"}, 403),
            (client, "note", {"text": "Mine.", "visibility": "sponsor", "seen": "0"}, 422),
            (client, "commit", {"plan": "none", "text": "Ask", "due_on": LATER}, 400),
        ):
            assert (await who.sent(what, **fields)).status_code == status, what
        assert (await begun.seen("coach", f"/v1/sessions/{begun.ids['session']}"))["version"] == 1


async def test_the_rest_of_a_series_is_called_off_by_a_form(engaged: Firm, address: str) -> None:
    engaged.ids["session"] = (await engaged.done("coach", "/v1/sessions", series(engaged, times=3)))["id"]
    async with browser(engaged, address, "client") as client:
        assert "one of a series" in (await client.shown("/sessions")).words
        await client.says("cancel", reason_code="absence", reason="", rest="yes")
        assert "No session is booked." in (await client.shown("/sessions")).words


async def test_those_who_do_not_meet_see_no_words_and_get_no_form_and_a_sponsor_sees_nothing(begun: Firm, address: str) -> None:
    async with browser(begun, address, "client") as client:
        await client.says("agree", focus="The next talk", wanted_outcome="A first sentence", seen="0")
    for who in ("program_manager", "auditor"):
        async with browser(begun, address, who) as other:
            assert "The next talk" not in (await other.shown()).words
            assert await other.offered() == set()
    for who in ("sponsor", "integration", "admin"):
        async with browser(begun, address, who) as other:
            for path in ("/sessions", other.path):
                answer = await other.client.get(path)
                assert answer.status_code in {403, 404}, (who, path)
                assert "next talk" not in answer.text
            assert (await other.sent("note", text="I was here.", visibility="shared", seen="0")).status_code == 403
    async with browser(begun, address, "stranger") as other:
        assert (await other.client.get(other.path)).status_code == 404
        assert "No session is booked." in (await other.shown("/sessions")).words
    assert await book(begun)
