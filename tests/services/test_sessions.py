"""Where somebody is signed in to the pages: listed, ended from afar, ended by themselves, and with the role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar

from domain.glossary import Role
from services.command.execution import utc_now
from services.entry.auth import COOKIE, IDLE, Keys
from services.errors import Unauthenticated
from services.sign_in.life import LASTS, SignIns
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.services.keyring import code


async def entered(firm: Firm, who: Role) -> str:
    """The cookie of a person who has signed in by a mailed link."""
    cookie = await SignIns(firm.issuer).begin(firm.tenant, UUID(firm.ids[who]), who, secure=True, how="mail_link")
    return str(cookie.value)


async def seen_by(firm: Firm, session: str, path: str) -> Response:
    return await firm.client.get(path, headers={"Cookie": f"{COOKIE}={session}"})


async def listed(firm: Firm, session: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await seen_by(firm, session, f"/v1/sign-ins{query}")).json()["items"]
    return found


async def test_one_sees_where_one_is_signed_in(firm: Firm) -> None:
    first = str((await SignIns(firm.issuer).sign_in(firm.keys["coach"], secure=True)).value)
    second = await entered(firm, "coach")
    assert [(one["how"], one["current"]) for one in await listed(firm, second)] == [("mail_link", True), ("key", False)]
    assert [(one["how"], one["current"]) for one in await listed(firm, first)] == [("mail_link", False), ("key", True)]
    one = (await listed(firm, second))[0]
    began = datetime.fromisoformat(one["began_at"])
    assert timedelta(0) <= utc_now() - began < timedelta(minutes=1)
    assert abs(datetime.fromisoformat(one["lasts_until"]) - began - LASTS) < timedelta(seconds=5)
    assert timedelta(0) <= datetime.fromisoformat(one["ends_at"]) - began - IDLE < timedelta(minutes=1)
    assert (one["state"], one["role"], one["person_id"]) == ("active", "coach", firm.ids["coach"])
    assert not {"user_agent", "address", "hint"} & one.keys()


async def test_every_sign_in_has_a_secret_of_its_own(firm: Firm) -> None:
    assert len({await entered(firm, "coach") for _ in range(3)}) == 3


async def test_a_sign_in_is_ended_from_afar(firm: Firm) -> None:
    here, there = await entered(firm, "coach"), await entered(firm, "coach")
    id = next(one["id"] for one in await listed(firm, here) if not one["current"])
    ended = await firm.post("coach", f"/v1/sign-ins/{id}/revoke", {})
    assert (ended.status_code, ended.json()["state"]) == (200, "revoked")
    assert [(await seen_by(firm, one, "/v1/me")).status_code for one in (here, there)] == [200, 401]
    assert (await firm.post("coach", f"/v1/sign-ins/{id}/revoke", {})).json() == ended.json()
    assert [one["id"] for one in await listed(firm, here)] != [id]
    assert {one["state"] for one in await listed(firm, here, "?ended=true")} == {"active", "revoked"}


async def test_all_others_are_ended_at_once(firm: Firm) -> None:
    sessions = [await entered(firm, "coach") for _ in range(3)]
    others = await entered(firm, "client")
    assert (await firm.done("coach", "/v1/sign-ins/revoke-others", {})) == {"ended": 3}
    assert {(await seen_by(firm, one, "/v1/me")).status_code for one in sessions} == {401}
    assert (await seen_by(firm, others, "/v1/me")).status_code == 200
    assert (await firm.get("coach", "/v1/me")).status_code == 200


async def test_an_administrator_ends_those_of_a_person(firm: Firm) -> None:
    session = await entered(firm, "coach")
    seen = (await firm.seen("admin", f"/v1/sign-ins?person={firm.ids['coach']}"))["items"]
    assert [one["current"] for one in seen] == [False]
    assert (await firm.get("auditor", f"/v1/sign-ins?person={firm.ids['coach']}")).status_code == 200
    for who in ("client", "auditor", "program_manager"):
        assert code(await firm.post(who, f"/v1/sign-ins/{seen[0]['id']}/revoke", {})) == (404, "not_found")
        assert code(await firm.post(who, "/v1/sign-ins/revoke-others", {"person_id": firm.ids["coach"]})) == (404, "not_found")
    assert code(await firm.get("client", f"/v1/sign-ins?person={firm.ids['coach']}")) == (404, "not_found")
    assert (await seen_by(firm, session, "/v1/me")).status_code == 200
    assert (await firm.done("admin", "/v1/sign-ins/revoke-others", {"person_id": firm.ids["coach"]})) == {"ended": 1}
    assert (await seen_by(firm, session, "/v1/me")).status_code == 401


async def test_signing_out_is_kept_with_who_did_it(firm: Firm, house: Database) -> None:
    session = await entered(firm, "coach")
    id = (await listed(firm, session))[0]["id"]
    await SignIns(firm.issuer).sign_out(session, secure=True)
    kept = ask(house.dsn("admin"), f"SELECT what, by::text FROM directory.key_step WHERE key_id = '{id}' ORDER BY version")
    assert kept == [("made", firm.ids["coach"]), ("ended", firm.ids["coach"])]


@pytest.mark.parametrize(("used", "after", "opens"), [(None, 119, True), (None, 121, False), (60, 121, True), (60, 181, False)])
async def test_a_sign_in_ends_for_want_of_use(firm: Firm, house: Database, used: int | None, after: int, opens: bool) -> None:
    """Times in minutes."""
    session = await entered(firm, "coach")
    actor = await firm.issuer.find(session)
    if used is not None:
        aged = f"UPDATE directory.api_key SET last_used_at = created_at + interval '{used} minutes' WHERE key_id = '{actor.key_id}' RETURNING 1"
        assert ask(house.dsn("admin"), aged)
    later = Keys(firm.issuer.pool, lambda: utc_now() + timedelta(minutes=after))
    if opens:
        assert (await later.find(session)).person_id == actor.person_id
    else:
        with pytest.raises(Unauthenticated):
            await later.find(session)


async def test_a_sign_in_ends_after_its_time_however_much_it_is_used(firm: Firm, house: Database) -> None:
    session = await entered(firm, "coach")
    always = f"UPDATE directory.api_key SET last_used_at = created_at + interval '12 hours' WHERE tenant_id = '{firm.tenant}' RETURNING 1"
    assert ask(house.dsn("admin"), always)
    with pytest.raises(Unauthenticated):
        await Keys(firm.issuer.pool, lambda: utc_now() + LASTS).find(session)


async def test_use_prolongs_a_sign_in(firm: Firm) -> None:
    session = await entered(firm, "coach")
    before = (await listed(firm, session))[0]
    await firm.issuer.uses.note()
    after = (await listed(firm, session))[0]
    assert (before["last_used_at"], before["ends_at"] < after["ends_at"]) == (None, True)


async def test_what_was_begun_before_a_role_was_lost_stays_shut(firm: Firm) -> None:
    """A role that is given anew brings back neither the key nor the sign-in: whoever has them was meant to be out."""
    session, role = await entered(firm, "coach"), {"role": "coach"}
    at = f"/v1/people/{firm.ids['coach']}"
    lost = await firm.post("admin", f"{at}/revoke-membership", role | {"reason": "She has left the firm for another."})
    assert lost.status_code == 200, lost.text
    assert [(await seen_by(firm, session, "/v1/me")).status_code, (await firm.get("coach", "/v1/me")).status_code] == [403, 403]
    await firm.done("admin", f"{at}/grant-membership", role)
    assert [(await seen_by(firm, session, "/v1/me")).status_code, (await firm.get("coach", "/v1/me")).status_code] == [403, 403]
    firm.keys["anew"] = (await firm.issuer.create(firm.tenant, UUID(firm.ids["coach"]), "coach")).key
    assert (await firm.get("anew", "/v1/me")).status_code == 200
    assert (await seen_by(firm, await entered(firm, "coach"), "/v1/me")).status_code == 200


async def test_a_sign_in_of_another_organization_is_not_there(app: Litestar, firm: Firm) -> None:
    other = Firm(firm.client, firm.runner, app.state.commands, app.state.api_keys)
    await other.open()
    session = await entered(firm, "coach")
    id = (await listed(firm, session))[0]["id"]
    assert code(await other.post("admin", f"/v1/sign-ins/{id}/revoke", {})) == (404, "not_found")
    assert (await other.done("admin", "/v1/sign-ins/revoke-others", {"person_id": firm.ids["coach"]})) == {"ended": 0}
    assert (await seen_by(firm, session, "/v1/me")).status_code == 200


async def test_a_cookie_revokes_nothing(firm: Firm) -> None:
    """Another site could send it along."""
    session = await entered(firm, "coach")
    id = (await listed(firm, session))[0]["id"]
    for path in (f"/v1/sign-ins/{id}/revoke", "/v1/sign-ins/revoke-others", "/v1/keys"):
        sent = await firm.client.post(path, json={"name": "Mine"}, headers={"Cookie": f"{COOKIE}={session}"})
        assert code(sent) == (401, "unauthenticated")
    assert (await seen_by(firm, session, "/v1/me")).status_code == 200
