"""What every list can be asked for: which items, in which order, page by page, and which of their fields."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import activated
from tests.services.firm import Firm, program_body
from tests.services.test_report_program import crowd

NAMES = ("beta", "Alpha", "gamma", "alpha", "Delta")


@pytest.fixture
async def offering(firm: Firm) -> Firm:
    """A firm with five programs, two of one name but for its case."""
    for number, name in enumerate(NAMES):
        body = program_body(firm.ids["sponsor"]) | {"name": name, "starts_on": f"2026-0{9 - number}-01"}
        firm.ids[f"{number}"] = (await firm.done("program_manager", "/v1/programs", body))["id"]
    return firm


async def paged(firm: Firm, path: str, limit: int) -> list[dict[str, Any]]:
    """The items of all pages, as a client finds them that follows the cursors."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = await firm.seen("program_manager", f"{path}&limit={limit}{cursor}")
        found += page["items"]
        if "next_cursor" not in page:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def test_pages_hold_each_item_once_in_the_order_asked_for(offering: Firm) -> None:
    for sort, expected in (
        ("created", ["beta", "Alpha", "gamma", "alpha", "Delta"]),
        ("-created", ["Delta", "alpha", "gamma", "Alpha", "beta"]),
        ("name", ["Alpha", "alpha", "beta", "Delta", "gamma"]),
        ("-name", ["gamma", "Delta", "beta", "alpha", "Alpha"]),
        ("starts_on", ["Delta", "alpha", "gamma", "Alpha", "beta"]),
        ("-starts_on", ["beta", "Alpha", "gamma", "alpha", "Delta"]),
    ):
        for limit in (1, 2, 5):
            assert [one["name"] for one in await paged(offering, f"/v1/programs?sort={sort}", limit)] == expected


async def test_fields_leave_out_what_was_not_asked_for(offering: Firm) -> None:
    page = await offering.seen("program_manager", "/v1/programs?fields=name,capacity&limit=2")
    assert page["items"] == [{"id": offering.ids[str(number)], "name": NAMES[number], "capacity": 10} for number in (0, 1)]
    assert "next_cursor" in page


async def test_what_a_list_does_not_know_is_named(firm: Firm) -> None:
    for query, pointer in (
        ("fields=name,secret", "/query/fields"),
        ("fields=", "/query/fields"),
        ("sort=capacity", "/query/sort"),
        ("stage=begun", "/query/stage"),
        ("colour=blue", "/query/colour"),
        ("cursor=never", "/query/cursor"),
    ):
        refused = await firm.get("program_manager", f"/v1/programs?{query}")
        assert (refused.status_code, [one["pointer"] for one in refused.json()["errors"]]) == (400, [pointer])


async def ids(firm: Firm, who: str, path: str) -> list[str]:
    return [one["id"] for one in (await firm.seen(who, path))["items"]]


async def test_filters_of_what_belongs_to_engagements(planned: Firm) -> None:
    own, plan = planned.ids["engagement"], planned.ids["plan"]
    for noun, id in (("engagements", own), ("plans", plan)):
        for filter in ("client", "coach", "program"):
            assert await ids(planned, "program_manager", f"/v1/{noun}?{filter}={planned.ids[filter]}") == [id]
            assert await ids(planned, "program_manager", f"/v1/{noun}?{filter}={planned.tenant}") == []
    assert await ids(planned, "program_manager", "/v1/engagements?stage=active&sort=-planned_end") == [own]
    assert await ids(planned, "program_manager", "/v1/engagements?stage=paused") == []
    assert await ids(planned, "program_manager", "/v1/plans?status=draft&sort=activated_at") == [plan]
    assert await ids(planned, "program_manager", "/v1/sessions?stage=scheduled&sort=-starts_at") == []
    assert await ids(planned, "program_manager", "/v1/reports?template=program_report&sort=-created") == []


async def test_a_filter_shows_nobody_more_than_they_may_see(planned: Firm) -> None:
    assert await ids(planned, "coach", f"/v1/engagements?coach={planned.ids['coach']}") == [planned.ids["engagement"]]
    assert await ids(planned, "stranger", f"/v1/engagements?coach={planned.ids['coach']}") == []
    assert await ids(planned, "stranger", f"/v1/plans?program={planned.ids['program']}&sort=-created") == []
    assert await ids(planned, "client", f"/v1/engagements?client={planned.ids['coach']}") == []


async def test_a_status_that_is_withheld_is_no_filter_either(planned: Firm) -> None:
    (plan,) = (await planned.seen("sponsor", "/v1/plans"))["items"]
    assert plan["status"] == {"withheld": True}
    assert await ids(planned, "sponsor", "/v1/plans?status=draft") == []
    assert await ids(planned, "sponsor", "/v1/plans?status=active") == []


async def test_no_cursor_tells_of_a_status_that_is_withheld(planned: Firm) -> None:
    """Of two drafts a page of one ends with a cursor where drafts are looked for: so it has to where none is."""
    await crowd(planned, 2)
    drafts, active = [await planned.seen("sponsor", f"/v1/plans?status={status}&limit=1") for status in ("draft", "active")]
    assert drafts == active
    assert drafts["items"] == []
    assert "next_cursor" in drafts


async def test_no_order_tells_of_an_activation_that_is_withheld(planned: Firm) -> None:
    """The first plan is in force, the second is not: sorted by that the second would come first."""
    await activated(planned)
    first = planned.ids["plan"]
    await crowd(planned, 2)
    second = planned.ids["plan"]
    assert await ids(planned, "sponsor", "/v1/plans?sort=activated_at") == [first, second]
    assert await ids(planned, "program_manager", "/v1/plans?sort=activated_at") == [second, first]


async def test_people_by_their_role(engaged: Firm) -> None:
    assert await ids(engaged, "admin", "/v1/people?role=coach&sort=-created") == [engaged.ids["stranger"], engaged.ids["coach"]]
    assert await ids(engaged, "admin", f"/v1/people?role=coach&program={engaged.ids['program']}") == []
    page = await engaged.seen("admin", "/v1/people?role=sponsor&fields=name")
    assert page["items"] == [{"id": engaged.ids["sponsor"], "name": "Person sponsor"}]


async def test_participants_and_pool_by_what_they_are(engaged: Firm) -> None:
    at = f"/v1/programs/{engaged.ids['program']}"
    await engaged.enter("second", "client")
    await engaged.done("program_manager", f"{at}/enrol-participant", {"client_id": engaged.ids["second"], "cohort": "autumn"})
    await engaged.done("program_manager", f"{at}/add-coach-to-pool", {"coach_id": engaged.ids["stranger"], "max_engagements": 1})
    first, second = engaged.ids["client"], engaged.ids["second"]
    for query, expected in (
        ("sort=cohort", [first, second]),
        ("sort=-cohort", [second, first]),
        ("cohort=autumn", [second]),
        (f"coach={engaged.ids['coach']}", [first]),
        ("stage=withdrawn", []),
    ):
        assert await ids(engaged, "program_manager", f"{at}/participants?{query}") == expected
    assert [one["id"] for one in await paged(engaged, f"{at}/participants?sort=enrolled", 1)] == [first, second]
    coaches = [engaged.ids["coach"], engaged.ids["stranger"]]
    assert await ids(engaged, "program_manager", f"{at}/pool?sort=-engagements") == coaches
    assert await ids(engaged, "program_manager", f"{at}/pool?sort=-added") == coaches[::-1]
    assert (await engaged.get("sponsor", f"{at}/participants")).status_code == 403
    (found, _) = (await engaged.seen("auditor", f"{at}/participants"))["items"]
    assert found["name"] == {"withheld": True}
