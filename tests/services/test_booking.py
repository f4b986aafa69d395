"""Booking sessions over HTTP: a coach's time is booked once, whoever asks and however many at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from httpx import AsyncClient, Response

from infra.settings import Settings
from services.wiring import create_app
from tests.services.firm import LATER, Firm
from tests.waiting import PATIENCE_SECONDS
from workers.port import listening

START = datetime(2198, 3, 4, 9, 0, tzinfo=UTC)
RIVALS = 16


def at(minutes: int = 0) -> str:
    return (START + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def wanted(firm: Firm, minutes: int = 0, *, engagement: str | None = None, length: int = 60) -> dict[str, Any]:
    return {"engagement_id": engagement or firm.ids["engagement"], "starts_at": at(minutes), "minutes": length}


async def book(firm: Firm, who: str = "coach", minutes: int = 0, **more: Any) -> str:
    return str((await firm.done(who, "/v1/sessions", wanted(firm, minutes, **more)))["id"])


async def another(firm: Firm, name: str) -> str:
    """One more client of the same coach, outside of any program: the id of their engagement."""
    await firm.enter(name, "client")
    made = await firm.done("program_manager", "/v1/engagements", {"client_id": firm.ids[name]})
    path = f"/v1/engagements/{made['id']}"
    await firm.done("program_manager", f"{path}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{path}/draft-agreement", {"sessions": 8, "cadence_days": 14})
    digest = (await firm.seen("coach", path))["agreement"]["digest"]
    for party in (name, "coach"):
        await firm.done(party, f"{path}/sign-agreement", {"digest": digest})
    await firm.done("coach", f"{path}/activate-engagement", {"starts_on": "2026-01-01", "planned_end": LATER})
    return str(made["id"])


def told(answer: Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


@pytest.fixture
async def second(settings: Settings) -> AsyncIterator[AsyncClient]:
    """Another server of the same installation, with connections of its own."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), lifespan="on", log_config=None, access_log=False))
    with listening("127.0.0.1", 0) as bound:
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        while not server.started:
            assert not serving.done(), "the server did not start"
            await asyncio.sleep(0.01)
        async with AsyncClient(base_url="http://{}:{}".format(*bound.getsockname()), timeout=PATIENCE_SECONDS) as client:
            yield client
        server.should_exit = True
        await serving


async def test_a_session_is_booked_moved_and_called_off(engaged: Firm) -> None:
    session = await book(engaged, "client")
    shown = await engaged.seen("client", f"/v1/sessions/{session}")
    assert {"session_no": 1, "stage": "scheduled", "starts_at": at(), "minutes": 60, "zone": "Europe/Berlin"}.items() <= shown.items()
    move = {"from": at(), "to": at(90), "reason_code": "absence"}
    await engaged.done("coach", f"/v1/sessions/{session}/reschedule-session", move)
    await engaged.done("client", f"/v1/sessions/{session}/cancel-session", {"reason": "I have fallen ill, sorry."})
    shown = await engaged.seen("coach", f"/v1/sessions/{session}")
    assert {"stage": "cancelled", "starts_at": at(90), "moved": 1, "cancelled_by": "client", "late_cancel": False}.items() <= shown.items()
    listed = await engaged.seen("program_manager", "/v1/sessions")
    assert [one["id"] for one in listed["items"]] == [session]


async def test_sessions_are_for_those_who_meet_and_those_who_run_the_firm(engaged: Firm) -> None:
    session = await book(engaged)
    for who, status in {"sponsor": 403, "integration": 403, "admin": 403, "stranger": 404, "auditor": 200, "program_manager": 200}.items():
        assert (await engaged.seen("coach", f"/v1/sessions/{session}"))["id"] == session
        assert (await engaged.get(who, f"/v1/sessions/{session}")).status_code == status, who
    assert (await engaged.seen("stranger", "/v1/sessions"))["items"] == []
    for who in ("sponsor", "program_manager", "auditor", "admin"):
        assert told(await engaged.post(who, "/v1/sessions", wanted(engaged, 500))) == (403, "not_permitted")
    assert told(await engaged.post("stranger", "/v1/sessions", wanted(engaged, 500))) == (404, "not_found")


async def test_a_coach_is_in_one_place_at_a_time_over_all_engagements(engaged: Firm) -> None:
    other = await another(engaged, "second-client")
    first = await book(engaged)
    for minutes, length in ((0, 60), (-30, 35), (55, 30), (10, 5), (-30, 120)):
        answer = await engaged.post("coach", "/v1/sessions", wanted(engaged, minutes, engagement=other, length=length))
        assert told(answer) == (409, "coach_unavailable")
        (clash,) = answer.json()["facts"]["clashes"]
        since, until = max(minutes, 0), min(minutes + length, 60)
        assert (clash["starts_at"], clash["taken_from"], clash["taken_until"]) == (at(minutes), at(since), at(until))
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/starts_at"]
    before = await book(engaged, minutes=-60, engagement=other)
    after = await book(engaged, minutes=60, engagement=other)
    stays = {"from": at(60), "to": at(30), "reason_code": "absence"}
    answer = await engaged.post("coach", f"/v1/sessions/{after}/reschedule-session", stays)
    assert (told(answer), answer.json()["errors"][0]["pointer"]) == ((409, "coach_unavailable"), "/to")
    assert (await engaged.seen("coach", f"/v1/sessions/{after}"))["starts_at"] == at(60)
    await engaged.done("coach", f"/v1/sessions/{first}/cancel-session", {"reason_code": "absence"})
    await engaged.done("coach", f"/v1/sessions/{after}/reschedule-session", stays)
    await engaged.done("coach", f"/v1/sessions/{before}/reschedule-session", {"from": at(-60), "to": at(-30), "reason_code": "absence"})
    assert await book(engaged, minutes=90)  # what was given back is free


async def test_no_more_sessions_than_were_agreed_however_many_ask_at_once(engaged: Firm) -> None:
    sessions = [await book(engaged, minutes=60 * number) for number in range(7)]
    answers = await asyncio.gather(*(engaged.post("coach", "/v1/sessions", wanted(engaged, 6000 + 60 * n)) for n in range(3)))
    assert Counter(told(answer) for answer in answers) == {(201, None): 1, (409, "session_allocation_exhausted"): 2}
    await engaged.done("client", f"/v1/sessions/{sessions[0]}/cancel-session", {"reason_code": "absence"})
    assert await book(engaged, minutes=0)
    numbers = [one["session_no"] for one in (await engaged.seen("coach", "/v1/sessions"))["items"]]
    assert sorted(numbers) == list(range(1, 10))


async def test_of_16_who_want_one_hour_of_a_coach_through_two_servers_one_gets_it(engaged: Firm, second: AsyncClient) -> None:
    engagements = [engaged.ids["engagement"], *[await another(engaged, f"rival-{number}") for number in range(RIVALS // 2 - 1)]]
    header = {"Authorization": f"Bearer {engaged.keys['coach']}"}
    asked = [
        server.post("/v1/sessions", headers=header, json=wanted(engaged, 5 * number, engagement=engagement))
        for number, engagement in enumerate(engagements)
        for server in (engaged.client, second)
    ]
    answers = await asyncio.gather(*asked)
    assert Counter(told(answer) for answer in answers) == {(201, None): 1, (409, "coach_unavailable"): RIVALS - 1}
    assert len((await engaged.seen("coach", "/v1/sessions"))["items"]) == 1
