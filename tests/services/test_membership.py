"""Roles over HTTP: given, changed and taken back, at once, on every server, and never the last administrator's."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.settings import Settings
from tests.services.firm import Firm, today
from tests.services.test_suspension import elsewhere

WHY = "They have left the firm."
ROUNDS = 20


def bearer(firm: Firm, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {firm.keys[who]}"}


async def revoke(firm: Firm, who: str, whom: str, role: str, **more: Any) -> tuple[int, str | None]:
    body = {"role": role, "reason": WHY} | more
    answer = await firm.post(who, f"/v1/people/{firm.ids[whom]}/revoke-membership", body)
    return answer.status_code, answer.json().get("code")


async def test_a_key_opens_nothing_from_the_next_request_on_everywhere(planned: Firm, settings: Settings) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    async with elsewhere(settings) as other:
        assert (await other.get("/v1/me", headers=bearer(planned, "coach"))).status_code == 200
        assert await revoke(planned, "admin", "coach", "coach") == (200, None)
        for client in (planned.client, other):
            assert (await client.get(at, headers=bearer(planned, "coach"))).status_code == 403
            assert (await client.get("/v1/me", headers=bearer(planned, "coach"))).status_code == 403
            assert (await client.post(f"{at}/propose-plan", json={}, headers=bearer(planned, "coach"))).status_code == 403


async def test_what_was_made_before_is_not_brought_back_by_a_new_grant(firm: Firm, settings: Settings) -> None:
    await revoke(firm, "admin", "stranger", "coach")
    await firm.done("admin", f"/v1/people/{firm.ids['stranger']}/grant-membership", {"role": "coach"})
    async with elsewhere(settings) as other:
        answer = await other.get("/v1/me", headers=bearer(firm, "stranger"))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
        firm.keys["stranger"] = (await firm.issuer.create(firm.tenant, UUID(firm.ids["stranger"]), "coach")).key
        assert (await other.get("/v1/me", headers=bearer(firm, "stranger"))).status_code == 200


async def test_a_changed_role_takes_the_old_one_with_it(firm: Firm) -> None:
    at = f"/v1/people/{firm.ids['stranger']}/change-membership-role"
    await firm.done("admin", at, {"from": "coach", "to": "program_manager", "reason": WHY})
    assert (await firm.get("stranger", "/v1/me")).status_code == 403
    firm.keys["stranger"] = (await firm.issuer.create(firm.tenant, UUID(firm.ids["stranger"]), "program_manager")).key
    assert (await firm.get("stranger", "/v1/board")).status_code != 403
    again = await firm.post("admin", at, {"from": "coach", "to": "program_manager", "reason": WHY})
    assert (again.status_code, again.json()["code"], again.json()["errors"][0]["pointer"]) == (409, "role_not_held", "/from")


async def test_somebody_who_is_not_there_or_elsewhere_is_not_found(firm: Firm, planned: Firm) -> None:
    for person in (firm.tenant, planned.tenant, UUID(int=7)):
        answer = await firm.post("admin", f"/v1/people/{person}/revoke-membership", {"role": "coach", "reason": WHY})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["program_manager", "coach", "client", "sponsor", "auditor"])
async def test_only_administrators_take_roles_back(firm: Firm, who: str) -> None:
    status, code = await revoke(firm, who, "stranger", "coach")
    assert (status, code) in {(403, "not_permitted"), (404, "not_found")}


async def hr_key(firm: Firm, *scopes: str) -> None:
    body = {"name": "HR system", "person_id": firm.ids["integration"], "role": "integration", "scopes": list(scopes)}
    firm.keys["hr"] = (await firm.done("admin", "/v1/keys", body))["key"]


async def test_an_hr_system_gives_and_takes_the_roles_of_a_coaching(firm: Firm) -> None:
    await hr_key(firm, "people:write", "roles:write")
    made = await firm.done("hr", "/v1/people", {"name": "Nina New", "email": "nina@example.org"})
    firm.ids["nina"] = made["id"]
    for role in ("client", "coach", "sponsor"):
        await firm.done("hr", f"/v1/people/{made['id']}/grant-membership", {"role": role})
        assert await revoke(firm, "hr", "nina", role) == (200, None)
    for who in ("stranger", "client"):
        assert await revoke(firm, "hr", who, "coach" if who == "stranger" else "client") == (200, None)
    assert (await firm.get("stranger", "/v1/me")).status_code == 403


@pytest.mark.parametrize("role", ["admin", "program_manager", "auditor", "integration"])
async def test_an_hr_system_never_reaches_those_who_run_the_firm(firm: Firm, role: str) -> None:
    await hr_key(firm, "people:write", "roles:write")
    for person in (firm.ids["stranger"], firm.ids["integration"]):
        answer = await firm.post("hr", f"/v1/people/{person}/grant-membership", {"role": role})
        assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (403, "not_permitted", "/role")
    assert (await revoke(firm, "hr", role, role))[0] == 403
    changed = {"from": "coach", "to": role, "reason": WHY}
    assert (await firm.post("hr", f"/v1/people/{firm.ids['stranger']}/change-membership-role", changed)).status_code == 403
    assert (await firm.get("admin", "/v1/me")).status_code == 200


async def test_a_confined_key_of_an_administrator_gives_and_takes_no_more_than_an_hr_system(firm: Firm) -> None:
    """One by one, in a batch, and by changing a role: as the recipe for an HR system makes it."""
    body = {"name": "HR system", "scopes": ["people:read", "people:write", "roles:write", "identities:write"]}
    firm.keys["hr"] = (await firm.done("admin", "/v1/keys", body))["key"]
    at = f"/v1/people/{firm.ids['stranger']}"
    seen = (await firm.seen("hr", f"/v1/people/{firm.ids['admin']}"))["profile_version"]
    registering = {"id": "eve", "command": "register_person", "body": {"name": "Eve", "email": "eve@example.org"}}
    granting = {"command": "grant_membership", "target": {"made_by": "eve"}}
    for role in ("admin", "program_manager", "auditor", "integration"):
        for path, sent, pointer in (
            (f"{at}/grant-membership", {"role": role}, "/role"),
            (f"{at}/revoke-membership", {"role": role, "reason": WHY}, "/role"),
            (f"{at}/change-membership-role", {"from": "coach", "to": role, "reason": WHY}, "/to"),
            (f"{at}/change-membership-role", {"from": role, "to": "coach", "reason": WHY}, "/from"),
        ):
            answer = await firm.post("hr", path, sent)
            (fault,) = answer.json()["errors"]
            assert (answer.status_code, answer.json()["code"], fault["pointer"]) == (403, "not_permitted", pointer)
            assert "client, coach and sponsor" in answer.text
            assert "an administrator signs in" in answer.text
        answer = await firm.post("hr", "/v1/batches", {"items": [registering, {**granting, "body": {"role": role}}], "mode": "all"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
        assert "client, coach and sponsor" in answer.text
    moved = await firm.post("hr", f"/v1/people/{firm.ids['admin']}/change-person-profile", {"seen": seen, "email": "eve@example.org"})
    assert (moved.status_code, moved.json()["code"]) == (403, "not_permitted")
    linked = await firm.post("hr", f"/v1/people/{firm.ids['admin']}/link-identity", {"provider": "okta", "subject": "eve"})
    assert (linked.status_code, linked.json()["code"]) == (403, "not_permitted")
    answer = await firm.post("hr", "/v1/batches", {"items": [registering, {**granting, "body": {"role": "client"}}], "mode": "all"})
    assert answer.status_code == 200, answer.text
    await firm.done("hr", f"{at}/change-membership-role", {"from": "coach", "to": "sponsor", "reason": WHY})


async def test_a_key_that_registers_people_grants_no_role(firm: Firm) -> None:
    await hr_key(firm, "people:write")
    answer = await firm.post("hr", f"/v1/people/{firm.ids['stranger']}/grant-membership", {"role": "client"})
    assert (answer.status_code, answer.json()["code"], "roles:write" in answer.json()["detail"]) == (403, "scope_missing", True)


async def test_the_last_administrator_stays_and_one_whose_end_is_known_does_not_count(firm: Firm) -> None:
    assert await revoke(firm, "admin", "admin", "admin") == (409, "last_admin")
    at = f"/v1/people/{firm.ids['stranger']}/grant-membership"
    until = today() + timedelta(days=300)
    await firm.done("admin", at, {"role": "admin", "until": until.isoformat()})
    assert await revoke(firm, "admin", "admin", "admin") == (409, "last_admin")
    await firm.done("admin", at, {"role": "admin"})
    assert await revoke(firm, "admin", "admin", "admin") == (200, None)
    assert (await firm.get("admin", "/v1/me")).status_code == 403


async def test_within_a_batch_an_administrator_counts_from_the_item_on_that_makes_one(firm: Firm) -> None:
    """Also one who is registered in it; and one who leaves counts no more."""
    leaving = {"command": "revoke_membership", "target": firm.ids["admin"], "body": {"role": "admin", "reason_code": "org_change"}}
    granting = {"command": "grant_membership", "target": firm.ids["stranger"], "body": {"role": "admin"}}
    registering = {"command": "register_person", "body": {"name": "Bo", "email": "bo@example.org"}, "id": "bo"}
    for mode in ("each", "all"):
        refused = await firm.post("admin", "/v1/batches", {"items": [leaving, granting], "mode": mode})
        told = refused.json() if mode == "all" else refused.json()["items"][0]["problem"]
        assert (told["code"], told["status"]) == ("last_admin", 409)
        await firm.post("admin", f"/v1/people/{firm.ids['stranger']}/revoke-membership", {"role": "admin", "reason_code": "org_change"})
    back = {"command": "revoke_membership", "target": {"made_by": "bo"}, "body": {"role": "admin", "reason_code": "org_change"}}
    for items, statuses in (
        ([registering, {**granting, "target": {"made_by": "bo"}}, back, leaving], [201, 200, 200, 409]),
        ([granting, leaving, registering], [200, 200, 403]),
    ):
        answer = await firm.post("admin", "/v1/batches", {"items": items})
        assert [item["status"] for item in answer.json()["items"]] == statuses, answer.text
    assert (await firm.get("admin", "/v1/me")).status_code == 403


async def test_who_administers_a_program_never_reaches_beyond_it(engaged: Firm) -> None:
    await engaged.enter("narrow", "client")
    program, narrow = engaged.ids["program"], engaged.ids["narrow"]
    await engaged.done("admin", f"/v1/people/{narrow}/grant-membership", {"role": "admin", "program_id": program})
    engaged.keys["narrow"] = (await engaged.issuer.create(engaged.tenant, UUID(narrow), "admin")).key
    other = await engaged.done("program_manager", "/v1/programs", {"name": "Other", "starts_on": "2026-01-01", "ends_on": "2026-06-30",
                               "capacity": 1, "sessions_per_engagement": 1})  # fmt: skip
    for person in (narrow, engaged.ids["stranger"]):
        at = f"/v1/people/{person}/grant-membership"
        for scope in ({}, {"program_id": other["id"]}):
            answer = await engaged.post("narrow", at, {"role": "admin", **scope})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    grant = {"role": "coach", "program_id": program}
    await engaged.done("narrow", f"/v1/people/{engaged.ids['client']}/grant-membership", grant)
    assert (await revoke(engaged, "narrow", "coach", "coach"))[0] == 403
    assert (await revoke(engaged, "narrow", "client", "coach", program_id=program))[0] == 200


async def two_administrators(firm: Firm, number: int) -> tuple[str, str]:
    """The one that there is, and another."""
    one, other = ("admin", f"other {number}")
    made = await firm.done(one, "/v1/people", {"name": "Otto", "email": f"otto{number}@example.org"})
    await firm.done(one, f"/v1/people/{made['id']}/grant-membership", {"role": "admin"})
    firm.ids[other] = made["id"]
    firm.keys[other] = (await firm.issuer.create(firm.tenant, UUID(made["id"]), "admin")).key
    return one, other


@pytest.mark.parametrize("themselves", [True, False])
async def test_of_two_last_administrators_who_take_the_role_away_at_once_one_stays(firm: Firm, themselves: bool) -> None:
    """Each takes it from themselves, or from the other."""
    refused: Counter[tuple[int, str | None]] = Counter()
    for number in range(ROUNDS):
        one, other = await two_administrators(firm, number)
        whom = (one, other) if themselves else (other, one)
        answers = await asyncio.gather(revoke(firm, one, whom[0], "admin"), revoke(firm, other, whom[1], "admin"))
        assert sorted(status for status, _ in answers)[0] == 200, answers
        (loser,) = [answer for answer in answers if answer[0] != 200]
        refused[loser] += 1
        stays = one if (await firm.get(one, "/v1/me")).status_code == 200 else other
        assert (await firm.get(stays, "/v1/me")).status_code == 200
        firm.ids["admin"], firm.keys["admin"] = firm.ids[stays], firm.keys[stays]
    assert refused.keys() <= ({(409, "last_admin")} if themselves else {(403, "not_permitted"), (409, "last_admin")})


async def steps(firm: Firm, who: str, query: str = "") -> dict[str, Any]:
    return await firm.seen(who, f"/v1/people/{firm.ids['stranger']}/memberships{query}")


async def test_everything_that_was_done_to_somebodys_roles_is_told_with_who_and_why(firm: Firm) -> None:
    at = f"/v1/people/{firm.ids['stranger']}"
    await firm.done("admin", f"{at}/change-membership-role", {"from": "coach", "to": "client", "reason": WHY})
    assert await revoke(firm, "admin", "stranger", "client", reason_code="org_change") == (200, None)
    told = await steps(firm, "admin")
    assert [(one["kind"], one["from"], one["role"], one["reason_code"], one["reason"]) for one in told["steps"]] == [
        ("granted", None, "coach", None, None),
        ("changed", "coach", "client", None, WHY),
        ("revoked", None, "client", "org_change", WHY),
    ]
    assert {one["by"] for one in told["steps"]} == {firm.ids["admin"]}
    assert told["people"] == [{"id": firm.ids["admin"], "name": "Ada Admin"}]
    assert told["roles"] == []


async def test_an_auditor_sees_that_there_was_a_reason_and_not_its_words(firm: Firm) -> None:
    await revoke(firm, "admin", "stranger", "coach", reason_code="org_change")
    (_, last) = (await steps(firm, "auditor"))["steps"]
    assert (last["reason_code"], last["reason"]) == ("org_change", {"withheld": True})


async def test_the_roles_of_a_day_are_those_that_were_held_on_it(firm: Firm) -> None:
    then = await steps(firm, "auditor", f"?on={today() + timedelta(days=400)}")
    assert [one["role"] for one in then["roles"]] == ["coach"]
    before = await steps(firm, "auditor", f"?on={today() - timedelta(days=2)}")
    assert (before["roles"], before["steps"]) == ([], [])


async def test_a_person_reads_their_own_steps_and_nobody_elses(firm: Firm) -> None:
    assert (await firm.get("stranger", f"/v1/people/{firm.ids['stranger']}/memberships")).status_code == 200
    assert (await firm.get("stranger", f"/v1/people/{firm.ids['coach']}/memberships")).status_code == 404
    assert (await firm.get("program_manager", f"/v1/people/{firm.ids['coach']}/memberships")).status_code == 403


async def test_a_person_shows_since_when_each_role_is_held(firm: Firm) -> None:
    (role,) = (await firm.seen("admin", f"/v1/people/{firm.ids['coach']}"))["roles"]
    assert (role["role"], role["until"]) == ("coach", None)
    (granted,) = (await firm.seen("admin", f"/v1/people/{firm.ids['coach']}/memberships"))["steps"]
    assert role["since"] == granted["at"]
