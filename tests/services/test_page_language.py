"""Which language a page is in: that of who signed in, as their profile says; before that the browser's; and each request's its own."""

from __future__ import annotations

import asyncio

import pytest
from httpx import AsyncClient, Response

from services.pages.form import reasons
from services.wording.language import GERMAN
from services.wording.spoken import speaking
from tests.services.firm import Firm
from tests.services.mailing import browsing
from tests.services.markup import Markup


@pytest.fixture
async def german(planned: Firm) -> Firm:
    """The client of a plan, whose profile says that they read German."""
    path = f"/v1/people/{planned.ids['client']}"
    seen = (await planned.seen("admin", path))["profile_version"]
    await planned.done("admin", f"{path}/change-person-profile", {"seen": seen, "locale": "de-at"})
    await planned.runner.catch_up()
    return planned


async def signed_in(browser: AsyncClient, firm: Firm, who: str) -> None:
    assert (await browser.post("/sign-in", data={"key": firm.keys[who]})).status_code == 303


def language(page: Response) -> str:
    return Markup(page.text).all("html")[0].attributes["lang"]


async def test_who_reads_german_gets_words_days_and_refusals_in_german(german: Firm, address: str) -> None:
    async with browsing(address) as browser:
        await signed_in(browser, german, "client")
        plan = await browser.get(f"/plans/{german.ids['plan']}")
        agreement = await browser.get(f"/engagements/{german.ids['engagement']}/agreement")
        nowhere = await browser.get("/plans/00000000-0000-0000-0000-000000000000")
    assert (plan.status_code, language(plan)) == (200, "de")
    for said in ("Coaching-Plan", "Noch hat niemand einer Fassung zugestimmt.", "Ziele", "Meet", "Entwurf", "Wer was gesehen hat"):
        assert said in Markup(plan.text).words
    assert "Coaching plan" not in Markup(plan.text).words
    assert "legte das Ziel „Meet" in Markup(plan.text).words, "the course of events"
    assert "Setzen Sie einen Meilenstein für jedes Ziel, das noch keinen hat." in Markup(plan.text).words, "how ready it is"
    assert "Unterschriften unter Fassung 1" in Markup(agreement.text).words
    assert (nowhere.status_code, language(nowhere)) == (404, "de")
    assert "Unter dieser Kennung gibt es hier nichts, oder nichts, von dem Sie wissen dürfen." in Markup(nowhere.text).words


async def test_two_at_once_each_get_their_own_language(german: Firm, address: str) -> None:
    async with browsing(address) as client, browsing(address) as coach:
        await signed_in(client, german, "client")
        await signed_in(coach, german, "coach")
        pages = await asyncio.gather(*(browser.get("/plans") for _ in range(3) for browser in (client, coach)))
    assert [language(page) for page in pages] == ["de", "en"] * 3


async def test_who_signed_out_keeps_the_language_and_who_never_was_here_gets_the_browsers(german: Firm, address: str) -> None:
    async with browsing(address) as browser:
        await signed_in(browser, german, "client")
        await browser.post("/sign-out")
        assert language(await browser.get("/sign-in")) == "de"
    async with browsing(address) as other:
        asked = [await other.get("/sign-in", headers={"Accept-Language": header}) for header in ("de-DE,de;q=0.9", "fr", "en-GB")]
    assert [language(page) for page in asked] == ["de", "en", "en"]


def test_the_reasons_to_choose_from_are_in_the_language_of_the_page() -> None:
    with speaking(GERMAN):
        assert [label for _, label in reasons(["scope", "org_change"])] == ["In words", "Umfang", "Veränderung der Organisation"]


async def test_a_page_of_staff_is_in_english_as_a_whole_and_one_that_coaches_read_too_is_not(german: Firm, address: str) -> None:
    async with browsing(address) as browser:
        await signed_in(browser, german, "program_manager")
        asked = {"Cookie": f"throughline_language=de; {cookies(browser)}"}
        pages = [await browser.get(path, headers=asked) for path in ("/boards", "/programs", f"/programs/{german.ids['program']}")]
    assert [(page.status_code, language(page)) for page in pages] == [(200, "en"), (200, "en"), (200, "de")]
    assert "Sitzungen für jeden Platz" in Markup(pages[-1].text).words


def cookies(browser: AsyncClient) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar if one.name != "throughline_language")
