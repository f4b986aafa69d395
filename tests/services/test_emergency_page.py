"""The pages of emergencies: asked for, answered and ended by forms, without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from httpx import AsyncClient, Response

from tests.services.glass import REASON, TITLE, Glass
from tests.services.markup import Markup
from tests.waiting import PATIENCE_SECONDS

OPEN = "Open now"


class Browser:
    """Somebody who is signed in, and sends only forms that stand on the page."""

    def __init__(self, glass: Glass, client: AsyncClient) -> None:
        self.glass = glass
        self.client = client
        self.path = f"/engagements/{glass.firm.ids['engagement']}/emergencies"

    async def shown(self, path: str = "") -> Markup:
        await self.glass.firm.runner.catch_up()
        answer = await self.client.get(path or self.path)
        assert answer.status_code == 200, answer.text
        return Markup(answer.text)

    async def offered(self) -> set[str]:
        page = await self.shown()
        return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}

    async def sent(self, what: str, origin: str = "", **fields: str) -> Response:
        named = {"emergency_id": self.glass.emergency} if what != "ask" else {}
        headers = {"Origin": origin or str(self.client.base_url).rstrip("/")}
        return await self.client.post(self.path, data={"what": what, **named, **fields}, headers=headers)


@asynccontextmanager
async def browser(glass: Glass, address: str, who: str) -> AsyncIterator[Browser]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address}) as client:
        assert (await client.post("/sign-in", data={"key": glass.firm.keys[who]})).status_code == 303
        yield Browser(glass, client)


async def test_it_is_asked_for_approved_and_ended_by_forms(glass: Glass, address: str) -> None:
    async with browser(glass, address, "program_manager") as asker, browser(glass, address, "admin") as second:
        plan = f"/plans/{glass.firm.ids['plan']}"
        assert asker.path in (await asker.shown(plan)).addresses
        assert await asker.offered() == {"ask"}
        asked = await asker.sent("ask", reason_code="danger", reason=REASON)
        assert asked.headers["location"] == f"{asker.path}?done=ask"
        assert "Give the address of this page to a second person" in (await asker.shown(asked.headers["location"])).words
        glass.emergency = (await glass.listed("client"))["items"][0]["emergency_id"]
        assert await asker.offered() == {"decline"}
        assert asker.path in (await second.shown("/emergencies")).addresses
        assert REASON in (await second.shown()).words
        assert await second.offered() == {"approve", "decline"}
        assert (await second.sent("approve")).headers["location"] == f"{asker.path}?done=approve"
        assert TITLE in (await asker.shown(plan)).words
        assert plan in (await asker.shown()).addresses
        assert await asker.offered() == await second.offered() == {"end"}
        assert OPEN in (await second.shown("/emergencies")).words
        assert (await second.sent("end")).headers["location"] == f"{asker.path}?done=end"
        assert TITLE not in (await asker.shown(plan)).words
        assert await asker.offered() == {"ask"}


async def test_client_coach_and_auditor_see_all_of_it_and_get_no_form(glass: Glass, address: str) -> None:
    await glass.open()
    for who, reads in (("client", True), ("coach", True), ("auditor", False)):
        async with browser(glass, address, who) as one:
            words = (await one.shown()).words
            assert (OPEN in words, REASON in words, await one.offered()) == (True, reads, set()), who
            assert OPEN in (await one.shown("/emergencies")).words
    for who in ("sponsor", "stranger", "integration"):
        async with browser(glass, address, who) as one:
            assert (await one.client.get(one.path)).status_code in {403, 404}, who
            assert (await one.sent("end")).status_code in {403, 404}, who
    async with browser(glass, address, "deputy") as other:
        assert await other.offered() == set()
        assert (await other.sent("end")).status_code == 403


async def test_what_is_refused_is_told_as_a_page(glass: Glass, address: str) -> None:
    async with browser(glass, address, "program_manager") as asker:
        again = await asker.sent("ask", reason_code="law", reason="because")
        assert again.status_code == 422
        for kept in ('value="because"', '<option value="law" selected>'):
            assert kept in again.text
        assert (await asker.sent("peek")).status_code == 400
        await glass.ask()
        own = await asker.sent("approve")
        assert (own.status_code, own.headers["content-type"]) == (403, "text/html; charset=utf-8")
        assert "another person" in Markup(own.text).words.lower()


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_no_other_site_answers(glass: Glass, address: str, origin: str) -> None:
    await glass.ask()
    async with browser(glass, address, "admin") as second:
        for what in ("approve", "decline", "end"):
            assert (await second.sent(what, origin)).status_code == 403
    assert (await glass.listed("client"))["items"][0]["standing"] == "waiting"
