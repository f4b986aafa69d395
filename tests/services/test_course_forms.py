"""The forms by which a coaching's needs are asked for, and by which it rests and ends: who finds them, and what they do."""

from __future__ import annotations

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from domain.errors.engagement import FinalEvaluationMissing, ObjectivesOpen
from domain.errors.program import EndEngagementFirst
from services.problems import meaning_of
from tests.services.firm import LATER, Firm
from tests.services.markup import Markup
from tests.services.test_pause import agreed
from tests.services.test_session_page import Browser, browser

__all__ = ["agreed"]


class Party(Browser):
    """Somebody who is signed in, and sends forms of the coaching's page."""

    @property
    def path(self) -> str:
        return f"/engagements/{self.firm.ids['engagement']}"


async def party(stack: AsyncExitStack, firm: Firm, address: str, who: str) -> Party:
    return Party(firm, (await stack.enter_async_context(browser(firm, address, who))).client)


async def test_a_coach_launches_a_needs_assessment_by_its_form(firm: Firm, address: str) -> None:
    await firm.engage()
    asked = {"instrument": "throughline_leadership", "language": "en", "kind": "feedback_360"}
    async with AsyncExitStack() as stack:
        coach, client = [await party(stack, firm, address, who) for who in ("coach", "client")]
        assert "launch" in await coach.offered()
        assert "launch" not in await client.offered()
        assert (await client.sent("launch", **asked)).status_code == 403
        ticked = [one.attributes["value"] for one in (await coach.shown()).all("input") if one.attributes.get("name") == "competencies"]
        assert len(ticked) > 2
        again = await coach.sent("launch", **asked, opens_on=LATER, closes_on="2199-01-01")
        assert again.status_code == 422
        assert "An assessment closes on the day it opens or later" in again.text
        made = await coach.sent("launch", **asked, competencies=ticked[:2], closes_on=LATER)
        assert made.status_code == 303, made.text
        place = urlsplit(made.headers["location"]).path
        await firm.runner.catch_up()
        found = await firm.seen("coach", f"/v1{place}")
        assert (found["kind"], found["closes_on"], found["engagement_id"]) == ("feedback_360", LATER, firm.ids["engagement"])
        assert place in (await coach.shown()).addresses


async def test_a_coaching_rests_goes_on_and_ends_by_its_forms(firm: Firm, address: str) -> None:
    await firm.engage()
    at = f"/v1/engagements/{firm.ids['engagement']}"
    async with AsyncExitStack() as stack:
        parties = ("coach", "client", "sponsor", "program_manager")
        coach, client, sponsor, manager = [await party(stack, firm, address, who) for who in parties]
        assert {"pause", "complete", "end"} <= await coach.offered()
        assert await client.offered() & {"pause", "complete", "end", "cancel"} == {"pause", "end"}
        assert await sponsor.offered() == {"end"}
        early = await coach.sent("pause", reason_code="absence", until="2020-01-01")
        assert (early.status_code, "The end that is foreseen for a pause must lie after today." in early.text) == (422, True)
        await client.says("pause", reason="Ill until the spring.", until=LATER)
        paused = await firm.seen("coach", at)
        assert paused["stage"] == "paused"
        assert await coach.offered() & {"pause", "resume", "complete", "end"} == {"resume", "end"}
        await coach.says("resume", reason_code="absence")
        open_yet = await coach.sent("complete", sustainment_plan="A talk each month.")
        assert (open_yet.status_code, meaning_of(FinalEvaluationMissing) in open_yet.text) == (422, True)
        assert "A talk each month." in open_yet.text
        unsaid = await sponsor.sent("end")
        assert unsaid.status_code == 422
        await sponsor.says("end", reason="The budget of the year is spent.")
        noticed = await firm.seen("coach", at)
        assert (noticed["stage"], noticed["notice"]["given_by"]) == ("active", "sponsor")
        assert "Ends early" in (await client.shown()).words
        assert await client.offered() & {"end", "keep"} == set()
        await manager.says("keep", reason="The budget was found after all.")
        assert (await firm.seen("coach", at))["notice"] is None
        await manager.says("end", reason="The budget of the year is spent.")
        assert (await firm.seen("coach", at))["stage"] == "ended_early"
        assert await coach.offered() & {"pause", "resume", "complete", "end", "cancel", "launch"} == set()


async def test_a_coaching_is_completed_by_its_form_once_everything_is_judged(agreed: Firm, address: str) -> None:
    firm, at = agreed, f"/v1/engagements/{agreed.ids['engagement']}"
    async with browser(firm, address, "coach") as signed_in:
        coach = Party(firm, signed_in.client)
        again = await coach.sent("complete", sustainment_plan="One review a quarter.")
        assert (again.status_code, meaning_of(ObjectivesOpen) in again.text, "One review a quarter." in again.text) == (422, True, True)
        judged = {"objective_id": firm.ids["Hold twelve one-to-ones a month"], "outcome": "attained"}
        await firm.done("client", f"/v1/plans/{firm.ids['plan']}/conclude-objective", judged)
        final = {"engagement_id": firm.ids["engagement"], "kind": "final", "point": "end", "due_on": LATER}
        made = await firm.done("coach", "/v1/evaluations", final)
        await firm.done("client", f"/v1/evaluations/{made['id']}/record-evaluation", {"plan_version": 1, "effectiveness": 5})
        await coach.says("complete", sustainment_plan="One review a quarter.")
        page = await coach.shown(f"{coach.path}?done=complete")
        assert "The coaching is completed." in page.words
        assert await coach.offered() == set()
    assert (await firm.seen("client", at))["stage"] == "completed"


async def test_a_coaching_that_has_not_begun_is_cancelled_by_its_form(firm: Firm, address: str) -> None:
    made = await firm.done("program_manager", "/v1/engagements", {"client_id": firm.ids["client"]})
    firm.ids["engagement"] = made["id"]
    async with AsyncExitStack() as stack:
        manager, client = [await party(stack, firm, address, who) for who in ("program_manager", "client")]
        assert await manager.offered() & {"pause", "complete", "end", "cancel"} == {"cancel"}
        unsaid = await manager.sent("cancel", reason="No.")
        assert (unsaid.status_code, "No." in unsaid.text) == (422, True)
        await client.says("cancel", reason="I leave the firm in May.")
        assert (await firm.seen("program_manager", f"/v1/engagements/{made['id']}"))["stage"] == "cancelled"
        assert await manager.offered() & {"cancel", "assign"} == set()


async def test_a_manager_gives_the_seat_of_a_participant_back_by_a_form(firm: Firm, address: str) -> None:
    await firm.engage()
    place, at = f"/programs/{firm.ids['program']}", f"/v1/engagements/{firm.ids['engagement']}"
    seat = {"what": "withdraw", "client_id": firm.ids["client"], "stage": "after_coaching"}
    async with browser(firm, address, "program_manager") as manager:
        coached = await manager.shown(place)
        assert "Withdraw a participant" not in coached.words, "who is coached keeps their seat"
        early = await manager.client.post(place, data={**seat, "reason_code": "absence"})
        assert (early.status_code, meaning_of(EndEngagementFirst) in Markup(early.text).words) == (409, True)
        await firm.done("program_manager", f"{at}/end-engagement-early", {"reason_code": "absence"})
        for shown in (place, f"{place}?cohort=nobodys"):  # whoever is listed on the page
            page = await manager.shown(shown)
            assert "Withdraw a participant" in page.words, shown
            assert [one.attributes["value"] for one in page.all("option")].count(firm.ids["client"]) == 2, shown
        unsaid = await manager.client.post(place, data=seat)
        assert unsaid.status_code == 422
        done = await manager.client.post(place, data={**seat, "reason": "Leaves the firm in May."})
        assert done.headers.get("location") == f"{place}?done=withdraw", done.text
        page = await manager.shown(f"{place}?done=withdraw")
        assert "The seat is given back." in page.words
        assert "0 of 10 taken" in page.words
