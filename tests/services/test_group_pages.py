"""The pages of a group: somebody is added and taken out by forms, and the coach ticks who was there."""

from __future__ import annotations

from litestar import Litestar

from tests.services.firm import Firm
from tests.services.grouping import at_group, book, grouped, promise
from tests.services.test_session_page import Browser, browser


class Group(Browser):
    """Somebody who is signed in, and sends forms of the coaching's page."""

    @property
    def path(self) -> str:
        return f"/engagements/{self.firm.ids['engagement']}"


def choices(page: object, field: str) -> set[str]:
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == field} - {""}  # type: ignore[attr-defined]


async def test_a_group_is_led_by_forms(app: Litestar, firm: Firm, address: str) -> None:
    await grouped(app, firm)
    ids = firm.ids
    ids["ahead"] = await book(app, firm, hours=3)
    async with browser(firm, address, "program_manager") as opened, browser(firm, address, "coach") as coach:
        manager = Group(firm, opened.client)
        page = await manager.shown()
        clients = {one.attributes["value"] for one in page.all("option")}
        assert {ids["cleo"], ids["otto"], ids["ben"], ids["eve"]} <= clients, "two may join, two may leave"
        assert ids["client"] not in clients
        assert "Person eve since" in page.words
        assert "has yet to sign" not in page.words
        await manager.says("add", client_id=ids["cleo"])
        assert "has yet to sign" in (await manager.shown()).words
        again = await manager.sent("add", client_id=ids["cleo"])
        assert again.status_code == 409
        unsaid = await manager.sent("remove", client_id=ids["eve"])
        assert unsaid.status_code == 422
        await manager.says("remove", client_id=ids["eve"], reason_code="absence")
        members = (await firm.seen("coach", at_group(firm)))["company"]["members"]
        assert {one["client_id"] for one in members if one["left_on"] is None} == {ids["ben"], ids["cleo"]}

        ids["session"] = ids["ahead"]
        there = choices(await coach.shown(), "attended")
        assert there == {ids["client"], ids["ben"], ids["cleo"]}
        nobody = await coach.sent("complete", minutes="60", attended="")
        assert (nobody.status_code, "Who was there" in nobody.text) == (400, True)
        await coach.says("complete", minutes="60", attended=["", ids["client"], ids["ben"]])
        held = (await firm.seen("coach", f"/v1/sessions/{ids['session']}"))["held"]
        assert (set(held["attended"]), held["participants"]) == ({ids["client"], ids["ben"]}, 2)


async def test_a_member_finds_the_group_on_its_pages_and_no_form_that_is_not_theirs(app: Litestar, firm: Firm, address: str) -> None:
    await grouped(app, firm)
    async with browser(firm, address, "ben") as ben:
        page = await Group(firm, ben.client).shown()
        assert "Each signs, consents and rates for themselves" in page.words
        offered = {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}
        assert offered == {"grant"}
        assert "Person client and 2 more" in page.words
        assert "Person client and 2 more with Person coach" in (await ben.shown()).words
        handover = await ben.shown(f"{Group(firm, ben.client).path}/handover")
        assert [one.attributes["value"] for one in handover.all("input") if one.attributes.get("name") == "what"] == ["consent"]
        assert await ben.offered() == {"commit", "rate", "reflect"}
        assert "Person client and 2 more" in (await ben.shown(f"/plans/{firm.ids['plan']}")).words
        theirs = await promise(firm, "eve")
        own = await promise(firm, "ben")
        offered = await ben.shown(f"/plans/{firm.ids['plan']}")
        done = {one.attributes["value"] for one in offered.all("input") if one.attributes.get("name") == "action_id"}
        assert (own in done, theirs in done, "Answer them" in offered.words) == (True, False, False)
        owners = [one.attributes["value"] for one in (await ben.shown()).all("option") if one.attributes["value"] in firm.ids.values()]
        assert set(owners) == {firm.ids["ben"]}
        listed = await ben.shown("/engagements")
        assert f"/engagements/{firm.ids['engagement']}" in listed.addresses
        for path in ("/engagements", "/sessions", "/plans", f"/plans/{firm.ids['plan']}", f"{Group(firm, ben.client).path}/agreement"):
            await ben.shown(path)


async def test_whose_each_consent_is_and_what_the_sponsor_sees_of_them(app: Litestar, firm: Firm, address: str) -> None:
    await grouped(app, firm)
    grant, path = f"{at_group(firm)}/grant-disclosure-consent", f"/engagements/{firm.ids['engagement']}"
    for who, subjects in (("client", ["attendance", "progress"]), ("ben", ["attendance"])):
        await firm.done(who, grant, {"subjects": subjects, "recipient": {"role": "sponsor"}})
    async with browser(firm, address, "coach") as coach, browser(firm, address, "ben") as ben:
        words = (await coach.shown(path)).words
        assert "Today they see nothing beside the agreement" in words
        assert ("Let by Person client" in words, "Let by Person ben" in words) == (True, True)
        await firm.done("eve", grant, {"subjects": ["attendance"], "recipient": {"role": "sponsor"}})
        await firm.seen("coach", at_group(firm))
        assert "Today everybody lets them see:" in (await coach.shown(path)).words
        assert "Let by" not in (await ben.shown(path)).words
