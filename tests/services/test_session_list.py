"""Lists of sessions: those of an engagement, a series, a state and a time, in order."""

from __future__ import annotations

from typing import Any

from tests.services.firm import Firm
from tests.services.test_booking import another, at, book, told
from tests.services.test_session_series import DAY, WEEK, series


async def numbers(firm: Firm, query: str, who: str = "coach") -> list[Any]:
    return [one["session_no"] for one in (await firm.seen(who, f"/v1/sessions?{query}"))["items"]]


async def test_sessions_are_found_by_what_they_belong_to_and_by_their_time(engaged: Firm) -> None:
    """Of the first engagement a series of three from 4 March 2198, 10:00 in Berlin, and one late on the 6th; of another one on the 5th."""
    other = await another(engaged, "second-client")
    made = await engaged.done("coach", "/v1/sessions", series(engaged, times=3))
    late = await book(engaged, minutes=2 * DAY + 14 * 60)
    await book(engaged, minutes=DAY, engagement=other)
    await engaged.done("coach", f"/v1/sessions/{late}/cancel-session", {"reason_code": "absence"})
    of_first = f"engagement={engaged.ids['engagement']}"
    assert await numbers(engaged, of_first) == [1, 2, 3, 4]
    assert await numbers(engaged, f"series={made['id']}&sort=-starts_at") == [3, 2, 1]
    assert await numbers(engaged, f"{of_first}&stage=cancelled") == [4]
    assert await numbers(engaged, f"{of_first}&sort=starts_at") == [1, 4, 2, 3]
    assert await numbers(engaged, "from=2198-03-05&to=2198-03-06&sort=starts_at") == [1]
    assert await numbers(engaged, "from=2198-03-07") == [2, 3, 4], "23:00 by UTC of the 6th is the 7th in Berlin"
    assert await numbers(engaged, "to=2198-03-04") == [1]
    assert await numbers(engaged, of_first, "program_manager") == [1, 2, 3, 4]
    assert await numbers(engaged, of_first, "second-client") == []
    assert await numbers(engaged, f"engagement={other}", "client") == []


async def test_a_day_that_is_none_is_named(engaged: Firm) -> None:
    for query, pointer in (("from=yesterday", "/query/from"), ("to=2198-13-01", "/query/to"), ("to=9999-12-31", "/query/to")):
        answer = await engaged.get("coach", f"/v1/sessions?{query}")
        assert (told(answer), answer.json()["errors"][0]["pointer"]) == ((400, "unreadable"), pointer)


async def test_a_sponsor_is_never_let_into_sessions(engaged: Firm) -> None:
    """Neither lists, nor one, nor any command about one; also of their own client, whatever the client consented to."""
    await engaged.consent(("attendance", "objective_titles", "progress", "attainment", "evaluation_summary"))
    session = await book(engaged)
    reads = ["/v1/sessions", f"/v1/sessions?engagement={engaged.ids['engagement']}", f"/v1/sessions/{session}"]
    for path in reads:
        answer = await engaged.get("sponsor", path)
        assert told(answer) == (403, "not_permitted"), path
        assert session not in answer.text
    known = (await engaged.seen("coach", "/v1/commands"))["items"]
    commands = [one for one in known if one["path"].startswith("/v1/sessions")]
    assert len(commands) >= 12
    for command in commands:
        body = (await engaged.seen("coach", "/schema/openapi.json"))["paths"][command["path"]]["post"]["requestBody"]
        example = body["content"]["application/json"]["example"]
        if "engagement_id" in example:
            example |= {"engagement_id": engaged.ids["engagement"]}
        answer = await engaged.post("sponsor", command["path"].replace("{id}", session), example)
        assert told(answer) == (403, "not_permitted"), command["path"]
    assert (await engaged.seen("coach", f"/v1/sessions/{session}"))["version"] == 1
    assert at() == (await engaged.seen("coach", f"/v1/sessions/{session}"))["starts_at"]


async def test_a_series_is_booked_for_weeks_in_which_the_first_one_lies_already(engaged: Firm) -> None:
    """Two of one engagement at two hours: they share the agreement's eight sessions."""
    await engaged.done("coach", "/v1/sessions", series(engaged, times=4))
    await engaged.done("coach", "/v1/sessions", series(engaged, 120, times=4))
    answer = await engaged.post("coach", "/v1/sessions", series(engaged, 5 * WEEK, times=2))
    assert told(answer) == (409, "session_allocation_exhausted")
