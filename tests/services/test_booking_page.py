"""Booking and moving sessions on their pages: what is refused stands beside its form, which keeps what was entered."""

from __future__ import annotations

from httpx import Response

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_booking import another, at, book
from tests.services.test_session_page import Browser, browser

TEN = "2198-03-04T10:00"
"""By the clock of Berlin, as a browser's field sends it: nine o'clock UTC."""


async def asked(who: Browser, **fields: str) -> Response:
    given = {"what": "book", "engagement_id": who.firm.ids["engagement"], "starts_at": TEN, "minutes": "60", "every": "", "times": ""}
    return await who.client.post("/sessions", data=given | fields)


def entered(page: Markup) -> dict[str, str]:
    return {one.attributes["name"]: one.attributes.get("value", "") for one in page.all("input") if "name" in one.attributes}


def alarms(page: Markup) -> set[str]:
    """The fields that are marked as wrong."""
    return {one.attributes["name"] for one in page.elements if one.attributes.get("aria-invalid") == "true"}


async def test_a_session_and_a_series_are_booked_by_a_form_and_a_clash_says_when(engaged: Firm, address: str) -> None:
    other = await another(engaged, "second-client")
    async with browser(engaged, address, "coach") as coach, browser(engaged, address, "client") as client:
        shown = await coach.shown("/sessions")
        assert {one.attributes["value"] for one in shown.all("option")} >= {engaged.ids["engagement"], other}
        assert (await asked(coach)).headers.get("location") == "/sessions?done=book"
        assert "4 Mar 2198, 10:00" in (await client.shown("/sessions")).words

        clash = await asked(coach, engagement_id=other, starts_at="2198-03-04T10:30", minutes="45", kind="closing")
        page = Markup(clash.text)
        assert (clash.status_code, "2198-03-04 from 10:30 to 11:00 (Europe/Berlin)" in page.words) == (409, True)
        assert (alarms(page), entered(page)["starts_at"], entered(page)["minutes"]) == ({"starts_at"}, "2198-03-04T10:30", "45")
        chosen = [one.attributes["value"] for one in page.all("option") if "selected" in one.attributes]
        assert chosen == [other, "closing", "", ""]

        many = await asked(client, every="week", times="9", starts_at="2198-03-05T10:00")
        assert (many.status_code, alarms(Markup(many.text)), "book so many, or agree on more" in many.text) == (409, {"times"}, True)
        assert (await asked(client, every="week", times="3", starts_at="2198-03-05T10:00")).headers["location"] == "/sessions?done=series"
        assert (await client.shown("/sessions")).words.count("one of a series") == 3


async def test_what_cannot_be_read_of_a_booking_is_named_beside_its_field(engaged: Firm, address: str) -> None:
    async with browser(engaged, address, "coach") as coach:
        await coach.shown("/sessions")
        for fields, wrong, said in (
            ({"starts_at": "tomorrow"}, "starts_at", "Expected a moment"),
            ({"starts_at": ""}, "starts_at", "This field is required."),
            ({"minutes": "long"}, "minutes", "A whole number."),
            ({"every": "week", "times": ""}, "times", "A whole number."),
            ({"starts_at": "2198-03-04T10:03"}, "starts_at", "five minutes of the clock"),
        ):
            answer = await asked(coach, **fields)
            page = Markup(answer.text)
            assert (alarms(page), said in page.words, entered(page)["starts_at"]) == ({wrong}, True, fields.get("starts_at", TEN)), fields
        assert (await engaged.seen("coach", "/v1/sessions"))["items"] == []
    async with browser(engaged, address, "program_manager") as manager:
        assert (await manager.shown("/sessions")).all("select") == []
        assert (await asked(manager)).status_code == 403


async def test_a_session_is_moved_by_a_form_that_comes_back_when_it_is_refused(engaged: Firm, address: str) -> None:
    engaged.ids["session"] = await book(engaged)
    await book(engaged, minutes=120)
    async with browser(engaged, address, "client") as client:
        move = {"from": at().replace("Z", "+00:00"), "to": "2198-03-04T11:30", "minutes": "60", "reason": "The train is late again."}
        refused = await client.sent("move", **move)
        page = Markup(refused.text)
        assert (refused.status_code, alarms(page), entered(page)["to"]) == (409, {"to"}, "2198-03-04T11:30")
        assert [one.attributes for one in page.all("details") if "open" in one.attributes]
        assert "from 12:00 to 12:30" in page.words
        wordless = await client.sent("move", **move | {"to": "2198-03-05T10:00", "reason": ""})
        assert (wordless.status_code, "Say why" in wordless.text) == (422, True)
        await client.says("move", **move | {"to": "2198-03-05T10:00"})
        assert "5 Mar 2198, 10:00" in (await client.shown()).words
