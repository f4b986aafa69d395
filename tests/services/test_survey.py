"""A survey over HTTP, as director, clients with a link, coach, sponsor and integration live it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from litestar import Litestar

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_session_page import browser

SOON = timedelta(days=14)
WHY = {"reason": "Everybody whom we need has answered."}


class Poll:
    """A survey of a firm's program, whose clients are the firm's, c0, c1 and so on."""

    def __init__(self, app: Litestar, firm: Firm) -> None:
        self.answers = app.state.respondents.answers
        self.firm = firm
        self.id = UUID(int=0)
        self.clients = [firm.ids["client"]]

    @property
    def at(self) -> str:
        return f"/v1/surveys/{self.id}"

    async def enrol(self, people: int) -> None:
        for number in range(people):
            await self.firm.enter(f"c{number}", "client")
            self.clients.append(self.firm.ids[f"c{number}"])
            at = f"/v1/programs/{self.firm.ids['program']}/enrol-participant"
            await self.firm.done("program_manager", at, {"client_id": self.clients[-1]})

    async def issue(self, **more: Any) -> None:
        body = {"program_id": self.firm.ids["program"]} | more
        self.id = UUID((await self.firm.done("program_manager", "/v1/surveys", body))["id"])

    async def link(self, client: str) -> str:
        made = await self.answers.invite(self.firm.tenant, self.id, UUID(client), datetime.now(UTC) + SOON)
        assert made is not None
        return str(made.text())

    async def answer(self, link: str, points: int, item: str = "nps") -> Response:
        return await self.firm.post(None, f"/v1/respondents/{link}", {"scores": {item: points}})

    async def answered(self, *points: int) -> None:
        for client, given in zip(self.clients, points, strict=False):
            taken = await self.answer(await self.link(client), given)
            assert taken.status_code == 200, taken.text

    async def close(self) -> None:
        await self.firm.done("program_manager", f"{self.at}/close-survey", WHY)


@pytest.fixture
async def poll(app: Litestar, firm: Firm) -> Poll:
    """One that nobody has issued yet, with four clients to ask: the firm's own, and three more."""
    await firm.engage()
    made = Poll(app, firm)
    await made.enrol(3)
    return made


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_survey_from_its_issuing_to_its_result(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    await poll.answered(10, 9, 2)
    open_now = await firm.seen("program_manager", poll.at)
    assert (open_now["invited"], open_now["answered"], open_now["closed_on"]) == (4, 3, None)
    assert not {"results", "response_rate"} & open_now.keys()
    assert code(await firm.post("program_manager", f"{poll.at}/close-survey", {})) == (422, "reason_required")
    await poll.close()
    shown = await firm.seen("program_manager", poll.at)
    rate, nps = shown["response_rate"], shown["results"]
    assert (rate["kpi"], rate["numerator"], rate["denominator"], rate["value"]) == (27, "3", "4", "75.0000")
    assert (nps["kpi"], nps["numerator"], nps["denominator"], nps["value"], nps["n"]) == (24, "1", "3", "33.3333", 3)
    assert (await firm.seen("auditor", "/v1/surveys"))["items"] == [shown]
    await on_the_boards(poll, firm)
    assert code(await firm.post("program_manager", f"{poll.at}/close-survey", {})) == (409, "survey_closed_already")
    assert await poll.answers.counts(firm.tenant, [poll.id]) == {}


async def on_the_boards(poll: Poll, firm: Firm) -> None:
    """Of now, and of then; a single coach's tells nothing of it."""
    position = (await firm.seen("program_manager", "/v1/board"))["as_of_position"]
    for path, expected in (
        ("/v1/board", "33.3333"),
        (f"/v1/board/as-of?position={position}", "33.3333"),
        (f"/v1/board/as-of?position={position - 1}", None),
        (f"/v1/board?coach={firm.ids['coach']}", None),
    ):
        told = await firm.seen("program_manager", path)
        board = told.get("board", told)
        assert next(one for one in board["kpis"] if one["name"] == "survey_nps")["value"] == expected, path


async def test_a_link_is_good_for_one_answer_while_it_is_open(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    link, late = [await poll.link(client) for client in poll.clients[:2]]
    asked = (await firm.get(None, f"/v1/respondents/{link}")).json()
    (item,) = asked["items"]
    assert (item["item"], item["lowest"], item["highest"], len(asked["promises"])) == ("nps", 0, 10, 2)
    assert code(await poll.answer(link, 11)) == (422, "rating_out_of_scale")
    assert (await poll.answer(link, 10)).json() == {"taken": True}
    assert code(await poll.answer(link, 1)) == (409, "already_submitted")
    assert code(await poll.answer("nothing", 4)) == (404, "not_found")
    await poll.close()
    for one in (link, late):
        assert code(await poll.answer(one, 4)) == (409, "survey_closed_already")
    shown = await firm.seen("program_manager", poll.at)  # one answer shows nothing
    assert (shown["results"]["suppressed"], shown["results"]["value"], shown["results"]["n"]) == ("below_floor", None, None)
    assert shown["response_rate"]["numerator"] == "1"


async def test_the_link_of_who_is_to_be_erased_leads_to_nothing_from_then_on(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    gone = poll.clients[1]
    link, other = await poll.link(gone), await poll.link(poll.clients[2])
    assert (await firm.get(None, f"/v1/respondents/{link}")).status_code == 200
    await firm.runner.catch_up()
    seen = (await firm.seen("admin", f"/v1/people/{gone}"))["profile_version"]
    await firm.done("admin", f"/v1/people/{gone}/request-person-erasure", {"basis": "consent_withdrawn", "seen": seen})
    assert code(await firm.get(None, f"/v1/respondents/{link}")) == code(await poll.answer(link, 9)) == (404, "not_found")
    assert (await firm.client.get(f"/respondents/{link}")).status_code == 404
    assert (await poll.answer(other, 9)).json() == {"taken": True}


async def test_what_is_refused_about_issuing_one(poll: Poll, firm: Firm) -> None:
    body = {"program_id": firm.ids["program"]}
    for wrong, refused in (
        ({"instrument": "wai_sr"}, (422, "rating_instrument_unknown")),
        ({"audience": "sponsors"}, (422, "below_anonymity_floor")),
        ({"closes_on": "2020-01-01"}, (422, "dates_inverted")),
    ):
        assert code(await firm.post("program_manager", "/v1/surveys", body | wrong)) == refused
    await poll.issue()
    assert code(await firm.post("program_manager", "/v1/surveys", body)) == (409, "survey_open")
    await poll.close()
    await poll.issue()


async def test_nobody_sees_it_but_who_runs_the_program(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    await poll.answered(9, 9, 9)
    await poll.close()
    await firm.runner.catch_up()
    for who in ("client", "coach", "sponsor", "integration", "stranger"):
        assert (await firm.get(who, poll.at)).status_code in {403, 404}
        assert (await firm.get(who, "/v1/surveys")).status_code == 403
        assert code(await firm.post(who, "/v1/surveys", {"program_id": firm.ids["program"]}))[0] in {403, 404}


async def test_an_answer_at_the_moment_of_closing_is_counted_or_refused(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    links = [await poll.link(client) for client in poll.clients]
    closing = firm.post("program_manager", f"{poll.at}/close-survey", WHY)
    closed, *taken = await asyncio.gather(closing, *(poll.answer(link, 8) for link in links))
    counted = sum(answer.status_code == 200 for answer in taken)
    assert {code(answer) for answer in taken if answer.status_code != 200} <= {(409, "survey_closed_already"), (503, "busy")}
    if closed.status_code == 503:  # it was kept from closing by all that came in: then it is told to try again
        await poll.close()
    shown = await firm.seen("program_manager", poll.at)
    assert (shown["answered"], shown["closed_on"] is None) == (counted, False)
    assert await poll.answers.counts(firm.tenant, [poll.id]) == {}


async def test_the_page_of_a_link_needs_no_account(poll: Poll, firm: Firm) -> None:
    await poll.issue()
    at = f"/respondents/{await poll.link(poll.clients[0])}"
    shown = await firm.client.get(at)
    assert (shown.status_code, shown.headers["cache-control"], shown.text.count('type="radio"')) == (200, "no-store", 11)
    own = {"Origin": str(firm.client.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    unanswered = await firm.client.post(at, data={}, headers=own)
    assert (unanswered.status_code, "Choose one of the points." in unanswered.text) == (422, True)
    taken = await firm.client.post(at, data={"item.nps": "9"}, headers=own)
    assert (taken.status_code, "Thank you" in taken.text) == (200, True)
    again = await firm.client.get(at)
    assert (again.status_code, "You have answered already" in again.text) == (409, True)


async def test_a_survey_is_issued_and_closed_on_a_page_by_who_runs_the_program(poll: Poll, firm: Firm, address: str) -> None:
    ask = {"what": "issue", "program_id": firm.ids["program"], "audience": "clients", "instrument": "nps", "closes_on": ""}
    async with browser(firm, address, "program_manager") as manager:
        await manager.shown("/surveys")
        past = await manager.client.post("/surveys", data=ask | {"closes_on": "2020-01-01"})
        (wrong,) = [one.attributes for one in Markup(past.text).elements if one.attributes.get("aria-invalid") == "true"]
        assert (past.status_code, wrong["name"], wrong["value"]) == (422, "closes_on", "2020-01-01")
        assert (await manager.client.post("/surveys", data=ask)).headers.get("location") == "/surveys?done=issue"
        poll.id = UUID((await firm.seen("program_manager", "/v1/surveys"))["items"][0]["id"])
        await poll.answered(10, 9, 2)
        assert "3 of 4 answered" in (await manager.shown("/surveys")).words
        close = {"what": "close", "survey": str(poll.id)}
        unsaid = await manager.client.post("/surveys", data=close)
        assert (unsaid.status_code, "Say why" in unsaid.text) == (422, True)
        assert (await manager.client.post("/surveys", data=close | WHY)).headers.get("location") == "/surveys?done=close"
        assert "33.3 net promoters" in (await manager.shown("/surveys")).words
    async with browser(firm, address, "auditor") as auditor:
        assert (await auditor.shown("/surveys")).all("select") == []
    async with browser(firm, address, "coach") as coach:
        assert (await coach.client.get("/surveys")).status_code == 403
