"""Every status that is no success, as somebody gets it over HTTP: always a problem (RFC 9457) of one shape, whose type is explained."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from litestar import Litestar
from litestar.routes import HTTPRoute

from services.answers import SAFE
from services.contract.meaning import problem_kinds
from services.entry.body import LARGEST
from services.problems import STATUS
from tests.services.desk import Desk
from tests.services.firm import Firm, program_body
from tests.services.markup import Markup
from tests.services.test_suspension import reinstate, suspend
from tests.services.test_sweep import HEAVY, somebody, waiting

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
AMONG_BYTES = {408, 431}  # a body that does not arrive, a head without end: tests/workers/test_serving.py


class Means:
    """What a test needs to be refused in every way."""

    def __init__(self, app: Litestar, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.desk, self.firm, self.monkeypatch = app, desk, desk.firm, monkeypatch
        self.plan = f"/v1/plans/{self.firm.ids['plan']}"
        self.backwards = program_body(self.firm.ids["sponsor"]) | {"ends_on": "2025-12-31"}

    async def expired_link(self) -> Response:
        report = await self.desk.ask("client", "client")
        await self.desk.make(report)
        link = (await self.firm.seen("client", f"/v1/reports/{report}"))["file"]["path"]
        links = self.app.state.links
        with self.monkeypatch.context() as patched:
            held = links.clock
            patched.setattr(links, "clock", lambda: held() + timedelta(minutes=11))
            return await self.firm.get(None, link)

    async def suspended(self) -> Response:
        await suspend(self.firm)
        try:
            return await self.firm.post("coach", f"{self.plan}/define-objective", {"title": "Read"})
        finally:
            await reinstate(self.firm)

    async def twice_at_once(self) -> Response:
        sweep = self.app.state.reads.sweep
        await self.firm.runner.catch_up()
        async with sweep.turn(somebody()):
            first = asyncio.create_task(self.firm.get("auditor", HEAVY))
            await waiting(sweep, 2)
            refused = await self.firm.get("auditor", HEAVY)
        await first
        return refused

    async def broken(self) -> Response:
        async def fail(*_: object) -> None:
            raise RuntimeError("the words of a client, tl_secret")

        with self.monkeypatch.context() as patched:
            patched.setattr(self.app.state.reads, "look", fail)
            return await self.firm.get("client", "/v1/plans")

    async def key_without_version(self) -> Response:
        made = await self.firm.done("coach", "/v1/keys", {"name": "Script"})
        return await self.firm.send("coach", "PUT", f"/v1/keys/{made['id']}", json={"name": "Script", "scopes": None, "expires_at": None})


@pytest.fixture
def means(app: Litestar, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Means:
    return Means(app, desk, monkeypatch)


Ask = Callable[[Means], Awaitable[Response]]
CASES: dict[int, tuple[str, list[str], Ask]] = {
    400: ("unreadable", ["/email", "/extra", "/name"], lambda m: m.firm.post("admin", "/v1/people", {"name": "", "extra": 1})),
    401: ("unauthenticated", [], lambda m: m.firm.get(None, "/v1/me")),
    403: ("not_permitted", [], lambda m: m.firm.get("client", "/v1/people")),
    404: ("not_found", [], lambda m: m.firm.get("client", f"/v1/plans/{uuid4()}")),
    405: ("method_not_allowed", [], lambda m: m.firm.send("client", "DELETE", "/v1/plans")),
    406: ("not_acceptable", [], lambda m: m.firm.get("client", "/v1/me", Accept="text/html")),
    409: ("plan_exists", [], lambda m: m.firm.post("coach", "/v1/plans", {"engagement_id": m.firm.ids["engagement"]})),
    410: ("link_expired", [], Means.expired_link),
    412: ("precondition_failed", [], lambda m: m.firm.post("coach", f"{m.plan}/define-objective", {"title": "Read"}, If_Match='"v1"')),
    413: ("payload_too_large", [], lambda m: m.firm.post("admin", "/v1/people", {"name": "x" * LARGEST})),
    415: ("unsupported_media_type", [], lambda m: m.firm.send("admin", "POST", "/v1/people", content=b"name=Ada")),
    422: ("dates_inverted", ["/ends_on"], lambda m: m.firm.post("program_manager", "/v1/programs", m.backwards)),
    423: ("organization_suspended", [], Means.suspended),
    428: ("precondition_required", [], Means.key_without_version),
    429: ("asked_already", [], Means.twice_at_once),
    500: ("internal_error", [], Means.broken),
    503: ("not_caught_up", [], lambda m: m.firm.get("client", "/v1/plans", Throughline_Min_Position="999999")),
}
TOLD = {401: "www-authenticate", 405: "allow", 429: "retry-after", 503: "retry-after"}


def test_no_status_is_left_out() -> None:
    assert {*CASES} == ({*STATUS.values()} | {405, 500, 503}) - AMONG_BYTES


@pytest.mark.parametrize("status", CASES)
async def test_each_is_a_problem_that_is_explained(means: Means, status: int) -> None:
    code, pointers, ask = CASES[status]
    answer = await ask(means)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem = answer.json()
    assert (problem["status"], problem["code"], problem["request_id"]) == (status, code, answer.headers["x-request-id"])
    assert {"type", "title", "detail"} <= problem.keys()
    assert sorted(fault["pointer"] for fault in problem.get("errors", [])) == pointers
    assert TOLD.get(status, "content-type") in answer.headers
    assert "tl_secret" not in answer.text
    explained = await means.firm.client.get(problem["type"])
    assert (explained.json()["code"], explained.json()["status"]) == (code, status)


async def test_what_one_has_already_is_not_sent_again(planned: Firm) -> None:
    await planned.runner.catch_up()
    first = await planned.get("client", "/v1/plans")
    again = await planned.get("client", "/v1/plans", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


async def test_every_slug_has_its_page(client: AsyncClient) -> None:
    for kind in problem_kinds().items:
        address = f"/problems/{kind.code}"
        page, told = await client.get(address, headers=BROWSER), await client.get(address)
        assert (page.status_code, told.status_code, told.json()["code"]) == (200, 200, kind.code)
        assert kind.code in Markup(page.text).words


def addresses(app: Litestar) -> list[tuple[str, str]]:
    """Every method and path, with an id that nothing has."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    return [(method, filled(route.path)) for route in routes for method in sorted(route.methods)]


def filled(path: str) -> str:
    pieces = [str(uuid4()) if ":uuid" in piece else "x" if "{" in piece else piece for piece in path.split("/")]
    return "/".join(pieces)


@pytest.mark.parametrize("who", [None, "auditor"])
async def test_every_answer_carries_the_headers_that_keep_browsers_safe(app: Litestar, firm: Firm, who: str | None) -> None:
    """HEAD, OPTIONS, refusals, redirects and files included."""
    seen = set()
    for method, path in [*addresses(app), ("GET", "/nowhere"), ("TRACE", "/v1/plans"), ("OPTIONS", "/v1/plans")]:
        for accept in ("*/*", BROWSER["Accept"]):
            answer = await firm.send(who, method, path, headers={"Accept": accept})
            seen.add(answer.status_code)
            missing = [name for name in (*SAFE, "X-Request-Id") if name.lower() not in answer.headers]
            assert (missing, answer.status_code < 500) == ([], True), (method, path, accept, answer.text)
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none';"), (method, path, policy)
            assert "frame-ancestors 'none'" in policy, (method, path, policy)
    assert seen >= {200, 204, 303, 400, 404, 405, 415} if who else {200, 204, 303, 401, 404, 405}
