"""Acting in another role while signed in: with a new secret, for as long as the sign-in would have lasted, and never in a role given since."""

from __future__ import annotations

from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from litestar import Litestar

from services.entry.auth import COOKIE
from services.sign_in.life import SignIns
from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.waiting import PATIENCE_SECONDS

WHO = "stranger"


@pytest.fixture
async def twice(firm: Firm) -> Firm:
    """The second coach is a client, too."""
    await firm.done("admin", f"/v1/people/{firm.ids[WHO]}/grant-membership", {"role": "client"})
    return firm


@pytest.fixture
async def cookie(app: Litestar, twice: Firm) -> str:
    """A sign-in as coach by a mailed link."""
    sign_ins: SignIns = app.state.sign_ins
    begun = await sign_ins.begin(twice.tenant, UUID(twice.ids[WHO]), "coach", secure=False, how="mail_link")
    return str(begun.value)


async def switched(firm: Firm, cookie: str, role: str, origin: str | None = None) -> Response:
    site = str(firm.client.base_url).rstrip("/")
    headers = {"Cookie": f"{COOKIE}={cookie}", "Origin": origin or site, "Accept": "text/html"}
    async with AsyncClient(base_url=site, timeout=PATIENCE_SECONDS) as browser:
        return await browser.post("/sign-ins/role", data={"role": role}, headers=headers)


async def shown(firm: Firm, cookie: str, path: str) -> Response:
    await firm.runner.catch_up()
    async with AsyncClient(base_url=firm.client.base_url, timeout=PATIENCE_SECONDS) as browser:
        return await browser.get(path, headers={"Cookie": f"{COOKIE}={cookie}", "Accept": "text/html"})


async def test_goes_on_in_the_other_role_with_a_new_secret(twice: Firm, cookie: str) -> None:
    page = Markup((await shown(twice, cookie, "/sign-ins")).text)
    assert [one.attributes["value"] for one in page.all("option")] == ["client"]
    answer = await switched(twice, cookie, "client")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    new = answer.cookies[COOKIE]
    assert new != cookie
    for part in ("httponly", "samesite=strict", "path=/", "max-age=43"):
        assert part in answer.headers["set-cookie"].lower()
    assert (await shown(twice, cookie, "/plans")).status_code == 303, "the old secret opens nothing"
    assert (await shown(twice, new, "/accesses")).status_code == 200
    ended = (await twice.seen("admin", f"/v1/sign-ins?person={twice.ids[WHO]}&ended=true"))["items"]
    assert [(one["role"], one["state"]) for one in ended] == [("client", "active"), ("coach", "revoked")]
    assert ended[0]["lasts_until"] == ended[1]["lasts_until"]


@pytest.mark.parametrize("role", ["admin", "auditor"])
async def test_no_role_that_is_not_held(twice: Firm, cookie: str, role: str) -> None:
    assert (await switched(twice, cookie, role)).status_code == 403
    assert (await shown(twice, cookie, "/plans")).status_code == 200


async def test_no_role_that_was_given_since(twice: Firm, cookie: str) -> None:
    """Who has the cookie of somebody in a lesser role does not rise with them."""
    await twice.done("admin", f"/v1/people/{twice.ids[WHO]}/grant-membership", {"role": "admin"})
    assert (await switched(twice, cookie, "admin")).status_code == 403


async def test_not_what_is_no_role_nor_from_another_site_nor_without_a_sign_in(twice: Firm, cookie: str) -> None:
    assert (await switched(twice, cookie, "operator")).status_code == 400
    assert (await switched(twice, cookie, "client", "https://evil.example")).status_code == 403
    assert (await switched(twice, "", "client")).status_code in {303, 401}
    assert (await shown(twice, cookie, "/plans")).status_code == 200


async def test_who_signed_in_by_a_key_stays_in_its_role(app: Litestar, twice: Firm) -> None:
    sign_ins: SignIns = app.state.sign_ins
    by_key = str((await sign_ins.sign_in(twice.keys[WHO], secure=False)).value)
    refused = await switched(twice, by_key, "client")
    assert (refused.status_code, "signed in by a key" in refused.text) == (403, True)
    assert (await shown(twice, by_key, "/plans")).status_code == 200
