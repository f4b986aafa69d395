"""Another organization's things are not there: the same answer as for what never was, on every route."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar
from uuid_utils.compat import uuid7

from services.actor import ROLES
from tests.services.firm import Firm

NAMES = {"plans": "plan", "engagements": "engagement", "programs": "program", "people": "client", "assessments": "assessment"}


def without_ids(answer: Any) -> tuple[int, dict[str, Any]]:
    body = answer.json()
    body.pop("request_id")
    return answer.status_code, body


@pytest.fixture
async def other(app: Litestar, firm: Firm) -> Firm:
    """A second organization, whose people know the first one's ids."""
    other = Firm(firm.client, firm.runner, app.state.commands, app.state.api_keys)
    await other.open()
    return other


async def test_what_is_foreign_answers_like_what_is_absent(app: Litestar, planned: Firm, other: Firm) -> None:
    document = app.state.document
    made = await planned.done("coach", "/v1/assessments", {"engagement_id": planned.ids["engagement"]})
    due = {"engagement_id": planned.ids["engagement"], "kind": "final", "point": "end", "due_on": "2199-01-01"}
    evaluation = await planned.done("coach", "/v1/evaluations", due)
    asked = {"template": "client_progress", "subject_id": planned.ids["engagement"], "recipients": [planned.ids["coach"]]}
    report = await planned.done("coach", "/v1/reports", asked)
    known = planned.ids | {"assessment": made["id"], "evaluation": evaluation["id"], "report": report["id"]}
    known["organization"] = str(planned.tenant)
    await planned.runner.catch_up()
    tried = 0
    for path, item in document["paths"].items():
        if "{id}" not in path:
            continue
        noun = path.split("/")[2]
        theirs = known[NAMES.get(noun, noun[:-1])]
        for method, operation in item.items():
            given: dict[str, Any] = {"params": {"position": 1}} if path.endswith("/as-of") else {}  # which moment has to be said
            given["json"] = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
            for role in ROLES:
                foreign = await other.send(role, method.upper(), path.replace("{id}", theirs), **given)
                absent = await other.send(role, method.upper(), path.replace("{id}", str(uuid7())), **given)
                assert without_ids(foreign) == without_ids(absent), (role, method, path)
                assert foreign.status_code == 404, (role, method, path, foreign.text)
                tried += 1
    assert tried > 200


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
