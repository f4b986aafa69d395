"""API keys over HTTP: made, confined, listed; and what each of them opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar import Litestar

from services.actor import ROLES
from services.command.execution import utc_now
from services.entry.auth import Wanted
from services.permission.scope import OPEN, ROWS, SCOPE_OF, SCOPES
from services.permission.table import MAY
from services.sign_in.life import SignIns
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.services.keyring import AHEAD, code, made


@pytest.fixture
async def other(app: Litestar, firm: Firm) -> Firm:
    """Another organization of the same installation."""
    other = Firm(firm.client, firm.runner, app.state.commands, app.state.api_keys)
    await other.open()
    return other


async def test_a_key_is_shown_once_and_opens_what_its_role_may(firm: Firm, house: Database) -> None:
    answer = await firm.post("coach", "/v1/keys", {"name": "Laptop"})
    new = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/keys/{new['id']}")
    assert answer.headers["cache-control"] == "no-store"
    assert (new["person_id"], new["role"], new["state"], new["scopes"]) == (firm.ids["coach"], "coach", "active", None)
    assert new["key"].startswith(new["hint"])
    assert len(new["hint"]) < 10
    firm.keys["laptop"] = new["key"]
    assert (await firm.seen("laptop", "/v1/me"))["role"] == "coach"
    later = [await firm.get("coach", path) for path in ("/v1/keys", f"/v1/keys/{new['id']}")]
    assert not any(new["key"] in one.text for one in later)
    assert new["key"] not in str(
        ask(house.dsn("admin"), "SELECT k::text, s::text FROM directory.api_key k JOIN directory.key_step s USING (key_id)")
    )


async def test_a_key_for_oneself_is_for_the_role_one_acts_in(firm: Firm) -> None:
    refused = await firm.post("client", "/v1/keys", {"name": "Higher", "role": "admin"})
    assert code(refused) == (422, "role_not_granted")
    await firm.done("admin", f"/v1/people/{firm.ids['client']}/grant-membership", {"role": "coach"})
    beyond = await firm.post("client", "/v1/keys", {"name": "Other", "role": "coach"})
    assert code(beyond) == (403, "key_exceeds_maker")
    assert "assign_coach" not in beyond.json()["facts"]["actions"]
    assert "draft_plan" in beyond.json()["facts"]["actions"]


async def test_an_administrator_makes_no_key_that_may_more_than_they(firm: Firm) -> None:
    """Nor can they act as a client, or read what only the parties of a coaching may."""
    whole = await firm.post("admin", "/v1/keys", {"name": "As the client", "person_id": firm.ids["client"], "role": "client"})
    assert code(whole) == (403, "key_exceeds_maker")
    body = {"name": "Names only", "person_id": firm.ids["auditor"], "role": "auditor", "scopes": ["people:read"]}
    assert code(await firm.post("admin", "/v1/keys", body)) == (403, "key_exceeds_maker")


async def test_nobody_gets_a_key_that_speaks_as_another_person(firm: Firm) -> None:
    """Not even as one with the same role: what is done with it would stand in the log as theirs."""
    await firm.enter("second", "admin")
    for body in ({"role": "admin"}, {"role": "admin", "scopes": ["people:read"]}):
        answer = await firm.post("admin", "/v1/keys", {"name": "As the other", "person_id": firm.ids["second"]} | body)
        assert code(answer) == (403, "key_exceeds_maker")
    own = await firm.done("second", "/v1/keys", {"name": "Mine"})
    assert code(await firm.post("admin", f"/v1/keys/{own['id']}/rotate", {})) == (403, "key_exceeds_maker")
    await firm.done("admin", f"/v1/keys/{own['id']}/revoke", {})


async def test_a_machine_has_scopes_and_an_end(firm: Firm) -> None:
    body = {"name": "Staff list", "person_id": firm.ids["integration"], "role": "integration"}
    assert code(await firm.post("admin", "/v1/keys", body)) == (422, "scopes_required")
    body |= {"scopes": ["people:read"]}
    assert code(await firm.post("admin", "/v1/keys", body | {"expires_at": AHEAD})) == (422, "expiry_out_of_range")
    new = await firm.done("admin", "/v1/keys", body)
    assert timedelta(days=364) < datetime.fromisoformat(new["expires_at"]) - utc_now() < timedelta(days=365, minutes=1)
    firm.keys["staff"] = new["key"]
    assert (await firm.get("staff", "/v1/people")).status_code == 200
    refused = await firm.post("staff", "/v1/people", {"name": "X", "email": "x@example.org"})
    assert code(refused) == (403, "scope_missing")
    assert "people:write" in refused.json()["detail"]
    assert set((await firm.seen("staff", "/v1/me"))["may"]) - OPEN == {"list_people", "read_person"}
    assert code(await firm.post("integration", "/v1/keys", body)) == (403, "not_permitted")


async def test_a_confined_key_makes_none_that_may_more(firm: Firm) -> None:
    await made(firm, "coach", "keeper", scopes=["keys:write", "keys:read", "plans:read"])
    assert code(await firm.post("keeper", "/v1/keys", {"name": "All"})) == (403, "key_exceeds_maker")
    assert code(await firm.post("keeper", "/v1/keys", {"name": "W", "scopes": ["plans:write"]})) == (403, "key_exceeds_maker")
    assert (await firm.post("keeper", "/v1/keys", {"name": "R", "scopes": ["plans:read"]})).status_code == 201


async def test_of_a_key_with_every_scope_comes_none_without(firm: Firm) -> None:
    """It names all actions, and gives fewer roles all the same: nor is its own confinement lifted."""
    kept = await made(firm, "admin", "broad", scopes=list(SCOPES))
    refused = await firm.post("broad", "/v1/keys", {"name": "All"})
    assert (code(refused), refused.json()["errors"][0]["pointer"]) == ((403, "key_exceeds_maker"), "/scopes")
    read = await firm.get("broad", f"/v1/keys/{kept['id']}")
    change = {"name": "All", "scopes": None, "expires_at": None}
    changed = await firm.send("broad", "PUT", f"/v1/keys/{kept['id']}", json=change, headers={"If-Match": read.headers["etag"]})
    assert code(changed) == (403, "key_exceeds_maker")
    assert (await firm.post("broad", "/v1/keys", {"name": "As broad", "scopes": list(SCOPES)})).status_code == 201


async def test_a_confined_key_that_enters_people_does_not_sign_in_as_one(firm: Firm) -> None:
    """Whoever gives a person another address gets their sign-in links, and with those all that the person may."""
    await made(firm, "admin", "clerk", scopes=["people:read", "people:write"])
    at, moved = f"/v1/people/{firm.ids['coach']}", {"email": "clerk@example.org"}
    seen = (await firm.seen("clerk", at))["profile_version"]
    assert code(await firm.post("clerk", f"{at}/change-person-profile", moved | {"seen": seen})) == (403, "scope_missing")
    linked = await firm.post("clerk", f"{at}/link-identity", {"provider": "oidc", "subject": "clerk"})
    assert code(linked) == (403, "scope_missing")
    await made(firm, "admin", "directory", scopes=["identities:write"])
    await firm.done("directory", f"{at}/change-person-profile", moved | {"seen": seen})


def test_every_action_is_in_one_scope() -> None:
    """An action that somebody can ask for is in one row of `services/permission/scope.py`: else no confined key could ever be given it."""
    named = [action for _, actions in ROWS for action in actions.split()]
    assert len(named) == len(set(named))
    assert {action for action, roles in MAY.items() if roles & set(ROLES)} - OPEN == set(named)
    assert set(SCOPE_OF.values()) == set(SCOPES)


async def test_one_sees_ones_own_keys_and_an_administrator_everyones(firm: Firm) -> None:
    mine = await made(firm, "coach", "mine")
    own = await firm.seen("coach", "/v1/keys")
    assert {one["person_id"] for one in own["items"]} == {firm.ids["coach"]}
    assert own["items"][0]["id"] == mine["id"]
    for who in ("admin", "auditor"):
        everyone = {one["person_id"] for one in (await firm.seen(who, "/v1/keys?limit=200"))["items"]}
        assert {firm.ids["coach"], firm.ids["client"], firm.ids["admin"]} <= everyone
        assert {one["person_id"] for one in (await firm.seen(who, f"/v1/keys?person={firm.ids['client']}"))["items"]} == {
            firm.ids["client"]
        }
    assert code(await firm.get("coach", f"/v1/keys?person={firm.ids['client']}")) == (404, "not_found")
    assert (await firm.get("coach", f"/v1/keys?person={firm.ids['coach']}")).status_code == 200


async def test_keys_of_others_are_not_there(firm: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    tag = (await firm.get("coach", f"/v1/keys/{id}")).headers["etag"]
    change = {"name": "Taken", "scopes": None, "expires_at": None}
    for who in ("client", "program_manager", "stranger", "integration"):
        tries = [
            await firm.get(who, f"/v1/keys/{id}"),
            await firm.post(who, f"/v1/keys/{id}/rotate", {}),
            await firm.post(who, f"/v1/keys/{id}/revoke", {}),
        ]
        assert {one.status_code for one in tries} == {404}
        absent = await firm.get(who, f"/v1/keys/{uuid4()}")
        assert absent.json() | {"request_id": ""} == tries[0].json() | {"request_id": ""}
    assert (await firm.send("client", "PUT", f"/v1/keys/{id}", json=change, headers={"If-Match": tag})).status_code == 404
    assert code(await firm.post("auditor", f"/v1/keys/{id}/revoke", {})) == (404, "not_found")
    assert (await firm.get("auditor", f"/v1/keys/{id}")).status_code == 200
    assert (await firm.get("mine", "/v1/me")).status_code == 200


async def test_keys_of_another_organization_are_not_there(firm: Firm, other: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    for answer in (await other.get("admin", f"/v1/keys/{id}"), await other.post("admin", f"/v1/keys/{id}/revoke", {})):
        assert code(answer) == (404, "not_found")
    assert (await other.seen("admin", f"/v1/keys?person={firm.ids['coach']}"))["items"] == []
    body = {"name": "Foreign", "person_id": firm.ids["integration"], "role": "integration", "scopes": ["people:read"]}
    assert code(await other.post("admin", "/v1/keys", body)) == (404, "not_found")
    assert (await firm.get("mine", "/v1/me")).status_code == 200


async def test_pages_lead_through_all_keys(firm: Firm) -> None:
    ids = {(await made(firm, "coach", f"key {number}"))["id"] for number in range(5)}
    found: list[str] = []
    path = "/v1/keys?limit=2"
    while path:
        answer = await firm.get("coach", path)
        found += [one["id"] for one in answer.json()["items"]]
        path = answer.links["next"]["url"] if "next" in answer.links else ""
    assert ids < set(found)
    assert len(found) == len(set(found)) == 6


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "a\nb"}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"name": "x", "scopes": []}, "/scopes"),
        ({"name": "x", "scopes": ["everything"]}, "/scopes/0"),
        ({"name": "x", "scopes": "plans:read"}, "/scopes"),
        ({"name": "x", "role": "operator"}, "/role"),
        ({"name": "x", "role": "worker"}, "/role"),
        ({"name": "x", "person_id": "me"}, "/person_id"),
        ({"name": "x", "expires_at": "2199-01-01"}, "/expires_at"),
        ({"name": "x", "expires_at": "2199-01-01T00:00:00"}, "/expires_at"),
        ({"name": "x", "key": "tl_mine"}, "/key"),
        ({"name": "x", "created_by": None}, "/created_by"),
    ],
)
async def test_what_is_no_key_is_refused_with_its_place(firm: Firm, body: dict[str, Any], pointer: str) -> None:
    answer = await firm.post("coach", "/v1/keys", body)
    assert (code(answer), [one["pointer"] for one in answer.json()["errors"]]) == ((400, "unreadable"), [pointer])


async def test_a_key_does_not_expire_before_it_is_made(firm: Firm) -> None:
    answer = await firm.post("coach", "/v1/keys", {"name": "x", "expires_at": "2020-01-01T00:00:00Z"})
    assert (code(answer), answer.json()["errors"][0]["pointer"]) == ((422, "expiry_out_of_range"), "/expires_at")


async def test_a_session_is_no_key(firm: Firm) -> None:
    session = await firm.issuer.make(firm.tenant, UUID(firm.ids["coach"]), "coach", Wanted("sign_in", how="key"))
    firm.keys["session"] = session.key
    assert (await firm.get("session", "/v1/me")).status_code == 401
    assert (await firm.client.get("/v1/me", headers={"Cookie": f"throughline_session={firm.keys['coach']}"})).status_code == 401
    for path in (f"/v1/keys/{session.key_id}", f"/v1/keys/{session.key_id}/revoke"):
        assert (await firm.send("coach", "GET" if path.count("/") == 3 else "POST", path, json={})).status_code == 404


async def test_a_key_that_ends_makes_none_that_lasts_longer(app: Litestar, firm: Firm) -> None:
    """Nor does it prolong itself, nor by way of the pages."""
    ends = utc_now() + timedelta(days=1)
    wanted = Wanted(name="Lent", until=ends, by=UUID(firm.ids["coach"]))
    firm.keys["lent"] = (await app.state.api_keys.make(firm.tenant, UUID(firm.ids["coach"]), "coach", wanted)).key
    assert datetime.fromisoformat((await firm.done("lent", "/v1/keys", {"name": "Left open"}))["expires_at"]) == ends
    beyond = {"name": "Longer", "expires_at": (ends + timedelta(seconds=1)).isoformat()}
    assert code(await firm.post("lent", "/v1/keys", beyond)) == (422, "expiry_out_of_range")
    cookie = await SignIns(app.state.api_keys).sign_in(firm.keys["lent"], secure=False)
    assert (await app.state.api_keys.find(str(cookie.value))).until == ends
