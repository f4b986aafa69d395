"""Every refusal has a status, and every answer that is none of the asked is a problem of one shape."""

from __future__ import annotations

import gc

import msgspec
import pytest
from httpx import AsyncClient, Response

from domain.errors import Refusal, VersionConflict
from domain.errors.plan import DueInPast
from domain.values import OfAuthor
from infra.eventstore.errors import Unavailable
from services.answers import plain
from services.errors import Fault, Unreadable
from services.problems import STATUS, code_of, refusal_problem, subclasses, without_status
from tests.services.firm import Firm
from tests.services.markup import Markup


def test_every_refusal_has_a_status_and_a_code_of_its_own() -> None:
    assert without_status() == []
    codes = [code_of(kind) for kind in STATUS]
    assert len(set(codes)) == len(codes) > 90


def test_a_refusal_without_a_status_is_found() -> None:
    class Forgotten(Refusal):
        """Nobody gave it a status."""

    try:
        assert without_status() == ["Forgotten"]
    finally:
        del Forgotten
        gc.collect()  # a class is gone only then
    assert any(kind.__name__ == "DueInPast" for kind in subclasses(Refusal))


def test_a_refusal_becomes_a_problem_with_its_pointer_and_facts() -> None:
    problem = refusal_problem(DueInPast(pointer="/due_on", today="2026-03-02"), "r1")
    assert (problem.type, problem.code, problem.status) == ("/problems/due_in_past", "due_in_past", 422)
    assert [(fault.pointer, fault.code) for fault in problem.errors] == [("/due_on", "due_in_past")]
    assert problem.facts == {"today": "2026-03-02"}
    assert problem.detail == "The date lies in the past: choose today or a later one."


def test_all_faults_of_a_body_are_in_one_problem() -> None:
    problem = refusal_problem(Unreadable([Fault("/a", "x", "X."), Fault("/b", "y", "Y.")]), "r1")
    assert [fault.pointer for fault in problem.errors] == ["/a", "/b"]


def test_a_personal_value_among_the_facts_is_withheld() -> None:
    problem = refusal_problem(VersionConflict(reason=OfAuthor("because of my health")), "r1")
    assert msgspec.json.decode(msgspec.json.encode(problem, enc_hook=plain))["facts"] == {"reason": {"withheld": True}}


def is_problem(answer: Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert {"title", "detail"} <= problem.keys()


async def test_every_path_answers_with_a_problem(firm: Firm) -> None:
    is_problem(await firm.get(None, "/nowhere"), 404, "not_found")
    is_problem(await firm.get(None, "/v1/plans/not-a-uuid"), 404, "not_found")
    is_problem(await firm.get(None, "/v1/me"), 401, "unauthenticated")
    is_problem(await firm.get("client", "/v1/people"), 403, "not_permitted")
    is_problem(await firm.get("client", "/v1/plans?limit=no"), 400, "unreadable")
    is_problem(await firm.get("client", "/v1/plans?limits=1"), 400, "unreadable")
    is_problem(await firm.get("client", "/v1/plans?cursor=!"), 400, "unreadable")
    is_problem(await firm.get("program_manager", "/v1/board?period=soon"), 400, "period_unknown")
    is_problem(await firm.get("client", "/v1/me", Accept="text/html"), 406, "not_acceptable")
    is_problem(await firm.get("client", "/v1/me", Throughline_Min_Position="-1"), 400, "unreadable")
    is_problem(await firm.get("client", "/v1/me", Throughline_Min_Position="999999"), 503, "not_caught_up")
    is_problem(await firm.send("admin", "POST", "/v1/people", content=b"x=1"), 415, "unsupported_media_type")
    is_problem(await firm.post("admin", "/v1/people", {"name": "x" * 300_000}), 413, "payload_too_large")


async def test_a_method_that_is_not_taken_names_those_that_are(firm: Firm) -> None:
    answer = await firm.send(None, "DELETE", "/v1/plans")
    is_problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= {method.strip() for method in answer.headers["allow"].split(",")}


async def test_a_401_says_how_to_authenticate_and_a_503_when_to_come_back(firm: Firm) -> None:
    assert (await firm.get(None, "/v1/me")).headers["www-authenticate"].startswith("Bearer")
    assert int((await firm.get("client", "/v1/me", Throughline_Min_Position="999999")).headers["retry-after"]) >= 1


async def test_the_type_of_a_problem_leads_to_its_meaning(client: AsyncClient) -> None:
    outages = dict.fromkeys(subclasses(Unavailable), 503)
    for kind, status in (*STATUS.items(), *outages.items()):
        explained = (await client.get(f"/problems/{code_of(kind)}")).json()
        assert (explained["status"], bool(explained["meaning"])) == (status, True)
    assert "adjust_milestone" in (await client.get("/problems/due_in_past")).json()["commands"]


@pytest.mark.parametrize("given", ["mine-1", "a" * 65, "no spaces", ""])
async def test_a_request_id_is_echoed_when_it_is_harmless(client: AsyncClient, given: str) -> None:
    answered = (await client.get("/health/live", headers={"X-Request-Id": given})).headers["x-request-id"]
    assert (answered == given) == (given == "mine-1")


async def test_every_answer_carries_the_headers_that_keep_browsers_safe(client: AsyncClient) -> None:
    for path in ("/health/live", "/nowhere", "/docs", "/v1/me"):
        headers = (await client.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "private, no-cache"


async def test_a_browser_finds_a_page_where_a_program_finds_the_same_as_json(client: AsyncClient) -> None:
    listed = (await client.get("/problems")).json()["items"]
    assert {code_of(kind) for kind in STATUS} < {kind["code"] for kind in listed}
    for path, expected in (
        ("/problems", [kind["code"] for kind in listed]),
        ("/problems/due_in_past", ["due_in_past", "adjust_milestone"]),
    ):
        as_page = await client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (as_page.status_code, as_page.headers["content-type"], as_page.headers["vary"]) == (
            200,
            "text/html; charset=utf-8",
            "Accept",
        )
        assert not [word for word in expected if word not in Markup(as_page.text).words]
        for accept in ("*/*", "application/json", "application/problem+json"):
            answer = await client.get(path, headers={"Accept": accept})
            assert (answer.headers["content-type"], answer.headers["vary"]) == ("application/json", "Accept")


async def test_what_no_problem_is_called_is_not_found_in_either_form(client: AsyncClient) -> None:
    is_problem(await client.get("/problems/nothing"), 404, "not_found")
    as_page = await client.get("/problems/nothing", headers={"Accept": "text/html"})
    assert (as_page.status_code, as_page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "/problems/not_found" in Markup(as_page.text).addresses
