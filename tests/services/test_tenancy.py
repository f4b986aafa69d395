"""Another organization's things are not there. Every route is swept in `idor/`."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar

from tests.services.firm import Firm


@pytest.fixture
async def other(app: Litestar, firm: Firm) -> Firm:
    """A second organization, whose people know the first one's ids."""
    other = Firm(firm.client, firm.runner, app.state.commands, app.state.api_keys)
    await other.open()
    return other


async def test_nothing_begins_under_what_is_foreign(planned: Firm, other: Firm) -> None:
    theirs = planned.ids["engagement"]
    for path, body in (
        ("/v1/plans", {"engagement_id": theirs}),
        ("/v1/assessments", {"engagement_id": theirs}),
        ("/v1/evaluations", {"engagement_id": theirs, "kind": "final", "point": "end", "due_on": "2199-01-01"}),
        ("/v1/reports", {"template": "client_progress", "subject_id": theirs, "recipients": [other.ids["coach"]]}),
    ):
        answer = await other.post("coach", path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path
    proposal = {"client_id": other.ids["client"], "program_id": planned.ids["program"]}
    assert (await other.post("program_manager", "/v1/engagements", proposal)).status_code == 404


async def test_people_of_another_organization_cannot_be_named(planned: Firm, other: Firm) -> None:
    program = await other.done("program_manager", "/v1/programs", {**body_of_a_program(), "sponsored": False})
    at = f"/v1/programs/{program['id']}/add-coach-to-pool"
    answer = await other.post("program_manager", at, {"coach_id": planned.ids["coach"], "max_engagements": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_coach")


def body_of_a_program() -> dict[str, Any]:
    return {"name": "P", "starts_on": "2026-01-01", "ends_on": "2026-06-30", "capacity": 1, "sessions_per_engagement": 1}


async def test_lists_of_two_organizations_share_nothing(planned: Firm, other: Firm) -> None:
    mine = {person["id"] for person in (await planned.seen("admin", "/v1/people?limit=200"))["items"]}
    theirs = {person["id"] for person in (await other.seen("admin", "/v1/people?limit=200"))["items"]}
    assert mine & theirs == set()
    for path in ("/v1/plans", "/v1/engagements", "/v1/programs"):
        assert (await other.seen("program_manager", path))["items"] == []


async def test_the_same_idempotency_key_is_another_one_elsewhere(planned: Firm, other: Firm) -> None:
    body = {"name": "Same", "email": "same@example.org"}
    answers = [await firm.post("admin", "/v1/people", body, Idempotency_Key="same") for firm in (planned, other)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 2
