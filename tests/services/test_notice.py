"""Notice of an early end, over HTTP and by the clock: what it calls off and refuses, who reads it, and how it ends once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from litestar import Litestar

from services.command.execution import Commands
from tests.services.firm import Firm, today
from tests.services.test_booking import told
from workers.noticed import end_all

NOTICE_DAYS = 14  # of the agreement that the firm signs, where it says nothing else
WHY = {"reason_code": "capacity", "reason": "We have no time for it any more."}


def in_days(number: int) -> date:
    return today() + timedelta(days=number)


def booking(firm: Firm, day: date) -> dict[str, Any]:
    return {"engagement_id": firm.ids["engagement"], "starts_at": f"{day}T09:00:00Z", "minutes": 60}


def commands_on(app: Litestar, day: date) -> Commands:
    """The execution, with the clock at noon of a day."""
    return Commands(app.state.commands.store, app.state.commands.directory, lambda: datetime.combine(day, time(12), UTC))


async def test_notice_is_kept_told_and_ends_the_coaching_once(app: Litestar, planned: Firm) -> None:
    at, last = f"/v1/engagements/{planned.ids['engagement']}", in_days(NOTICE_DAYS)
    before, after = [(await planned.done("coach", "/v1/sessions", booking(planned, in_days(day))))["id"] for day in (13, 15)]
    short = await planned.post("client", f"{at}/end-engagement-early", {**WHY, "ends_on": str(in_days(13))})
    assert told(short) == (422, "notice_too_short")
    assert (short.json()["facts"], short.json()["errors"][0]["pointer"]) == ({"earliest": str(last)}, "/ends_on")

    await planned.done("client", f"{at}/end-engagement-early", WHY)
    stages = [(await planned.seen("client", f"/v1/sessions/{id}"))["stage"] for id in (before, after)]
    assert stages == ["scheduled", "cancelled"]
    assert told(await planned.post("coach", f"{at}/end-engagement-early", WHY)) == (409, "notice_given_already")
    late = booking(planned, in_days(NOTICE_DAYS + 1))
    assert told(await planned.post("coach", "/v1/sessions", late)) == (409, "engagement_ending")
    move = {"from": f"{in_days(13)}T09:00:00Z", "to": late["starts_at"], **WHY}
    assert told(await planned.post("coach", f"/v1/sessions/{before}/reschedule-session", move)) == (409, "engagement_ending")
    await planned.done("coach", "/v1/sessions", booking(planned, last))

    for who in ("client", "coach", "sponsor"):
        seen = await planned.seen(who, at)
        assert (seen["stage"], seen["notice"]["ends_on"], seen["notice"]["given_by"]) == ("active", str(last), "client"), who
        assert ("We have no time" in str(seen["notice"])) is (who != "sponsor")
    sentences = [item["sentence"] for item in (await planned.seen("coach", f"/v1/plans/{planned.ids['plan']}/timeline"))["items"]]
    assert any("gave notice: the coaching ends with" in one for one in sentences)

    for day in (last, in_days(-3)):
        await end_all(commands_on(app, day), planned.tenant)
    await planned.runner.catch_up()
    assert (await planned.seen("coach", at))["stage"] == "active"
    later = commands_on(app, in_days(NOTICE_DAYS + 2))
    await asyncio.gather(*(end_all(later, planned.tenant) for _ in range(3)))
    await planned.runner.catch_up()
    seen = await planned.seen("client", at)
    assert (seen["stage"], seen["closed_on"], seen["notice"]) == ("ended_early", str(last), None)
    kinds = Counter(item["kind"] for item in (await planned.seen("client", f"/v1/plans/{planned.ids['plan']}/timeline"))["items"])
    assert (kinds["engagement.engagement_notice_given"], kinds["engagement.engagement_ended_early"]) == (1, 1)


async def test_what_the_program_manager_takes_back_goes_on_and_what_they_end_ends_sooner(app: Litestar, engaged: Firm) -> None:
    at = f"/v1/engagements/{engaged.ids['engagement']}"
    assert told(await engaged.post("program_manager", f"{at}/withdraw-engagement-notice", WHY)) == (409, "notice_not_given")
    await engaged.done("sponsor", f"{at}/end-engagement-early", {**WHY, "ends_on": str(in_days(30))})
    assert told(await engaged.post("sponsor", f"{at}/withdraw-engagement-notice", WHY)) == (403, "not_permitted")
    await engaged.done("program_manager", f"{at}/withdraw-engagement-notice", WHY)
    await end_all(commands_on(app, in_days(31)), engaged.tenant)
    assert (await engaged.seen("client", at))["stage"] == "active"
    await engaged.done("coach", "/v1/sessions", booking(engaged, in_days(40)))

    tomorrow = await engaged.done("program_manager", f"{at}/end-engagement-early", {**WHY, "ends_on": str(in_days(1))})
    assert (await engaged.seen("client", at))["version"] == tomorrow["version"]
    await end_all(commands_on(app, in_days(2)), engaged.tenant)
    await engaged.runner.catch_up()
    assert (await engaged.seen("client", at))["closed_on"] == str(in_days(1))


async def test_of_a_notice_and_a_booking_that_meet_no_session_is_left_after_the_last_day(engaged: Firm) -> None:
    at = f"/v1/engagements/{engaged.ids['engagement']}"
    bookings = [booking(engaged, in_days(NOTICE_DAYS + day)) for day in (1, 2, 3)]
    noticed, *_ = await asyncio.gather(
        engaged.post("client", f"{at}/end-engagement-early", WHY), *(engaged.post("coach", "/v1/sessions", one) for one in bookings)
    )
    assert noticed.status_code == 200, noticed.text
    found = (await engaged.seen("coach", "/v1/sessions"))["items"]
    assert {one["stage"] for one in found} <= {"cancelled"}
