"""The pages of administrators: who there is, and roles that are given, changed and taken by forms, without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_sign_in_page import sign_in
from tests.waiting import PATIENCE_SECONDS

WHY = "They have left the firm."


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html"}) as browser:
        yield browser


async def shown(firm: Firm, browser: AsyncClient, path: str) -> Markup:
    await firm.runner.catch_up()
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return Markup(answer.text)


async def sent(browser: AsyncClient, path: str, origin: str | None = None, **fields: str) -> Response:
    return await browser.post(path, data=fields, headers={"Origin": origin or str(browser.base_url).rstrip("/")})


async def test_an_administrator_begins_with_the_people_and_searches_them(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["admin"])
    assert (await browser.get("/")).headers["location"] == "/people"
    page = await shown(firm, browser, "/people")
    assert f"/people/{firm.ids['coach']}" in page.addresses
    found = await shown(firm, browser, "/people?name=STRANGER@")
    assert {path for path in found.addresses if path.startswith("/people/")} == {f"/people/{firm.ids['stranger']}"}
    assert "Nobody is called so." in (await shown(firm, browser, "/people?name=nobody")).words


async def test_somebody_new_is_added_by_a_form_which_leads_to_where_they_get_a_role(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["admin"])
    form = {"name": " Noor Haddad ", "email": "noor@example.org", "source": "self"}
    added = await sent(browser, "/people", **form)
    assert added.status_code == 303
    page = await shown(firm, browser, added.headers["location"])
    for words in ("Noor Haddad", "noor@example.org", "Registered.", "Grant a role"):
        assert words in page.words
    again = await sent(browser, "/people", what="register", **form)
    assert again.status_code == 409
    assert 'value="noor@example.org"' in again.text, "what was entered is kept"
    assert (await sent(browser, "/people", name="Noor", email="noor")).status_code == 400
    assert (await sent(browser, "/people", origin="https://elsewhere.example", **form)).status_code == 403
    await sign_in(browser, firm.keys["coach"])
    assert (await sent(browser, "/people", name="Other", email="other@example.org")).status_code == 403
    await sign_in(browser, firm.keys["auditor"])
    assert "Add somebody" not in (await shown(firm, browser, "/people")).words


async def test_a_name_that_turns_around_turns_nothing_but_itself(firm: Firm, browser: AsyncClient) -> None:
    """U+202E, the override from right to left, reaches to the end of what it stands in."""
    await sign_in(browser, firm.keys["admin"])
    name = "Eve \u202egro.elpmaxe@nimda"
    made = await firm.done("admin", "/v1/people", {"name": name, "email": "eve@example.org"})
    await firm.runner.catch_up()
    for path in ("/people", f"/people/{made['id']}"):
        assert f"<bdi>{name}</bdi>" in (await browser.get(path)).text


async def test_roles_are_granted_changed_and_revoked_by_forms(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["admin"])
    path = f"/people/{firm.ids['stranger']}"
    for fields, said in (
        ({"what": "grant", "role": "client", "program": "", "until": "2199-12-31"}, "The role is granted."),
        ({"what": "change", "held": "coach", "role": "sponsor", "reason_code": "", "reason": WHY}, "The role is changed."),
        ({"what": "revoke", "held": "sponsor", "reason_code": "org_change", "reason": ""}, "The role is revoked, at once."),
    ):
        answer = await sent(browser, path, **fields)
        assert answer.status_code == 303, answer.text
        words = (await shown(firm, browser, answer.headers["location"])).words
        assert said in words
    assert WHY in words
    assert [role["role"] for role in (await firm.seen("admin", f"/v1{path}"))["roles"]] == ["client"]


async def test_what_is_refused_is_told_as_a_page(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["admin"])
    at = f"/people/{firm.ids['admin']}"
    await shown(firm, browser, at)
    answer = await sent(browser, at, what="revoke", held="admin", reason=WHY)
    assert answer.status_code == 409
    page = Markup(answer.text)
    assert "Nobody else administers the whole organization for good" in page.words
    assert len([one for one in page.all("details") if "open" in one.attributes]) == 1, "its own form is unfolded"
    assert WHY in [one.attributes.get("value") for one in page.all("input")], "what was entered is kept"
    assert (await sent(browser, at, what="promote")).status_code == 400


async def test_a_form_of_another_site_and_of_nobody_is_refused(firm: Firm, browser: AsyncClient) -> None:
    path, fields = f"/people/{firm.ids['coach']}", {"what": "revoke", "held": "coach", "reason": WHY}
    assert (await sent(browser, path, **fields)).headers["location"].startswith("/sign-in")
    await sign_in(browser, firm.keys["admin"])
    assert (await sent(browser, path, origin="https://evil.example", **fields)).status_code == 403
    assert (await firm.get("coach", "/v1/me")).status_code == 200


@pytest.mark.parametrize("who", ["program_manager", "coach", "client", "sponsor", "auditor"])
async def test_nobody_else_changes_roles_here(firm: Firm, browser: AsyncClient, who: str) -> None:
    await sign_in(browser, firm.keys[who])
    answer = await sent(browser, f"/people/{firm.ids['stranger']}", what="grant", role="admin")
    assert answer.status_code in {403, 404}
    if who in {"coach", "client", "sponsor"}:
        assert "/people" not in Markup((await browser.get("/reports")).text).addresses


async def test_an_auditor_sees_the_steps_without_names_and_reasons(firm: Firm, browser: AsyncClient) -> None:
    await firm.done("admin", f"/v1/people/{firm.ids['stranger']}/revoke-membership", {"role": "coach", "reason": WHY})
    await sign_in(browser, firm.keys["auditor"])
    page = await shown(firm, browser, f"/people/{firm.ids['stranger']}")
    assert WHY not in page.words
    assert "Person stranger" not in page.words
    assert "withheld" in page.words
    assert not [one for one in page.all("button") if "quiet" not in one.attributes.get("class", "")]
