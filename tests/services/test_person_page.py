"""The page of one person: profile, credentials, holds and erasure by forms, and what it says of who left and who was erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar import Litestar

from services.errors import Unreadable
from services.pages.person.form import body_of
from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_people_page import WHY, sent, shown
from tests.services.test_sign_in_page import sign_in
from tests.waiting import PATIENCE_SECONDS
from workers import desk as workers
from workers.person.erasing import Erasing

PERSON = UUID(int=7)


@pytest.fixture
async def browser(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html"}) as browser:
        yield browser


@pytest.fixture
def erasing(app: Litestar) -> Erasing:
    return Erasing(workers.Desk(app.state.reads.connections, app.state.commands, app.state.files))


def offered(page: Markup) -> set[str]:
    """What the forms of the page would send."""
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}


def test_a_profile_sends_what_was_written_anew_alone() -> None:
    form = {"seen": "3", "name": "New", "former_name": "Old", "email": "a@b.example", "former_email": "a@b.example"}
    assert body_of("profile", form, PERSON) == {"seen": 3, "name": "New"}


def test_nobody_is_erased_by_a_form_in_which_nothing_was_said() -> None:
    for said in ({}, {"sure": "yes"}):
        with pytest.raises(Unreadable):
            body_of("erase", {"basis": "objection", "seen": "1", **said}, PERSON)
    assert body_of("erase", {"basis": "objection", "seen": "1", "sure": "Erase"}, PERSON) == {"basis": "objection", "seen": 1}


async def test_a_profile_is_changed_and_what_the_directory_says_is_not(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["admin"])
    made = await firm.done("integration", "/v1/people", {"name": "Sam Scim", "email": "sam@scim.example", "source": "scim"})
    path = f"/people/{made['id']}"
    page = await shown(firm, browser, path)
    closed = {one.attributes["name"] for one in page.all("input") if "disabled" in one.attributes}
    assert closed == {"name", "email"}
    assert "from the directory" in page.words
    form = {"what": "profile", "seen": "1", "time_zone": "Asia/Tokyo", "former_time_zone": "Europe/Berlin"}
    changed = await sent(browser, path, **form)
    assert "The profile is changed." in (await shown(firm, browser, changed.headers["location"])).words
    assert (await firm.seen("admin", f"/v1{path}"))["time_zone"] == "Asia/Tokyo"
    assert (await sent(browser, path, **form)).status_code == 409  # of an older profile
    managed = await sent(browser, path, what="profile", seen="2", name="Sam Hand", former_name="Sam Scim")
    assert "The organization's directory says this" in Markup(managed.text).words


async def test_everybody_changes_their_own_profile_here_and_sees_nobody_elses(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["client"])
    own = next(path for path in (await shown(firm, browser, "/sign-ins")).addresses if path.startswith("/people/"))
    assert offered(await shown(firm, browser, own)) == {"profile"}
    assert (await sent(browser, own, what="profile", seen="1", name="Else", former_name="Person client")).status_code == 303
    assert "Else" in (await shown(firm, browser, own)).words
    assert (await browser.get(f"/people/{firm.ids['coach']}")).status_code == 404


async def test_a_credential_is_recorded_and_shown(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["program_manager"])
    path = f"/people/{firm.ids['coach']}"
    assert offered(await shown(firm, browser, path)) == {"credential"}
    form = {"credential": "icf pcc", "number": "PCC-7", "issued_on": "2024-05-01", "valid_until": "2026-02-28"}
    done = await sent(browser, path, what="credential", education_start="", **form)
    page = await shown(firm, browser, done.headers["location"])
    for words in ("The credential is recorded.", "ICF PCC", "Valid until 28 Feb 2026 expired"):
        assert words in page.words
    assert "PCC-7" not in page.words
    again = await sent(browser, path, what="credential", credential="icf foundation", number="PCC-8")
    assert again.status_code == 422
    assert 'value="PCC-8"' in again.text, "what was entered is kept"
    await sign_in(browser, firm.keys["coach"])
    assert "ICF PCC-7" in (await shown(firm, browser, path)).words


async def test_who_left_leaves_clients_who_need_another_coach(engaged: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, engaged.keys["admin"])
    path = f"/people/{engaged.ids['coach']}"
    assert (await sent(browser, path, what="leave", leaver_date="2199-01-01")).status_code == 422
    left = await sent(browser, path, what="leave", managers_notified="yes")
    page = await shown(engaged, browser, left.headers["location"])
    assert "1 engagement without a coach" in page.words
    assert "Leading with clarity" in page.words
    assert "Person client" not in page.words
    assert not offered(page) & {"leave", "revoke", "change", "credential"}
    await sign_in(browser, engaged.keys["program_manager"])
    page = await shown(engaged, browser, path)
    assert "Person client" in page.words
    assert f"/engagements/{engaged.ids['engagement']}/handover" in page.addresses


async def test_a_hold_keeps_from_erasing_and_who_was_erased_is_offered_nothing(
    engaged: Firm, browser: AsyncClient, erasing: Erasing
) -> None:
    await sign_in(browser, engaged.keys["admin"])
    path = f"/people/{engaged.ids['client']}"
    assert f"{path}/erasure" in (await shown(engaged, browser, path)).addresses
    held = await sent(browser, path, what="hold", case_ref="case-7", reason=WHY)
    page = await shown(engaged, browser, held.headers["location"])
    assert "case-7" in page.words
    assert "release" in offered(page)
    assert f"{path}/erasure" not in page.addresses
    assert offered(await shown(engaged, browser, f"{path}/erasure")) == set()
    hold = next(one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "hold_id")
    assert (await sent(browser, path, what="release", hold_id=hold, reason=WHY)).status_code == 303
    page = await shown(engaged, browser, f"{path}/erasure")
    for words in ("Erase this person?", "Nobody can undo it", "1 engagement in which nobody else is coached", "1 is under way"):
        assert words in page.words
    form = {"what": "erase", "basis": "consent_withdrawn", "seen": "1"}
    assert (await sent(browser, path, **form, sure="erase")).status_code == 400, "the person's page erases nobody"
    again = await sent(browser, f"{path}/erasure", **form, sure="yes")
    assert again.status_code == 400
    assert "type the word erase" in Markup(again.text).words
    assert '<option value="consent_withdrawn" selected>' in again.text
    asked = await sent(browser, f"{path}/erasure", **form, sure="Erase")
    page = await shown(engaged, browser, asked.headers["location"])
    assert "Is being erased" in page.words
    assert offered(page) == {"hold"}
    assert (await browser.get(f"{path}/erasure")).headers["location"] == path
    assert await erasing.erase(engaged.tenant, UUID(engaged.ids["client"])) == "erased"
    await erased(engaged, browser, path)


async def erased(firm: Firm, browser: AsyncClient, path: str) -> None:
    """It says so, to whom it matters with the receipt, and the list leads to it."""
    for who, receipt in (("admin", True), ("auditor", True), ("program_manager", False)):
        await sign_in(browser, firm.keys[who])
        page = await shown(firm, browser, path)
        assert "Somebody who was erased" in page.words
        assert ("They withdrew the consent that it rested on" in page.words) is receipt
        assert ("on time" in page.words) is receipt
        assert offered(page) == set()
        assert "Person client" not in page.words
        assert "erased" in (await shown(firm, browser, "/people")).words


async def test_an_address_that_waits_is_told_and_kept_out_by_a_button(firm: Firm, browser: AsyncClient) -> None:
    await sign_in(browser, firm.keys["client"])
    own = f"/people/{firm.ids['client']}"
    asked = {"what": "profile", "seen": "1", "email": "new@example.org", "former_email": "client@example.org"}
    assert (await sent(browser, own, **asked)).status_code == 303
    page = await shown(firm, browser, own)
    assert "Another address waits: new@example.org" in page.words
    assert (await sent(browser, own, what="profile", seen="1", email="client@example.org")).status_code == 303
    assert "Another address waits" not in (await shown(firm, browser, own)).words
