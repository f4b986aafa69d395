"""What each reader finds in a report, and what is left out of it at the moment when it goes out."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.services.desk import Desk, activated, codes
from workers.report.writing import written


async def test_client_and_coach_get_every_word(desk: Desk) -> None:
    told = await desk.got("coach", "client", "coach")
    assert (told["client"], told["coach"], told["sponsor"]) == ("Person client", "Person coach", "Person sponsor")
    (objective,) = told["objectives"]
    assert (objective["title"], objective["target"], objective["measure"]["name"]) == ("Meet", "12", "One-to-ones held")
    assert told["left_out"] == []


SECRETS = ("Meet", "One-to-ones held")
EVERYTHING = ("objective_titles", "progress", "attainment", "evaluation_summary")


async def test_a_sponsor_gets_what_the_consent_grants_and_nothing_else(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(("progress",))
    told = await desk.got("coach", "sponsor")
    (objective,) = told["objectives"]
    assert (objective["title"], objective["target"], objective["progress"]) == ({"withheld": True}, "12", "0.5")
    assert (told["milestones"], told["indicators"], told["evaluations"]) == ([], [], [])
    assert "as_of_position" not in told
    assert codes(told) >= {"objective_titles", "attainment", "evaluation_summary", "milestones", "indicators"}
    assert "progress" not in codes(told)


async def test_without_consent_everything_is_withheld_and_nothing_fails(desk: Desk) -> None:
    await activated(desk.firm)
    told = await desk.got("coach", "sponsor")
    assert [word for word in SECRETS if word in str(told)] == []
    assert (told["objectives"], set(EVERYTHING) <= codes(told)) == ([], True)


async def test_a_consent_that_is_withdrawn_before_the_report_is_made_is_withheld(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(("objective_titles", "progress"))
    report = await desk.ask("coach", "sponsor")
    await desk.firm.consent(("objective_titles",), grant=False)
    await desk.make(report)
    told = (await desk.get("sponsor", report)).json()
    assert (told["objectives"][0]["title"], told["objectives"][0]["progress"]) == ({"withheld": True}, "0.5")
    assert {"what": "objective_titles", "reason": "consent_missing"} in told["left_out"]
    shown = await desk.firm.seen("coach", f"/v1/reports/{report}")
    assert shown["generated"]["suppressions"] == told["left_out"]


async def test_a_consent_that_is_withdrawn_while_the_report_is_made_is_withheld_or_keeps_it_back(desk: Desk) -> None:
    """Whichever is faster: the sponsor finds nothing that they were shown no consent for."""
    await activated(desk.firm)
    for _ in range(3):
        await desk.firm.consent(("objective_titles",))
        report = await desk.ask("coach", "sponsor")
        await asyncio.gather(desk.make(report), desk.firm.consent(("objective_titles",), grant=False))
        shown = await desk.firm.seen("sponsor", f"/v1/reports/{report}")
        if shown["file"] is not None:
            assert "Meet" not in (await desk.get("sponsor", report)).text


async def test_a_consent_that_is_withdrawn_between_reading_and_keeping_keeps_the_file_back(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(("objective_titles",))
    report = await desk.ask("coach", "sponsor")
    gathered = await desk.gather(report)
    await desk.firm.consent(("objective_titles",), grant=False)
    await desk.making.keep(desk.firm.tenant, gathered, written(gathered))
    assert (await desk.firm.seen("sponsor", f"/v1/reports/{report}"))["file"] is None


async def test_a_consent_that_is_withdrawn_afterwards_keeps_the_file_back_at_once(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(("objective_titles",))
    report = await desk.ask("coach", "sponsor")
    await desk.make(report)
    link = (await desk.firm.seen("sponsor", f"/v1/reports/{report}"))["file"]["path"]
    assert "Meet" in (await desk.firm.get(None, link)).text
    await desk.firm.consent(("objective_titles",), grant=False)
    assert (await desk.firm.get(None, link)).status_code == 404
    assert (await desk.firm.seen("sponsor", f"/v1/reports/{report}"))["file"] is None
    assert (await desk.firm.seen("coach", f"/v1/reports/{report}"))["file"] is not None


async def test_what_a_manager_reads_has_numbers_and_no_words_also_beside_a_sponsor(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(EVERYTHING)
    alone = await desk.got("program_manager", "program_manager")
    assert [word for word in SECRETS if word in str(alone)] == []
    assert (alone["objectives"][0]["progress"], len(alone["objectives"][0]["measurements"])) == ("0.5", 1)
    together = await desk.got("program_manager", "program_manager", "sponsor")
    assert [word for word in SECRETS if word in str(together)] == []
    assert together["objectives"][0]["measurements"] == []
    assert codes(together) >= {"objective_titles.words", "progress.words", "milestones"}


async def test_a_list_shows_everybody_their_own(desk: Desk) -> None:
    own, shared = await desk.ask("client", "client"), await desk.ask("coach", "sponsor")
    about = await desk.ask("program_manager", "sponsor", template="program_report", subject_id=desk.firm.ids["program"])
    seen = {}
    for who in ("client", "coach", "sponsor", "program_manager", "auditor", "stranger"):
        seen[who] = [item["id"] for item in (await desk.firm.seen(who, "/v1/reports"))["items"]]
    assert (seen["client"], seen["coach"], seen["sponsor"], seen["stranger"]) == ([own], [shared], [shared, about], [])
    assert seen["program_manager"] == seen["auditor"] == [own, shared, about]
    page = await desk.firm.seen("auditor", "/v1/reports?limit=2")
    following = await desk.firm.seen("auditor", f"/v1/reports?limit=2&cursor={page['next_cursor']}")
    assert [item["id"] for item in (*page["items"], *following["items"])] == [own, shared, about]
    assert (await desk.firm.get("integration", "/v1/reports")).status_code == 403


async def test_who_has_ten_that_are_not_made_waits_and_keeps_nobody_else_from_asking(desk: Desk) -> None:
    await activated(desk.firm)
    asked = [await desk.ask("coach", "coach") for _ in range(10)]
    await desk.firm.runner.catch_up()
    body = {"template": "client_progress", "subject_id": desk.firm.ids["engagement"], "recipients": [desk.firm.ids["coach"]]}
    refused = await desk.firm.post("coach", "/v1/reports", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_reports")
    await desk.ask("client", "client")
    await desk.make(asked[0])
    await desk.firm.runner.catch_up()
    await desk.ask("coach", "coach")


async def share(desk: Desk, who: str, report: str, *recipients: str) -> Any:
    body = {"recipients": [desk.firm.ids[one] for one in recipients]}
    await desk.firm.runner.catch_up()
    return await desk.firm.post(who, f"/v1/reports/{report}/share-report", body)


async def test_a_file_that_holds_more_than_somebody_may_see_is_not_shared_with_them(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(EVERYTHING)
    report = await desk.ask("coach", "client")
    assert (await share(desk, "coach", report, "sponsor")).json()["code"] == "report_not_made"
    await desk.make(report)
    for who in ("sponsor", "program_manager"):
        refused = await share(desk, "coach", report, who)
        assert (refused.status_code, refused.json()["code"]) == (422, "file_tells_more")
    assert (await share(desk, "coach", report, "stranger")).status_code == 403
    assert (await share(desk, "sponsor", report, "sponsor")).status_code == 404


async def test_a_file_that_leaves_out_enough_is_shared_until_the_consent_ends(desk: Desk) -> None:
    await activated(desk.firm)
    await desk.firm.consent(("progress",))
    report = await desk.ask("coach", "sponsor")
    await desk.make(report)
    assert (await share(desk, "coach", report, "client")).status_code == 200
    shown = await desk.firm.seen("client", f"/v1/reports/{report}")
    assert shown["shared"] == [desk.firm.ids["client"]]
    assert "Meet" not in (await desk.get("client", report)).text
    assert [one["id"] for one in (await desk.firm.seen("client", "/v1/reports"))["items"]] == [report]
    link = (await desk.firm.seen("sponsor", f"/v1/reports/{report}"))["file"]["path"]
    await desk.firm.consent(("progress",), grant=False)
    assert (await desk.firm.get(None, link)).status_code == 404
    again = await share(desk, "coach", report, "sponsor")
    assert again.json()["code"] == "file_tells_more"


async def test_a_manager_s_own_report_of_a_program_is_not_for_a_sponsor(desk: Desk) -> None:
    about = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    report = await desk.ask("program_manager", "program_manager", **about)
    await desk.make(report)
    assert (await share(desk, "program_manager", report, "sponsor")).json()["code"] == "file_tells_more"
