"""The first hour of a firm by its pages: from a program to a plan, each step by who takes it, and what others find there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from httpx import AsyncClient, Response

from domain.errors.engagement import FlowMissing, StaleAgreement
from domain.errors.program import DatesInverted
from projections.runner import Runner
from services.problems import meaning_of
from tests.services.firm import LATER, Firm
from tests.services.markup import Markup
from tests.waiting import PATIENCE_SECONDS

MANAGER, COACH, CLIENT, SPONSOR = "program_manager", "coach", "client", "sponsor"
TERMS = {
    **{"sessions": "8", "cadence_days": "14", "cancellation_hours": "24", "termination_days": "14", "ai_use": "none", "seen": "0"},
    **{
        "confidentiality_limits": ["law", "danger"],
        "information_flows": ["objective_titles", "progress"],
        "text": "What is said stays here.",
    },
}
OFFERED = {CLIENT: {"grant", "pause", "end"}, COACH: {"plan", "launch", "pause", "complete", "end"}, SPONSOR: {"end"}}
"""The forms of a coaching that goes on, by who finds them on its page."""


class Browsers:
    """Everybody of a firm, signed in, beside a projector that follows."""

    def __init__(self, firm: Firm, clients: dict[str, AsyncClient]) -> None:
        self.firm = firm
        self.clients = clients

    async def sees(self, who: str, path: str, status: int = 200) -> Markup:
        answer = await self.clients[who].get(path)
        assert answer.status_code == status, (who, path, answer.text)
        return Markup(answer.text)

    async def sends(self, who: str, path: str, what: str, **fields: Any) -> Response:
        return await self.clients[who].post(path, data={"what": what, **fields})

    async def does(self, who: str, path: str, what: str, **fields: Any) -> str:
        """Where the form leads to, once the page there shows what it did."""
        answer = await self.sends(who, path, what, **fields)
        assert answer.status_code == 303, (who, what, answer.text)
        leads = str(answer.headers["location"])
        await self.sees(who, leads)
        return leads

    async def refused(self, who: str, path: str, what: str, status: int, **fields: Any) -> Markup:
        """The form again, as it was filled in."""
        answer = await self.sends(who, path, what, **fields)
        assert answer.status_code == status, (who, what, answer.text)
        return Markup(answer.text)


def offered(page: Markup) -> set[str]:
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "what"}


def entered(page: Markup, name: str) -> str:
    return next(one.attributes.get("value", "") for one in page.all("input") if one.attributes.get("name") == name)


async def follow(runner: Runner) -> None:
    while True:
        await runner.catch_up()
        await asyncio.sleep(0.02)


@pytest.fixture
async def browsers(firm: Firm, address: str) -> AsyncIterator[Browsers]:
    following = asyncio.create_task(follow(firm.runner))
    async with AsyncExitStack() as stack:
        clients = {}
        for who in firm.keys:
            client = AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address})
            clients[who] = await stack.enter_async_context(client)
            assert (await clients[who].post("/sign-in", data={"key": firm.keys[who]})).status_code == 303
        yield Browsers(firm, clients)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


async def program(browsers: Browsers) -> str:
    """A program that the manager opened by forms, with its coach and its participant."""
    ids = browsers.firm.ids
    assert "Define the first program" in (await browsers.sees(MANAGER, "/programs")).words
    body = {"name": "Leading with clarity", "starts_on": "2026-01-01", "capacity": "10", "sessions_per_engagement": "8"}
    again = await browsers.refused(MANAGER, "/programs", "define", 422, ends_on="2025-01-01", **body)
    assert meaning_of(DatesInverted) in again.words
    assert entered(again, "name") == "Leading with clarity"
    more = {"ends_on": LATER, "sponsor_ids": ids["sponsor"], "sponsor_approves_plans": "yes", "evaluation_points": ["close"]}
    made = await browsers.does(MANAGER, "/programs", "define", outcomes="Fewer people leave\n\n", **body, **more)
    page = await browsers.sees(MANAGER, made)
    for said in ("Now add the coaches who work in it", "Fewer people leave", "final: at the end", "Nobody coaches in this program yet"):
        assert said in page.words
    path = made.partition("?")[0]
    assert offered(page) == {"pool"}
    await browsers.does(MANAGER, path, "pool", coach_id=ids["coach"], max_engagements="3")
    await browsers.does(MANAGER, path, "open")
    assert "enrol the first participant below" in (await browsers.sees(MANAGER, path)).words
    enrolled = await browsers.does(MANAGER, path, "enrol", client_id=ids["client"], cohort="autumn", department="Sales")
    page = await browsers.sees(MANAGER, enrolled)
    assert "Propose the coaching" in page.words
    assert "1 of 10 taken" in page.words
    again = await browsers.refused(MANAGER, path, "pool", 400, coach_id=ids["stranger"], max_engagements="many")
    assert "A whole number." in again.words
    assert [one.attributes["value"] for one in again.all("input") if one.attributes.get("name") == "max_engagements"] == ["3", "many"]
    await browsers.does(MANAGER, path, "limit", coach_id=ids["coach"], max_engagements="4")
    assert "0 of at most 4" in (await browsers.sees(MANAGER, path)).words
    return path


async def test_a_firm_comes_from_a_program_to_a_plan_by_its_pages(browsers: Browsers) -> None:
    ids = browsers.firm.ids
    at = await program(browsers)
    proposed = await browsers.does(MANAGER, at, "propose", client_id=ids["client"], sponsor_id=ids["sponsor"], kind="individual")
    path = proposed.partition("?")[0]
    ids["engagement"] = path.rpartition("/")[2]
    assert "You: Assign a coach" in (await browsers.sees(MANAGER, proposed)).words
    assert "Program manager: Assign a coach" in (await browsers.sees(CLIENT, "/engagements")).words
    await browsers.sees(COACH, path, 404)
    await browsers.does(MANAGER, path, "assign", coach_id=ids["coach"], chosen_by="organization")

    terms = f"{path}/agreement"
    assert terms in (await browsers.sees(COACH, "/engagements")).addresses
    page = await browsers.sees(COACH, terms)
    assert entered(page, "sessions") == "8"
    again = await browsers.refused(COACH, terms, "draft", 422, **{**TERMS, "information_flows": ["progress"]})
    assert meaning_of(FlowMissing) in again.words
    assert entered(again, "cadence_days") == "14"
    await browsers.does(COACH, terms, "draft", **TERMS)
    stale = entered(await browsers.sees(CLIENT, terms), "digest")
    seen = entered(await browsers.sees(COACH, terms), "seen")
    await browsers.does(COACH, terms, "draft", **{**TERMS, "sessions": "7", "seen": seen})
    again = await browsers.refused(CLIENT, terms, "sign", 409, digest=stale)
    assert meaning_of(StaleAgreement) in again.words
    assert "7 sessions" in again.words
    for who in (CLIENT, COACH, SPONSOR):
        page = await browsers.sees(who, terms)
        assert "What is said stays here." in page.words
        assert "sign" in offered(page)
        done = await browsers.does(who, terms, "sign", digest=entered(page, "digest"))
        page = await browsers.sees(who, done)
        assert "You have signed these terms." in page.words
        assert offered(page) == set()

    assert "You: Begin the coaching" in (await browsers.sees(COACH, path)).words
    again = await browsers.refused(COACH, path, "begin", 422, starts_on="2026-02-01", planned_end="2026-01-01")
    assert entered(again, "planned_end") == "2026-01-01"
    await browsers.does(COACH, path, "begin", starts_on="2026-01-01", planned_end=LATER)
    plan = (await browsers.does(COACH, path, "plan", language="en")).partition("?")[0]
    page = await browsers.sees(COACH, path)
    assert plan in page.addresses
    assert "You: Say what is to be reached" in page.words
    await lets_the_sponsor_see(browsers, path)


async def lets_the_sponsor_see(browsers: Browsers, path: str) -> None:
    page = await browsers.sees(CLIENT, path)
    assert "Nothing but the agreement itself" in page.words
    assert offered(page) == {"grant", "pause", "end"}
    again = await browsers.refused(CLIENT, path, "grant", 400, until="soon")
    assert entered(again, "until") == "soon"
    await browsers.does(CLIENT, path, "grant", subjects=["objective_titles", "progress"])
    assert "How far each objective has come" in (await browsers.sees(SPONSOR, path)).words
    await browsers.does(CLIENT, path, "withdraw", subjects="progress")
    page = await browsers.sees(SPONSOR, path)
    assert "How far each objective has come" not in page.words
    assert "What is to be reached" in page.words
    assert offered(page) == {"end"}


async def test_nobody_else_finds_these_pages_or_their_forms(browsers: Browsers) -> None:
    """A sponsor and another coach of the firm, those who look on, and a person of another firm."""
    await browsers.firm.engage()
    ids = browsers.firm.ids
    program_path, path = f"/programs/{ids['program']}", f"/engagements/{ids['engagement']}"
    for who, statuses in {
        "sponsor": (403, 200, 200, 200),
        "coach": (403, 200, 200, 200),
        "client": (403, 403, 200, 200),
        "stranger": (403, 404, 404, 404),
        "auditor": (200, 200, 200, 200),
        "admin": (200, 200, 403, 403),
    }.items():
        for place, status in zip(("/programs", program_path, path, f"{path}/agreement"), statuses, strict=True):
            page = await browsers.sees(who, place, status)
            assert offered(page) == (OFFERED.get(who, set()) if place == path else set()), (who, place)
        for place, what, fields in (
            (
                "/programs",
                "define",
                {"name": "Mine", "starts_on": "2026-01-01", "ends_on": LATER, "capacity": "1", "sessions_per_engagement": "1"},
            ),
            (program_path, "close", {}),
            (path, "assign", {"coach_id": ids["stranger"]}),
        ):
            answer = await browsers.sends(who, place, what, **fields)
            assert answer.status_code in {403, 404}, (who, place, answer.text)
    for who in ("sponsor", "coach", "program_manager", "stranger"):
        answer = await browsers.sends(who, path, "grant", subjects=["progress"])
        assert answer.status_code in {403, 404}, who
    assert (await browsers.firm.seen("client", f"/v1{path}"))["consents"] == []
    assert ids["engagement"] not in (await browsers.clients["stranger"].get("/engagements")).text
