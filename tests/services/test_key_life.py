"""What becomes of an API key: changed, rotated, revoked, used, and all of that kept."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from httpx import Response

from services.command.execution import utc_now
from services.entry.auth import Keys
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.services.keyring import AHEAD, code, made


async def test_a_change_says_which_version_it_changes(firm: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    path, change = f"/v1/keys/{id}", {"name": "Reading", "scopes": ["plans:read"], "expires_at": AHEAD}
    read = await firm.get("coach", path)
    assert code(await firm.send("coach", "PUT", path, json=change)) == (428, "precondition_required")
    assert code(await firm.send("coach", "PUT", path, json=change, headers={"If-Match": "v1"})) == (400, "unreadable")
    weak = await firm.send("coach", "PUT", path, json=change, headers={"If-Match": "W/" + read.headers["etag"]})
    assert code(weak) == (412, "precondition_failed")
    done = await firm.send("coach", "PUT", path, json=change, headers={"If-Match": read.headers["etag"]})
    assert (done.status_code, done.json()["name"], done.json()["scopes"]) == (200, "Reading", ["plans:read"])
    stale = await firm.send("coach", "PUT", path, json=change, headers={"If-Match": read.headers["etag"]})
    assert (code(stale), stale.json()["facts"]) == ((412, "precondition_failed"), {"version": 2})
    again = await firm.send("coach", "PUT", path, json=change, headers={"If-Match": done.headers["etag"]})
    assert again.headers["etag"] == done.headers["etag"]
    assert code(await firm.get("mine", "/v1/people/" + firm.ids["coach"])) == (403, "scope_missing")
    assert (await firm.get("coach", path, If_None_Match=(await firm.get("coach", path)).headers["etag"])).status_code == 304


async def test_what_made_or_changed_a_key_answers_the_tag_of_reading_it(firm: Firm) -> None:
    """So that the next change needs no read (RFC 9110, 15.3.2), and what was made is not fetched again."""

    async def same_as_read(id: str, answer: Response) -> str:
        read = await firm.get("coach", f"/v1/keys/{id}")
        assert answer.headers["etag"] == read.headers["etag"], answer.request
        return str(answer.headers["etag"])

    posted = await firm.send("coach", "POST", "/v1/keys", json={"name": "Reading"})
    id = posted.json()["id"]
    tag = await same_as_read(id, posted)
    change = {"name": "Reading all", "scopes": None, "expires_at": None}
    tag = await same_as_read(id, await firm.send("coach", "PUT", f"/v1/keys/{id}", json=change, headers={"If-Match": tag}))
    rotated = await firm.send("coach", "POST", f"/v1/keys/{id}/rotate", json={"overlap_hours": 1})
    await same_as_read(rotated.json()["id"], rotated)
    await same_as_read(id, await firm.send("coach", "POST", f"/v1/keys/{id}/revoke", json={}))
    assert tag != (await firm.get("coach", f"/v1/keys/{id}")).headers["etag"]


async def test_of_two_changes_at_once_one_is_told(firm: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    tag = (await firm.get("coach", f"/v1/keys/{id}")).headers["etag"]
    bodies = [{"name": f"Name {number}", "scopes": None, "expires_at": None} for number in range(8)]
    sent = [firm.send("coach", "PUT", f"/v1/keys/{id}", json=body, headers={"If-Match": tag}) for body in bodies]
    assert sorted([one.status_code for one in await asyncio.gather(*sent)]) == [200] + [412] * 7
    assert len((await firm.seen("coach", f"/v1/keys/{id}"))["steps"]) == 2


async def test_a_rotated_key_goes_on_for_the_overlap(firm: Firm) -> None:
    old = await made(firm, "coach", "old", scopes=["plans:read"])
    answer = await firm.post("coach", f"/v1/keys/{old['id']}/rotate", {})
    new = answer.json()
    assert (answer.status_code, new["replaces"], new["scopes"], new["name"]) == (201, old["id"], ["plans:read"], "old")
    firm.keys["new"] = new["key"]
    assert [(await firm.get(who, "/v1/me")).status_code for who in ("old", "new")] == [200, 200]
    left = datetime.fromisoformat((await firm.seen("coach", f"/v1/keys/{old['id']}"))["expires_at"]) - utc_now()
    assert timedelta(hours=23) < left <= timedelta(hours=24)
    assert code(await firm.post("coach", f"/v1/keys/{old['id']}/rotate", {})) == (409, "key_replaced")
    assert code(await firm.post("coach", f"/v1/keys/{new['id']}/rotate", {"overlap_hours": 169})) == (400, "unreadable")
    last = await firm.done("coach", f"/v1/keys/{new['id']}/rotate", {"overlap_hours": 0})
    assert (await firm.get("new", "/v1/me")).status_code == 401
    assert code(await firm.post("coach", f"/v1/keys/{new['id']}/rotate", {})) == (409, "key_ended")
    assert last["replaces"] == new["id"]


async def test_a_request_that_is_repeated_after_a_rotation_acts_once(firm: Firm) -> None:
    """Twice rotated: the principal is that of the first key."""
    old = await made(firm, "admin", "first")
    body, sent = {"name": "Rae Retry", "email": "rae@example.org"}, []
    sent.append(await firm.post("first", "/v1/people", body, Idempotency_Key="import-1"))
    for name in ("second", "third"):
        old = await firm.done("admin", f"/v1/keys/{old['id']}/rotate", {})
        firm.keys[name] = old["key"]
        sent.append(await firm.post(name, "/v1/people", body, Idempotency_Key="import-1"))
    assert [one.status_code for one in sent] == [201, 201, 201]
    assert len({one.json()["id"] for one in sent}) == 1
    assert [one.headers.get("idempotency-replayed") for one in sent] == [None, "true", "true"]
    await made(firm, "admin", "another")
    assert code(await firm.post("another", "/v1/people", body, Idempotency_Key="import-1")) == (409, "person_exists")


async def test_of_two_rotations_at_once_one_wins(firm: Firm) -> None:
    id = (await made(firm, "coach", "old"))["id"]
    answers = await asyncio.gather(*(firm.post("coach", f"/v1/keys/{id}/rotate", {}) for _ in range(8)))
    assert sorted(one.status_code for one in answers) == [201] + [409] * 7
    assert {code(one) for one in answers if one.status_code == 409} == {(409, "key_replaced")}
    winner = next(one.json() for one in answers if one.status_code == 201)
    assert (await firm.seen("coach", f"/v1/keys/{id}"))["replaced_by"] == winner["id"]


async def test_a_machine_rotates_its_own_key_for_as_long_as_it_was_made_for(firm: Firm) -> None:
    ends = (utc_now() + timedelta(days=30)).isoformat()
    fields = {"person_id": firm.ids["integration"], "role": "integration", "scopes": ["keys:write", "people:read"]}
    old = await made(firm, "admin", "machine", **fields, expires_at=ends)
    new = await firm.done("machine", f"/v1/keys/{old['id']}/rotate", {"overlap_hours": 1})
    assert timedelta(days=29) < datetime.fromisoformat(new["expires_at"]) - utc_now() <= timedelta(days=30, minutes=1)


async def test_a_revoked_key_opens_nothing_from_the_next_request_on(firm: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    asked = [firm.get("mine", "/v1/me") for _ in range(6)]
    answers = await asyncio.gather(*asked, firm.post("coach", f"/v1/keys/{id}/revoke", {}))
    assert {one.status_code for one in answers[:-1]} <= {200, 401}
    assert answers[-1].json()["state"] == "revoked"
    assert (await firm.get("mine", "/v1/me")).status_code == 401
    again = await firm.post("coach", f"/v1/keys/{id}/revoke", {})
    assert {**again.json(), "last_used_at": None} == {**answers[-1].json(), "last_used_at": None}  # noted a moment after its use
    tag = (await firm.get("coach", f"/v1/keys/{id}")).headers["etag"]
    change = {"name": "Again", "scopes": None, "expires_at": None}
    assert code(await firm.send("coach", "PUT", f"/v1/keys/{id}", json=change, headers={"If-Match": tag})) == (409, "key_ended")


async def test_all_that_was_done_to_a_key_is_kept(firm: Firm) -> None:
    id = (await made(firm, "coach", "mine"))["id"]
    tag = (await firm.get("coach", f"/v1/keys/{id}")).headers["etag"]
    change = {"name": "Reading", "scopes": ["plans:read"], "expires_at": None}
    assert (await firm.send("coach", "PUT", f"/v1/keys/{id}", json=change, headers={"If-Match": tag})).status_code == 200
    await firm.done("coach", f"/v1/keys/{id}/rotate", {})
    await firm.done("admin", f"/v1/keys/{id}/revoke", {})
    told = (await firm.seen("auditor", f"/v1/keys/{id}"))["steps"]
    assert [(one["what"], one["by"]) for one in told] == [
        *((what, firm.ids["coach"]) for what in ("made", "changed", "replaced")),
        ("ended", firm.ids["admin"]),
    ]
    assert [one["name"] for one in told] == ["mine", "Reading", "Reading", "Reading"]
    assert (told[0]["scopes"], told[1]["scopes"]) == (None, ["plans:read"])
    assert [one["at"] for one in told] == sorted(one["at"] for one in told)
    listed = {one["id"] for one in (await firm.seen("coach", "/v1/keys"))["items"]}
    ended = {one["id"]: one["state"] for one in (await firm.seen("coach", "/v1/keys?ended=true"))["items"]}
    assert id not in listed
    assert ended[id] == "revoked"


async def test_an_expired_key_says_so(firm: Firm) -> None:
    past = await firm.issuer.create(firm.tenant, UUID(firm.ids["coach"]), "coach", utc_now() - timedelta(seconds=1))
    states = {one["id"]: one["state"] for one in (await firm.seen("coach", "/v1/keys?ended=true"))["items"]}
    assert states[str(past.key_id)] == "expired"
    assert str(past.key_id) not in {one["id"] for one in (await firm.seen("coach", "/v1/keys"))["items"]}


async def test_the_last_use_is_noted_once_a_minute(firm: Firm, house: Database) -> None:
    new = await made(firm, "coach", "mine")
    assert new["last_used_at"] is None
    for _ in range(3):
        assert (await firm.get("mine", "/v1/me")).status_code == 200
    uses = firm.issuer.uses
    await uses.note()
    first = (await firm.seen("coach", f"/v1/keys/{new['id']}"))["last_used_at"]
    assert timedelta(0) < utc_now() - datetime.fromisoformat(first) < timedelta(minutes=1)
    await firm.get("mine", "/v1/me")
    assert UUID(new["id"]) not in uses.waiting
    aged = f"UPDATE directory.api_key SET last_used_at = last_used_at - interval '2 minutes' WHERE key_id = '{new['id']}' RETURNING 1"
    assert ask(house.dsn("admin"), aged)
    await firm.get("mine", "/v1/me")
    await uses.note()
    assert (await firm.seen("coach", f"/v1/keys/{new['id']}"))["last_used_at"] > first


async def test_a_use_that_cannot_be_written_waits(firm: Firm) -> None:
    """No database answers for a while; when one does, the use is written."""
    new = await made(firm, "coach", "mine")
    keys = Keys(firm.issuer.pool, firm.issuer.clock)
    await keys.find(firm.keys["mine"])
    async with asyncpg.create_pool("postgresql://nobody@127.0.0.1:9/none", min_size=0) as away:
        keys.uses.pool = away
        await keys.uses.note()
    assert set(keys.uses.waiting) == {UUID(new["id"])}
    keys.uses.pool = firm.issuer.pool
    await keys.uses.note()
    assert keys.uses.waiting == {}
    assert (await firm.seen("coach", f"/v1/keys/{new['id']}"))["last_used_at"] is not None
