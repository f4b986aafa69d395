"""What nobody should send: answered as a fault of the request, never as one of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.services.firm import Firm

LONG = "x" * 5_000
BODIES: list[bytes] = [
    b"",
    b"null",
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b'{"name": "\xed\xa0\x80", "email": "a@b.co"}',
    b'{"name": "\\ud800", "email": "a@b.co"}',
    b'{"name": "a\\u0000b", "email": "a@b.co"}',
    b'{"name": "a", "email": "a@b.co", "is_admin": true}',
    b'{"name": "a", "name": "b", "email": "a@b.co"}',
    b'{"name": NaN, "email": "a@b.co"}',
    b'{"name": "a", "email": "a@b.co", "source": 1e400}',
    b'{"name": ' + b"9" * 5_000 + b"}",
    b"\x1f\x8b\x08\x00" + b"\x00" * 50,
    json.dumps({"name": "a", "email": "a@" + "b." * 100_000}).encode(),
]
HEADERS: list[dict[str, Any]] = [
    {"Authorization": "Bearer \xff".encode("latin-1")},
    {"Cookie": "throughline_session=; throughline_session=\x7f"},
    {"If-None-Match": '"' + LONG},
    {"Throughline-Min-Position": "9" * 5_000},
    {"Throughline-Min-Position": "１"},
    {"X-Request-Id": "a\tb"},
    {"Accept": ",;q=x,"},
]
PATHS = [
    "/v1/plans/%00",
    f"/v1/plans/{LONG}",
    "/v1/plans/../../etc/passwd",
    "/problems/%2e%2e",
    f"/problems/{LONG}",
    "/v1/plans?limit=1e9",
    "/v1/plans?limit=%EF%BC%91",
    "/v1/plans?limit=1&limit=2",
    "/v1/plans?cursor=AAAA",
    f"/v1/plans?cursor={LONG}",
    "/v1/plans?cursor=%ED%A0%80",
    "/v1/people?cursor=%00",
    "/v1/board?period=2026-13",
    "/v1/board?period=9999-q1",
    "/v1/board?program=1",
    "/v1/board?actor=x",
    f"/v1/people?{LONG}={LONG}",
]


@pytest.mark.parametrize("number", range(len(BODIES)))
async def test_a_hostile_body_is_a_fault_of_the_request(firm: Firm, number: int) -> None:
    answer = await firm.send("admin", "POST", "/v1/people", content=BODIES[number], headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"]
    assert len(answer.content) < 10_000


async def test_hostile_headers_and_addresses_are_faults_of_the_request(firm: Firm) -> None:
    await firm.runner.catch_up()
    for headers in HEADERS:
        given = {name: value.encode() if isinstance(value, str) else value for name, value in headers.items()}
        answer = await firm.send("program_manager", "GET", "/v1/me", headers=given)
        assert answer.status_code < 500, (headers, answer.text)
    for path in PATHS:
        answer = await firm.get("program_manager", path)
        assert 400 <= answer.status_code < 500, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert LONG not in answer.text


async def test_nothing_of_it_was_recorded(firm: Firm) -> None:
    before = (await firm.get("admin", f"/v1/organizations/{firm.tenant}")).headers["throughline-position"]
    for body in BODIES:
        await firm.send("admin", "POST", "/v1/people", content=body, headers={"Content-Type": "application/json"})
    assert (await firm.get("admin", f"/v1/organizations/{firm.tenant}")).headers["throughline-position"] == before
