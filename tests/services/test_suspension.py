"""A suspended organization: nothing is changed on any server, everything is read, and what takes access away goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from httpx import ASGITransport, AsyncClient
from litestar import Litestar

from domain.organization.commands import ReinstateOrganization, SuspendOrganization
from infra.settings import Settings
from services.command.table import TABLE
from services.permission.suspension import ON
from services.permission.table import MAY
from services.problems import snake
from services.wiring import create_app
from tests.database import Database, ask
from tests.services.firm import Firm, today
from tests.services.mailing import Mailing, browsing
from workers.founding import operator

WHY = "The invoice of January is open."


@asynccontextmanager
async def elsewhere(settings: Settings) -> AsyncIterator[AsyncClient]:
    """Another server of the same installation, with connections and memories of its own."""
    app = create_app(settings)
    async with app.lifespan(), AsyncClient(transport=ASGITransport(app), base_url="http://elsewhere") as client:
        yield client


async def suspend(firm: Firm, days: int | None = None) -> None:
    until = None if days is None else today() + timedelta(days=days)
    await firm.commands.execute(operator(firm.tenant), SuspendOrganization(reason=WHY, until=until), firm.tenant)


async def reinstate(firm: Firm) -> None:
    await firm.commands.execute(operator(firm.tenant), ReinstateOrganization(reason=WHY), firm.tenant)


def test_what_goes_on_is_something_that_somebody_may() -> None:
    commands = {snake(command.__name__) for command in TABLE}
    assert ON.keys() <= commands
    assert all(roles <= MAY[action] for action, roles in ON.items())


async def test_nothing_is_changed_until_it_goes_on(planned: Firm, settings: Settings) -> None:
    at, body = (
        f"/v1/plans/{planned.ids['plan']}/adopt-strategy",
        {"title": "Walk", "kind": "practice", "objective_ids": [planned.ids["Meet"]]},
    )
    headers = {"Authorization": f"Bearer {planned.keys['coach']}"}
    await suspend(planned)
    answer = await planned.post("coach", at, body)
    assert (answer.status_code, answer.json()["code"]) == (423, "organization_suspended")
    async with elsewhere(settings) as other:
        assert (await other.post(at, json=body, headers=headers)).status_code == 423
        await reinstate(planned)
        assert (await other.post(at, json=body, headers=headers)).status_code == 200
        await suspend(planned, days=2)
        assert (await other.post(at, json=body, headers=headers)).json()["facts"]["until"] is not None


async def test_who_may_not_is_told_so_and_nothing_of_the_suspension(planned: Firm) -> None:
    await suspend(planned)
    assert (await planned.post("client", "/v1/people", {"name": "X", "email": "x@example.org"})).status_code == 403
    assert (await planned.post("stranger", f"/v1/plans/{planned.ids['plan']}/propose-plan", {})).status_code == 404


async def test_no_key_is_made_and_each_is_still_changed_rotated_and_revoked(firm: Firm) -> None:
    """One that leaked has to go, and one that may too much has to be confined, whoever owes what."""
    made = await firm.done("coach", "/v1/keys", {"name": "Calendar"})
    await suspend(firm)
    at, confined = f"/v1/keys/{made['id']}", {"name": "Calendar", "scopes": ["sessions:read"], "expires_at": made["expires_at"]}
    read = await firm.get("coach", at)
    changed = await firm.send("coach", "PUT", at, json=confined, headers={"If-Match": read.headers["etag"]})
    assert (changed.status_code, changed.json()["scopes"]) == (200, ["sessions:read"])
    for body in ({"name": "HR system", "role": "integration", "scopes": ["people:read"]}, {"name": "Own"}):
        assert (await firm.post("admin", "/v1/keys", body)).json()["code"] == "organization_suspended"
    refused = await firm.post("coach", "/v1/keys", {"name": "Another"})
    assert (refused.status_code, refused.json()["code"]) == (423, "organization_suspended")
    rotated = await firm.done("coach", f"/v1/keys/{made['id']}/rotate", {})
    assert (await firm.done("coach", f"/v1/keys/{rotated['id']}/revoke", {}))["state"] == "revoked"


async def test_people_still_sign_in_and_out_to_read_what_is_theirs(firm: Firm, app: Litestar, house: Database, address: str) -> None:
    await firm.runner.catch_up()
    await suspend(firm)
    ask(house.dsn("admin"), "TRUNCATE directory.attempt, directory.mail_link")
    app.state.attempts.refused.clear()
    mailing = Mailing(app, house)
    async with browsing(address) as browser:
        assert (await browser.post(await mailing.link(browser, firm, "coach"), data={"role": "coach"})).status_code == 303
        assert (await browser.get("/sign-ins")).status_code == 200
        refused = await browser.post("/keys", data={"name": "Calendar"})
        assert refused.status_code == 423
    (signed_in,) = (await firm.seen("coach", "/v1/sign-ins"))["items"]
    assert (await firm.post("coach", f"/v1/sign-ins/{signed_in['id']}/revoke", {})).status_code == 200


async def test_everything_is_read(planned: Firm) -> None:
    plan, engagement = planned.ids["plan"], planned.ids["engagement"]
    await suspend(planned)
    for who, path in (
        ("client", f"/v1/plans/{plan}"),
        ("coach", f"/v1/engagements/{engagement}"),
        ("sponsor", f"/v1/engagements/{engagement}"),
        ("auditor", f"/v1/plans/{plan}/timeline"),
        ("admin", "/v1/people"),
        ("program_manager", "/v1/board"),
        ("integration", "/v1/programs"),
    ):
        await planned.seen(who, path)


async def test_a_client_still_withdraws_consent_and_asks_for_what_is_theirs(planned: Firm) -> None:
    await planned.consent(("progress",))
    await suspend(planned)
    await planned.consent(("progress",), grant=False)
    grant = {"subjects": ["progress"], "recipient": {"role": "sponsor"}}
    at = f"/v1/engagements/{planned.ids['engagement']}"
    assert (await planned.post("client", f"{at}/grant-disclosure-consent", grant)).status_code == 423
    report = {"template": "client_progress", "subject_id": planned.ids["engagement"], "recipients": [planned.ids["client"]]}
    assert (await planned.post("client", "/v1/reports", report)).status_code == 201
    assert (await planned.post("coach", "/v1/reports", report)).status_code == 423


async def test_an_administrator_still_revokes_a_role_and_grants_none(planned: Firm) -> None:
    await suspend(planned)
    at = f"/v1/people/{planned.ids['stranger']}"
    assert (await planned.post("admin", f"{at}/revoke-membership", {"role": "coach", "reason_code": "org_change"})).status_code == 200
    assert (await planned.post("admin", f"{at}/grant-membership", {"role": "coach"})).status_code == 423


async def test_its_reason_is_sealed_and_its_words_are_in_no_answer(planned: Firm) -> None:
    await suspend(planned)
    answer = await planned.post("admin", f"/v1/organizations/{planned.tenant}/set-organization-policy", {"seen": 0, "smart_gate": False})
    assert answer.status_code == 423
    assert WHY not in answer.text
    state = (await planned.commands.store.read(planned.tenant, planned.tenant)).state(planned.tenant, "organization")
    assert state.suspension is not None


async def test_everybody_sees_that_it_is_suspended_and_until_when(firm: Firm) -> None:
    at = f"/v1/organizations/{firm.tenant}"
    assert (await firm.seen("coach", at))["suspension"] is None
    await suspend(firm, days=3)
    assert (await firm.seen("coach", at))["suspension"]["until"] == (today() + timedelta(days=3)).isoformat()
