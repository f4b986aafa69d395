"""Keys and sessions: what opens the door, and when it stops doing so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar import Litestar

from services.command.execution import utc_now
from services.entry.auth import COOKIE, Keys
from services.entry.credential import is_well_formed, key_hash, new_key
from services.errors import Unauthenticated
from services.sign_in.life import SignIns
from tests.database import Database, ask
from tests.services.firm import Firm


def test_a_slip_of_the_keyboard_is_seen_without_looking_anything_up() -> None:
    key = new_key()
    assert is_well_formed(key)
    for place in range(3, len(key)):
        other = "x" if key[place] != "x" else "y"
        assert not is_well_formed(key[:place] + other + key[place + 1 :])
    for nonsense in ("", "tl_", "tl__", "Bearer", key.removeprefix("tl_"), key + "0", "tl_" + "é" * 27 + "_000000"):
        assert not is_well_formed(nonsense)


def test_keys_differ() -> None:
    assert len({new_key() for _ in range(1_000)}) == 1_000


async def test_only_the_hash_of_a_key_is_stored(firm: Firm, house: Database) -> None:
    rows = ask(house.dsn("admin"), "SELECT k.key_hash, k::text FROM directory.api_key k")
    assert key_hash(firm.keys["coach"]) in {bytes(row[0]) for row in rows}
    assert not any(key in row[1] for row in rows for key in firm.keys.values())


@pytest.mark.parametrize("header", ["", "Bearer", "Basic abc", "Bearer a b", "tl_x", "Bearer tl_0000000000000000000000_000000"])
async def test_anything_but_a_key_is_refused(client: AsyncClient, header: str) -> None:
    answer = await client.get("/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_key_works_until_it_expires_or_is_revoked(firm: Firm) -> None:
    person = UUID(firm.ids["coach"])
    past = await firm.issuer.create(firm.tenant, person, "coach", utc_now() - timedelta(seconds=1))
    made = await firm.issuer.create(firm.tenant, person, "coach", utc_now() + timedelta(hours=1))
    firm.keys |= {"past": past.key, "made": made.key}
    assert [(await firm.get(who, "/v1/me")).status_code for who in ("past", "made")] == [401, 200]
    assert await firm.issuer.revoke(firm.tenant, made.key_id)
    assert not await firm.issuer.revoke(firm.tenant, made.key_id)
    assert (await firm.get("made", "/v1/me")).status_code == 401


async def test_who_holds_a_whole_key_is_told_why_it_opens_nothing(firm: Firm) -> None:
    """An unknown one is not told from one of another installation, and of a mistyped one nothing is looked up."""
    person = UUID(firm.ids["coach"])
    past = utc_now() - timedelta(seconds=1)
    expired = await firm.issuer.create(firm.tenant, person, "coach", past)
    revoked = await firm.issuer.create(firm.tenant, person, "coach", past)
    assert await firm.issuer.revoke(firm.tenant, revoked.key_id)
    firm.keys |= {"expired": expired.key, "revoked": revoked.key, "unknown": new_key(), "mistyped": expired.key[:-1] + "!"}
    told = {}
    for which in ("expired", "revoked", "unknown", "mistyped"):
        answer = await firm.get(which, "/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
        assert not any(key in answer.text for key in firm.keys.values())
        told[which] = (answer.json()["detail"].partition(":")[0], answer.json().get("facts", {}).get("key"))
    assert told == {
        "expired": ("This key has expired", "expired"),
        "revoked": ("This key was revoked", "revoked"),
        "unknown": ("Send an API key that is valid", None),
        "mistyped": ("This is no key", None),
    }
    since = (await firm.get("expired", "/v1/me")).json()["facts"]["since"]
    assert datetime.fromisoformat(since) == past


async def test_a_key_ends_when_its_time_comes(app: Litestar, firm: Firm) -> None:
    later = Keys(app.state.api_keys.pool, lambda: datetime.now(UTC) + timedelta(hours=2))
    made = await firm.issuer.create(firm.tenant, UUID(firm.ids["coach"]), "coach", utc_now() + timedelta(hours=1))
    assert (await firm.issuer.find(made.key)).key_id == made.key_id
    with pytest.raises(Unauthenticated):
        await later.find(made.key)


async def test_a_session_never_outlives_the_key_that_began_it(app: Litestar, firm: Firm) -> None:
    """Nor does a session begin another: who got hold of its cookie would never lose it again."""
    sign_ins = SignIns(firm.issuer)
    made = await firm.issuer.create(firm.tenant, UUID(firm.ids["coach"]), "coach", utc_now() + timedelta(hours=1))
    later = Keys(app.state.api_keys.pool, lambda: datetime.now(UTC) + timedelta(hours=1))
    session = str((await sign_ins.sign_in(made.key, secure=True)).value)
    assert (await firm.issuer.held(session)).until == (await firm.issuer.held(made.key)).until
    with pytest.raises(Unauthenticated):
        await sign_ins.sign_in(session, secure=True)
    with pytest.raises(Unauthenticated):
        await later.find(session)


async def test_all_keys_of_a_person_end_with_the_sessions_that_they_began(firm: Firm) -> None:
    session = str((await SignIns(firm.issuer).sign_in(firm.keys["coach"], secure=True)).value)
    assert await firm.issuer.revoke_all(firm.tenant, UUID(firm.ids["coach"])) == 2
    for key in (firm.keys["coach"], session):
        with pytest.raises(Unauthenticated):
            await firm.issuer.find(key)
    assert (await firm.issuer.find(firm.keys["client"])).role == "client"


async def test_a_key_for_a_role_that_is_not_held_opens_nothing(firm: Firm) -> None:
    made = await firm.issuer.create(firm.tenant, UUID(firm.ids["client"]), "admin")
    firm.keys["upstart"] = made.key
    refused = [await firm.get("upstart", "/v1/people"), await firm.post("upstart", "/v1/people", {"name": "x", "email": "x@example.org"})]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "not_permitted")] * 2


async def test_no_key_makes_an_operator(firm: Firm) -> None:
    made = await firm.issuer.create(firm.tenant, UUID(firm.ids["admin"]), "operator")  # type: ignore[arg-type]
    firm.keys["operator"] = made.key
    assert (await firm.get("operator", "/v1/me")).status_code == 401


async def test_a_session_is_a_key_of_its_own_that_reads_and_changes_nothing(firm: Firm) -> None:
    cookie = await SignIns(firm.issuer).sign_in(firm.keys["admin"], secure=True)
    assert (cookie.httponly, cookie.secure, cookie.samesite) == (True, True, "strict")
    assert cookie.value not in firm.keys.values()
    session = {"Cookie": f"{COOKIE}={cookie.value}"}
    assert (await firm.client.get("/v1/me", headers=session)).json()["role"] == "admin"
    sent = await firm.client.post("/v1/people", json={"name": "x", "email": "x@example.org"}, headers=session)
    assert sent.status_code == 401
    ended = await SignIns(firm.issuer).sign_out(str(cookie.value), secure=True)
    assert (ended.value, ended.max_age) == ("", 0)
    assert (await firm.client.get("/v1/me", headers=session)).status_code == 401


async def test_me_says_who_one_is_and_what_one_may(firm: Firm) -> None:
    me = await firm.seen("client", "/v1/me")
    assert (me["person"]["id"], me["role"], me["organization"]) == (firm.ids["client"], "client", "Northlight")
    assert {"approve_plan", "assign_coach"} & set(me["may"]) == {"approve_plan"}
