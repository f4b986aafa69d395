"""What an organization may use at most: it holds however many come at once, and who is refused is told which quota it was."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar

from domain.report.commands import DiscardReport, GenerateReport
from infra.settings import Settings
from services.actor import worker
from services.quota import Quota, quota_of, set_quota
from tests.services.desk import Desk
from tests.services.firm import Firm

ROUNDS = 5


async def allow(firm: Firm, app: Litestar, **quota: Any) -> None:
    assert await set_quota(app.state.commands.store.pool, firm.tenant, Quota(**quota))


async def register(firm: Firm, name: str) -> Response:
    return await firm.post("admin", "/v1/people", {"name": name, "email": f"{name}@example.org"})


def told(answer: Response) -> tuple[int, str | None, Any]:
    body = answer.json()
    return answer.status_code, body.get("code"), body.get("facts", {}).get("quota")


async def people(firm: Firm) -> int:
    return len((await firm.seen("admin", "/v1/people?limit=200"))["items"])


async def test_without_one_there_is_no_end_but_of_requests(firm: Firm, app: Litestar) -> None:
    pool = app.state.commands.store.pool
    assert await quota_of(pool, firm.tenant) == Quota()
    await allow(firm, app, people=3, storage_mb=7, requests_per_minute=60)
    assert await quota_of(pool, firm.tenant) == Quota(people=3, storage_mb=7, requests_per_minute=60)
    await allow(firm, app)
    assert await quota_of(pool, firm.tenant) == Quota()


async def test_people_come_in_up_to_the_quota_however_many_at_once(firm: Firm, app: Litestar) -> None:
    for number in range(1, ROUNDS + 1):
        there = await people(firm)
        await allow(firm, app, people=there + 2)
        answers = await asyncio.gather(*(register(firm, f"p{number}-{one}") for one in range(8)))
        assert Counter(map(told, answers)) == {(201, None, None): 2, (409, "quota_reached", "people"): 6}
        assert await people(firm) == there + 2


async def test_a_registration_that_is_asked_for_again_is_answered_as_it_was(firm: Firm, app: Litestar) -> None:
    await allow(firm, app, people=await people(firm) + 1)
    body = {"name": "Once", "email": "once@example.org"}
    answers = await asyncio.gather(*(firm.post("admin", "/v1/people", body, Idempotency_Key="once") for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.parametrize("over", ["now", "since"])
async def test_what_is_over_the_quota_stays_and_no_more_comes(firm: Firm, app: Litestar, over: str) -> None:
    await allow(firm, app, people=1 if over == "now" else await people(firm))
    assert told(await register(firm, "more")) == (409, "quota_reached", "people")
    assert (await firm.get("admin", "/v1/me")).status_code == 200
    await allow(firm, app)
    assert (await register(firm, "more")).status_code == 201


async def test_engagements_begin_up_to_the_quota_which_an_end_makes_room_in(firm: Firm, app: Litestar) -> None:
    await allow(firm, app, engagements=1)
    await firm.engage()
    client = {"role": "client"}
    made = await firm.done("admin", "/v1/people", {"name": "Second", "email": "second@example.org"})
    await firm.done("admin", f"/v1/people/{made['id']}/grant-membership", client)
    engagement = await firm.done("program_manager", "/v1/engagements", {"client_id": made["id"]})
    at = f"/v1/engagements/{engagement['id']}"
    await firm.done("program_manager", f"{at}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{at}/draft-agreement", {"sessions": 8, "cadence_days": 14})
    firm.keys["second"] = (await firm.issuer.create(firm.tenant, UUID(made["id"]), "client")).key
    digest = (await firm.seen("second", at))["agreement"]["digest"]
    for party in ("second", "coach"):
        await firm.done(party, f"{at}/sign-agreement", {"digest": digest})
    begin = {"starts_on": "2026-01-01", "planned_end": "2026-12-31"}
    assert told(await firm.post("coach", f"{at}/activate-engagement", begin)) == (409, "quota_reached", "engagements")
    over = f"/v1/engagements/{firm.ids['engagement']}/end-engagement-early"
    await firm.done("program_manager", over, {"reason_code": "other"})
    assert (await firm.post("coach", f"{at}/activate-engagement", begin)).status_code == 200
    assert (await firm.seen("admin", f"/v1/organizations/{firm.tenant}"))["quota"]["engagements"] == {"used": 1, "at_most": 1}


async def test_reports_are_asked_for_while_there_is_room_and_what_is_thrown_away_makes_some(desk: Desk, app: Litestar) -> None:
    firm, body = (
        desk.firm,
        {"template": "client_progress", "subject_id": desk.firm.ids["engagement"], "recipients": [desk.firm.ids["coach"]]},
    )
    reports = [UUID(await desk.ask("coach", "coach")) for _ in range(2)]
    await allow(firm, app, storage_mb=1)
    for report, size in zip(reports, (999_999, 1), strict=True):
        assert (await firm.seen("admin", f"/v1/organizations/{firm.tenant}"))["quota"]["storage_mb"]["at_most"] == 1
        assert (await firm.post("coach", "/v1/reports", body)).status_code == 201
        made = GenerateReport(template_version=1, as_of_position=1, sha256="0" * 64, size=size, blob_key="a")
        await firm.commands.execute(worker(firm.tenant), made, report)
        await firm.runner.catch_up()
    refused = await firm.post("coach", "/v1/reports", body)
    assert told(refused) == (409, "quota_reached", "storage_mb")
    assert (await firm.seen("admin", f"/v1/organizations/{firm.tenant}"))["quota"]["storage_mb"]["used"] == 1
    await firm.commands.execute(worker(firm.tenant), DiscardReport(), reports[1])
    await firm.runner.catch_up()
    assert (await firm.post("coach", "/v1/reports", body)).status_code == 201


async def test_an_administrator_sees_what_is_used_of_what_there_may_be(engaged: Firm, app: Litestar, settings: Settings) -> None:
    await allow(engaged, app, people=40, requests_per_minute=90)
    there = await people(engaged)
    at = f"/v1/organizations/{engaged.tenant}"
    assert (await engaged.seen("admin", at))["quota"] == {
        "people": {"used": there, "at_most": 40},
        "engagements": {"used": 1, "at_most": None},
        "storage_mb": {"used": 0, "at_most": None},
        "requests_per_minute": 90,
    }
    await allow(engaged, app)
    assert (await engaged.seen("admin", at))["quota"]["requests_per_minute"] == settings.organization_requests_per_minute
    assert "quota" not in await engaged.seen("coach", at)
