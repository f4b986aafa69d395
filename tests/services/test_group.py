"""A member of a group over HTTP: they read what the group shares, speak for themselves, and are gone when they leave."""

from __future__ import annotations

import asyncio
from collections import Counter
from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar

from infra.eventstore.sealing import subject_of
from services.permission.policy import TOGETHER as TOGETHER_DO
from tests.services.firm import DUE, Firm
from tests.services.grouping import TOGETHER, at_group, book, grouped, leave, promise, sign


@pytest.fixture(scope="module")
async def group(app: Litestar, client: Any, runner: Any) -> Firm:
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    await grouped(app, firm)
    return firm


def told(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def ids(firm: Firm, who: str, path: str) -> list[str]:
    return [one["id"] for one in (await firm.seen(who, path))["items"]]


async def test_a_member_finds_the_group_in_their_own_lists(group: Firm) -> None:
    for who in TOGETHER:
        assert await ids(group, who, "/v1/engagements") == [group.ids["engagement"]]
        assert await ids(group, who, "/v1/engagements?sort=starts_on") == [group.ids["engagement"]]
        assert await ids(group, who, "/v1/plans") == [group.ids["plan"]]
        assert group.ids["session"] in await ids(group, who, "/v1/sessions?sort=-starts_at")
    assert await ids(group, "otto", "/v1/engagements") == []
    plan = await group.seen("ben", f"/v1/plans/{group.ids['plan']}")
    assert [one["title"] for one in plan["objectives"]] == ["Meet"]
    seen = await group.seen("ben", at_group(group))
    assert seen["agreement"]["text"] == "What is said among us stays here."
    assert {one["client_id"] for one in seen["company"]["members"]} == {group.ids["ben"], group.ids["eve"]}
    assert (seen["company"]["chemistry_sessions"], seen["assessment_ids"], "evaluation_ids" in seen) == (
        {"withheld": True},
        {"withheld": True},
        False,
    )


async def test_a_member_does_what_is_their_own_and_nothing_for_the_group(group: Firm) -> None:
    plan, objective = f"/v1/plans/{group.ids['plan']}", group.ids["Meet"]
    for command, body in (
        ("define-objective", {"title": "Read more"}),
        ("reprioritize-objective", {"objective_id": objective, "from": 1, "to": 2}),
        ("propose-change", {"change": {"command": "refine_objective", "objective_id": objective}, "reason_code": "scope"}),
    ):
        assert told(await group.post("ben", f"{plan}/{command}", body))[0] in {400, 403}
    for path in ("timeline", "as-of?recorded=2026-01-01", "diff?from=2026-01-01", "ledger", "readiness"):
        assert told(await group.get("ben", f"{plan}/{path}")) == (403, "not_permitted")
    refused = await group.post("ben", f"{plan}/approve-plan", {"plan_version": 1, "digest": "0" * 64})
    assert (told(refused), refused.json()["detail"]) == ((403, "not_permitted"), TOGETHER_DO)
    other = {"text": "Ask them", "owner": group.ids["client"], "due_on": DUE, "objective_id": objective}
    assert told(await group.post("ben", f"{plan}/commit-action", other)) == (403, "not_permitted")
    await group.done("ben", f"{plan}/commit-action", other | {"owner": group.ids["ben"]})
    theirs = await promise(group, "client")
    assert told(await group.post("ben", f"{plan}/complete-action", {"action_id": theirs})) == (403, "not_permitted")
    await group.done("ben", f"{plan}/complete-action", {"action_id": await promise(group, "ben")})
    assert told(await group.post("ben", f"{at_group(group)}/end-engagement-early", {"reason_code": "scope"})) == (403, "not_permitted")


async def test_what_a_member_thinks_of_the_plan_is_for_them_and_the_coach(group: Firm) -> None:
    plan = f"/v1/plans/{group.ids['plan']}"
    said = {"about": "objective", "about_id": group.ids["Meet"], "stance": "proposes", "text": "Twice a month would do."}
    await group.done("eve", f"{plan}/record-client-input", said)
    seen = {who: (await group.seen(who, plan))["inputs"] for who in ("eve", "coach", "client", "ben")}
    assert [(one["by"], one["text"], one["quoted"]) for one in seen["eve"]] == [(group.ids["eve"], said["text"], False)]
    assert seen == {"eve": seen["eve"], "coach": seen["eve"], "client": [], "ben": []}
    manager = (await group.seen("program_manager", plan))["inputs"]
    assert [(one["by"], one["text"]) for one in manager] == [(group.ids["eve"], {"withheld": True})]
    told_of = {
        who: "plan.client_input_recorded" in {one["kind"] for one in (await group.seen(who, f"{plan}/timeline"))["items"]}
        for who in ("coach", "client", "program_manager")
    }
    assert told_of == {"coach": True, "client": False, "program_manager": True}, "nor that, and with which stance"


async def test_a_session_is_rated_by_each_who_came(app: Litestar, firm: Firm) -> None:
    await grouped(app, firm)
    at = f"/v1/sessions/{firm.ids['session']}"
    for who in TOGETHER:
        await firm.done(who, f"{at}/rate-session", {"scores": {"stars": 5}})
    assert told(await firm.post("ben", f"{at}/rate-session", {"scores": {"stars": 4}})) == (409, "already_rated")
    await firm.done("program_manager", f"{at_group(firm)}/add-member", {"client_id": firm.ids["cleo"]})
    await sign(firm, "cleo")
    assert told(await firm.post("cleo", f"{at}/rate-session", {"scores": {"stars": 4}})) == (422, "not_there")
    seen = {who: (await firm.seen(who, at)) for who in ("ben", "client", "cleo", "coach")}
    by = {who: {one["by"] for one in content["ratings"]} for who, content in seen.items()}
    assert by == {
        "ben": {firm.ids["ben"]},
        "client": {firm.ids["client"]},
        "cleo": set(),
        "coach": {firm.ids[who] for who in TOGETHER},
    }
    assert seen["coach"]["held"]["participants"] == 3
    assert set(seen["ben"]["held"]["attended"]) == {firm.ids[who] for who in TOGETHER}


async def test_who_came_is_named_among_those_who_are_coached(app: Litestar, group: Firm) -> None:
    at = f"/v1/sessions/{await book(app, group, hours=3)}/complete-session"
    assert told(await group.post("coach", at, {"minutes": 60, "attended": [group.ids["otto"]]})) == (422, "attendee_unknown")
    await group.done("coach", at, {"minutes": 60, "attended": [group.ids["ben"]]})


async def test_a_sponsor_sees_what_all_of_them_consent_to_and_at_once_no_more(app: Litestar, firm: Firm) -> None:
    await grouped(app, firm)
    at, plan = at_group(firm), f"/v1/plans/{firm.ids['plan']}"
    body = {"subjects": ["objective_titles"], "recipient": {"role": "sponsor"}}

    async def titles() -> Any:
        return (await firm.seen("sponsor", plan))["objectives"]

    for number, who in enumerate(TOGETHER):
        assert await titles() == {"withheld": True}, number
        await firm.done(who, f"{at}/grant-disclosure-consent", body)
    assert [one["title"] for one in await titles()] == ["Meet"]
    assert [one["by"] for one in (await firm.seen("ben", at))["consents"]] == [firm.ids["ben"]]
    assert {one["by"] for one in (await firm.seen("coach", at))["consents"]} == {firm.ids[who] for who in TOGETHER}
    assert len((await firm.seen("sponsor", at))["consents"]) == 1
    await firm.done("ben", f"{at}/withdraw-disclosure-consent", body)
    assert await titles() == {"withheld": True}
    await firm.done("ben", f"{at}/grant-disclosure-consent", body)
    await firm.done("program_manager", f"{at}/add-member", {"client_id": firm.ids["cleo"]})
    assert await titles() == {"withheld": True}, "who joined has consented to nothing"


async def test_who_joins_signs_first_and_who_leaves_is_gone_at_once(app: Litestar, firm: Firm) -> None:
    await grouped(app, firm)
    plan, session = f"/v1/plans/{firm.ids['plan']}", f"/v1/sessions/{firm.ids['session']}"
    await firm.done("program_manager", f"{at_group(firm)}/add-member", {"client_id": firm.ids["cleo"]})
    assert await ids(firm, "cleo", "/v1/engagements") == [firm.ids["engagement"]]
    assert (await ids(firm, "cleo", "/v1/plans"), await ids(firm, "cleo", "/v1/sessions")) == ([], [])
    for path in (plan, session):
        assert told(await firm.get("cleo", path)) == (403, "not_permitted")
    await sign(firm, "cleo")
    assert (await firm.seen("cleo", plan))["id"] == firm.ids["plan"]
    await leave(firm, "ben")
    for path in (at_group(firm), plan, session):
        assert told(await firm.get("ben", path)) == (404, "not_found")
    assert told(await firm.post("ben", f"{session}/rate-session", {"scores": {"stars": 4}})) == (404, "not_found")
    for path in ("/v1/engagements", "/v1/plans", "/v1/sessions"):
        assert (await firm.get("ben", path)).json()["items"] == [], "also where the list has not followed yet"


async def test_shared_notes_go_over_once_everybody_lets_them_and_until_one_takes_it_back(app: Litestar, firm: Firm) -> None:
    await grouped(app, firm)
    at, session = at_group(firm), f"/v1/sessions/{firm.ids['session']}"
    for who in TOGETHER:
        await firm.done(who, f"{session}/record-reflection", {"text": f"What {who} learnt", "visibility": "shared"})
    into = f"/v1/programs/{firm.ids['program']}/add-coach-to-pool"
    await firm.done("program_manager", into, {"coach_id": firm.ids["stranger"], "max_engagements": 1})
    change = {"from": firm.ids["coach"], "to": firm.ids["stranger"], "handover_scope": "shared_notes", "reason_code": "absence"}
    await firm.done("client", f"{at}/grant-handover-consent", {})
    assert told(await firm.post("program_manager", f"{at}/reassign-coach", change)) == (422, "handover_consent_missing")
    for who in ("ben", "eve"):
        assert (await firm.seen(who, at))["handover_consent"] is None
        await firm.done(who, f"{at}/grant-handover-consent", {})
    await firm.done("program_manager", f"{at}/reassign-coach", change)
    assert [f"What {who} learnt" in str(await firm.seen("stranger", session)) for who in TOGETHER] == [True, True, True]
    await leave(firm, "eve")
    assert [f"What {who} learnt" in str(await firm.seen("stranger", session)) for who in TOGETHER] == [True, True, False]
    await firm.done("ben", f"{at}/withdraw-handover-consent", {})
    assert "learnt" not in str(await firm.seen("stranger", session))


async def until_heard(firm: Firm, path: str, body: dict[str, Any]) -> Response:
    """As a client of the API does it: whoever is told that others are at work on the same thing tries again."""
    while (answer := await firm.post("program_manager", path, body)).status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        assert answer.json()["code"] == "busy"
    return answer


async def test_of_two_who_join_or_leave_at_once_each_is_counted(app: Litestar, firm: Firm) -> None:
    await grouped(app, firm)
    at, ben, eve = at_group(firm), firm.ids["ben"], firm.ids["eve"]
    gone = [{"client_id": one, "reason_code": "absence"} for one in (ben, ben, eve, eve)]
    answers = await asyncio.gather(*(until_heard(firm, f"{at}/remove-member", body) for body in gone))
    assert Counter(one.status_code for one in answers) == {200: 2, 409: 2}
    assert (await firm.seen("coach", at))["company"]["head_count"] == 1
    come = [firm.ids[who] for who in ("ben", "eve", "cleo", "cleo")]
    answers = await asyncio.gather(*(until_heard(firm, f"{at}/add-member", {"client_id": one}) for one in come))
    assert Counter(one.status_code for one in answers) == {200: 3, 409: 1}
    assert (await firm.seen("coach", at))["company"]["head_count"] == 4


async def test_a_group_begins_when_each_has_signed(firm: Firm) -> None:
    await firm.enter("ben", "client")
    body = {"client_id": firm.ids["client"], "kind": "team"}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", body))["id"]
    at = at_group(firm)
    await firm.done("program_manager", f"{at}/add-member", {"client_id": firm.ids["ben"]})
    await firm.done("program_manager", f"{at}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{at}/draft-agreement", {"sessions": 8, "cadence_days": 14})
    for who in ("client", "coach"):
        await sign(firm, who)
    dates = {"starts_on": "2026-01-01", "planned_end": "2026-12-31"}
    refused = await firm.post("coach", f"{at}/activate-engagement", dates)
    assert (told(refused), refused.json()["facts"]["people"]) == ((422, "signatures_missing"), [firm.ids["ben"]])
    await sign(firm, "ben")
    await firm.done("coach", f"{at}/activate-engagement", dates)


async def test_what_one_writes_is_sealed_to_them_and_what_the_group_agreed_to_it(app: Litestar, firm: Firm) -> None:
    """So that erasing a member takes their words, and leaves those of the group."""
    await grouped(app, firm)
    session, plan = UUID(firm.ids["session"]), UUID(firm.ids["plan"])
    for who in ("client", "ben"):
        await firm.done(who, f"/v1/sessions/{session}/rate-session", {"scores": {"stars": 5}, "comment": "It helped."})
    reading = await app.state.commands.store.read(firm.tenant, session, plan)
    ratings = [(str(one.by), str(subject_of(one.scores.sealed))) for one in reading.state(session, "session").ratings]
    assert ratings == [(firm.ids["client"], firm.ids["client"]), (firm.ids["ben"], firm.ids["ben"])]
    objective = reading.state(plan, "plan").objectives[UUID(firm.ids["Meet"])]
    assert str(subject_of(objective.terms.title.sealed)) == firm.ids["engagement"]
