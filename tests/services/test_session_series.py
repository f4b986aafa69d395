"""Series of sessions over HTTP: booked, moved and called off together, all of it or nothing, also against rivals."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from domain.session.commands import Repeat
from domain.session.series import starts
from tests.services.firm import Firm
from tests.services.test_booking import START, another, at, book, told, wanted

MINUTE = timedelta(minutes=1)
DAY = 24 * 60
WEEK = 7 * DAY


def series(firm: Firm, minutes: int = 0, *, every: str = "week", times: int = 4, **more: Any) -> dict[str, Any]:
    return wanted(firm, minutes, **more) | {"repeat": {"every": every, "times": times}}


async def booked(firm: Firm, who: str = "coach") -> list[dict[str, Any]]:
    found = (await firm.seen(who, "/v1/sessions"))["items"]
    return sorted((one for one in found if one["stage"] == "scheduled"), key=lambda one: one["session_no"])


def local(one: dict[str, Any]) -> str:
    return f"{datetime.fromisoformat(one['starts_at']).astimezone(ZoneInfo(one['zone'])):%m-%d %H:%M}"


async def test_a_series_is_booked_at_once_and_keeps_its_hour_over_summer_time(engaged: Firm) -> None:
    made = await engaged.done("client", "/v1/sessions", series(engaged, every="cadence"))
    sessions = await booked(engaged)
    assert [one["session_no"] for one in sessions] == [1, 2, 3, 4]
    assert [local(one) for one in sessions] == ["03-04 10:00", "03-18 10:00", "04-01 10:00", "04-15 10:00"]
    assert {one["series_id"] for one in sessions} == {made["id"]} == {sessions[0]["id"]}
    assert [one["id"] for one in sessions] == sorted(one["id"] for one in sessions)


async def test_a_series_that_cannot_be_booked_whole_is_not_booked_and_says_why(engaged: Firm) -> None:
    other = await another(engaged, "second-client")
    for minutes in (WEEK + 30, 3 * WEEK - 30):  # summer time has begun at the fourth
        await book(engaged, minutes=minutes, engagement=other, length=15)
    answer = await engaged.post("coach", "/v1/sessions", series(engaged))
    assert told(answer) == (409, "coach_unavailable")
    assert [one["number"] for one in answer.json()["facts"]["clashes"]] == [2, 4]
    assert answer.json()["errors"][0]["pointer"] == "/repeat"
    assert {one["engagement_id"] for one in await booked(engaged)} == {other}
    answer = await engaged.post("coach", "/v1/sessions", series(engaged, 5 * WEEK, times=9))
    assert (told(answer), answer.json()["facts"]) == ((409, "session_allocation_exhausted"), {"left": 8})
    for wrong in ({"every": "day", "times": 3}, {"every": "week", "times": 1}, {"every": "week", "times": 53}):
        assert told(await engaged.post("coach", "/v1/sessions", wanted(engaged) | {"repeat": wrong})) == (400, "unreadable")


async def test_one_of_a_series_is_moved_and_then_the_rest_of_it(engaged: Firm) -> None:
    await engaged.done("coach", "/v1/sessions", series(engaged, times=4))
    _, second, third, _ = await booked(engaged)
    path = "/v1/sessions/{}/reschedule-session"
    alone = {"from": third["starts_at"], "to": at(2 * WEEK + 60), "reason_code": "absence"}
    await engaged.done("coach", path.format(third["id"]), alone)
    rest = {"from": second["starts_at"], "to": at(WEEK + DAY + 30), "reason_code": "absence", "rest": True}
    await engaged.done("client", path.format(second["id"]), rest)
    assert [local(one) for one in await booked(engaged)] == ["03-04 10:00", "03-12 10:30", "03-19 11:30", "03-26 10:30"]
    assert [one["moved"] for one in await booked(engaged)] == [0, 1, 2, 1]
    onto = {"from": at(WEEK + DAY + 30), "to": at(3 * WEEK + DAY + 30), "reason_code": "absence", "rest": True}
    await engaged.done("coach", path.format(second["id"]), onto)  # where one of its own stood; summer time has begun
    assert [local(one) for one in await booked(engaged)][1:3] == ["03-26 11:30", "04-02 12:30"]
    clashing = onto | {"from": at(3 * WEEK + DAY + 30), "to": at()}
    answer = await engaged.post("coach", path.format(second["id"]), clashing)
    assert (told(answer), answer.json()["facts"]) == (
        (409, "coach_unavailable"),
        {"clashes": [{"starts_at": at(), "taken_from": at(), "taken_until": at(60)}]},
    )


async def test_the_rest_of_a_series_is_called_off_and_its_time_is_free(engaged: Firm) -> None:
    await engaged.done("coach", "/v1/sessions", series(engaged, times=4))
    second = (await booked(engaged))[1]
    called_off = await engaged.post("client", f"/v1/sessions/{second['id']}/cancel-session", {"reason_code": "capacity", "rest": True})
    assert called_off.status_code == 200
    assert [one["session_no"] for one in await booked(engaged)] == [1]
    await engaged.done("coach", "/v1/sessions", series(engaged, WEEK, times=3))
    alone = (await engaged.done("coach", "/v1/sessions", wanted(engaged, 9 * WEEK)))["id"]
    answer = await engaged.post("coach", f"/v1/sessions/{alone}/cancel-session", {"reason_code": "capacity", "rest": True})
    assert told(answer) == (422, "not_in_series")


async def test_a_strategy_of_meetings_is_carried_out_by_a_series(planned: Firm) -> None:
    path = f"/v1/plans/{planned.ids['plan']}/adopt-strategy"
    terms = {"objective_ids": [planned.ids["Meet"]]}
    meeting, training = [
        (await planned.done("client", path, terms | {"title": f"By {kind}", "kind": kind}))["item_id"] for kind in ("meeting", "training")
    ]
    made = await planned.done("coach", "/v1/sessions", series(planned, times=3) | {"strategy_id": meeting})
    sessions = await booked(planned, "client")
    assert [(one["series_id"], one["strategy_id"]) for one in sessions] == [(made["id"], meeting)] * 3
    for strategy, code in ((training, "strategy_not_meeting"), (planned.ids["plan"], "item_unknown")):
        answer = await planned.post("coach", "/v1/sessions", series(planned, WEEK) | {"strategy_id": strategy})
        assert (told(answer), answer.json()["errors"][0]["pointer"]) == ((422, code), "/strategy_id")


async def test_of_series_and_single_sessions_that_meet_each_is_booked_whole_or_not_at_all(engaged: Firm) -> None:
    """Sixteen at once for one coach: series of four weeks, and single ones that each meet them, for summer time begins in the fourth.

    So nobody has more than four of their eight sessions, and none is refused for want of more.
    """
    others = [await another(engaged, f"rival-{number}") for number in range(3)]
    asked = [series(engaged, 5 * number, engagement=one) for number, one in enumerate([engaged.ids["engagement"], *others])] * 2
    weeks = starts(START + timedelta(minutes=10), Repeat(every="week", times=4), "Europe/Berlin", 0)
    asked += [wanted(engaged, (one - START) // MINUTE, engagement=other) for other in others[:2] for one in weeks]
    answers = await asyncio.gather(*(engaged.post("coach", "/v1/sessions", one) for one in asked))
    outcome = Counter(told(answer) for answer in answers)
    assert {code for (status, code) in outcome if status != 503} <= {None, "coach_unavailable"}, outcome
    sessions = await booked(engaged)
    times = sorted(datetime.fromisoformat(one["starts_at"]) for one in sessions)
    assert all(later - earlier >= timedelta(hours=1) for earlier, later in pairwise(times))
    whole = Counter(one["series_id"] for one in sessions if one["series_id"])
    assert set(whole.values()) <= {4}
    assert outcome[201, None] == len(whole) + sum(one["series_id"] is None for one in sessions) >= 1


async def test_a_move_and_a_booking_that_meet_do_not_both_get_the_time(engaged: Firm) -> None:
    other = await another(engaged, "second-client")
    session = await book(engaged)
    move = {"from": at(), "to": at(DAY), "reason_code": "absence"}
    answers = await asyncio.gather(
        engaged.post("coach", f"/v1/sessions/{session}/reschedule-session", move),
        engaged.post("coach", "/v1/sessions", wanted(engaged, DAY + 30, engagement=other)),
    )
    assert Counter(answer.status_code < 300 for answer in answers) == {True: 1, False: 1}
    assert {told(answer) for answer in answers if answer.status_code >= 300} == {(409, "coach_unavailable")}


async def test_no_session_is_booked_in_an_engagement_that_pauses_at_that_moment(engaged: Firm) -> None:
    """Whichever of them is first: what is booked was booked while the coaching went on."""
    pause = engaged.post("coach", f"/v1/engagements/{engaged.ids['engagement']}/pause-engagement", {"reason_code": "absence"})
    *bookings, paused = await asyncio.gather(
        *(engaged.post("coach", "/v1/sessions", wanted(engaged, 60 * number)) for number in range(4)), pause
    )
    assert paused.status_code == 200, paused.text
    assert {told(answer) for answer in bookings} <= {(201, None), (409, "engagement_not_active")}
    assert len(await booked(engaged)) == sum(answer.status_code == 201 for answer in bookings)
    after = await engaged.post("coach", "/v1/sessions", wanted(engaged, 600))
    assert told(after) == (409, "engagement_not_active")
