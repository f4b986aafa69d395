"""What no client of good will sends, byte by byte over a socket: the answer arrives, says what is wrong, and costs little."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from structlog.testing import capture_logs

from services.contract.deprecation import DEPRECATED, Ending
from services.entry.body import LARGEST
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def spoken(firm: Firm, head: str, body: bytes = b"", *more: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to a request of the administrator, in exactly these bytes."""
    at = urlsplit(str(firm.client.base_url))
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    lines = (f"{head} HTTP/1.1", "Host: throughline.test", f"Authorization: Bearer {firm.keys['admin']}", *more, "", "")
    writer.write("\r\n".join(lines).encode("latin-1") + body)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_SECONDS)
    first, *headers = answer.decode("latin-1").strip().split("\r\n")
    named = {name.lower(): value for name, _, value in (line.partition(": ") for line in headers)}
    content = await asyncio.wait_for(reader.readexactly(int(named.get("content-length", 0))), PATIENCE_SECONDS)
    writer.close()
    return int(first.split()[1]), named, content


def json_of(size: int) -> tuple[str, str]:
    return "Content-Type: application/json", f"Content-Length: {size}"


@pytest.mark.parametrize("size", [LARGEST + 1, 11_000_000])
async def test_a_body_that_is_too_large_is_read_away_and_refused(firm: Firm, size: int) -> None:
    status, headers, content = await spoken(firm, "POST /v1/people", b" " * size, *json_of(size))
    assert (status, headers["connection"], headers["content-type"]) == (413, "close", "application/problem+json")
    assert msgspec.json.decode(content)["code"] == "payload_too_large"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 40_000,
        b"{" + b",".join(b'"%d":1' % number for number in range(20_000)) + b"}",
        b'{"name":"' + "o\u0301".encode() * 80_000 + b'"}',
        b'{"name":' + b"9" * 200_000 + b"}",
        b'{"name":1e400}',
    ],
)
async def test_a_bomb_costs_no_more_than_a_moment(firm: Firm, body: bytes) -> None:
    began = time.process_time()
    status, _, content = await spoken(firm, "POST /v1/people", body, *json_of(len(body)))
    assert (status, len(content) < 20_000) == (400, True)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("more", ["Content-Type: text/plain", "Content-Type: application/json\r\nContent-Encoding: gzip", "X-None: 1"])
async def test_what_is_not_plain_json_is_not_read(firm: Firm, more: str) -> None:
    """A page of another site may send text/plain without asking; and what is not inflated cannot burst."""
    status, _, content = await spoken(firm, "POST /v1/people", b"{}", more, "Content-Length: 2")
    assert (status, msgspec.json.decode(content)["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "PROPFIND"])
async def test_other_methods_are_refused_with_those_that_are_taken(firm: Firm, method: str) -> None:
    for path in ("/v1/people", "/health/live", "/problems"):
        status, headers, content = await spoken(firm, f"{method} {path}")
        assert (status, msgspec.json.decode(content)["code"]) == (405, "method_not_allowed"), (method, path)
        assert "GET" in headers["allow"]


@pytest.mark.parametrize(
    ("given", "known"), [(f"00-{TRACE}-00f067aa0ba902b7-01", True), (f"00-{'0' * 32}-00f067aa0ba902b7-01", False), ("x", False)]
)
async def test_a_trace_is_named_in_the_log(firm: Firm, given: str, known: bool) -> None:
    with capture_logs() as lines:
        await firm.get("client", "/v1/people", traceparent=given)
    (line,) = [one for one in lines if one["event"] == "request_refused"]
    assert (line.get("trace_id") == TRACE) == known
    assert len(line["request_id"]) == 36


@pytest.fixture
def ending() -> Iterator[None]:
    """An operation that ends."""
    DEPRECATED["read_me"] = Ending(date(2026, 1, 1), date(2026, 12, 31))
    yield
    del DEPRECATED["read_me"]


@pytest.mark.usefixtures("ending")
async def test_an_operation_that_will_end_says_so(firm: Firm) -> None:
    headers = (await firm.get("client", "/v1/me")).headers
    assert (headers["deprecation"], headers["sunset"]) == ("@1767225600", "Thu, 31 Dec 2026 00:00:00 GMT")
    assert '</docs>; rel="deprecation"' in headers["link"]
    assert "deprecation" not in (await firm.get("admin", "/v1/people")).headers


async def test_all_faults_of_a_query_are_told_at_once_and_where(firm: Firm) -> None:
    """What is not known, what is given twice and what is no value, of the route and of what it is given; with that, a header's."""
    query = "limit=0&limit=1&kind=moved&flag=null&plan=x&from=&sort~/x=1"
    answer = await firm.get("auditor", f"/v1/ledger?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
        ("/query/flag", "invalid"),
        ("/query/kind", "invalid"),
        ("/query/limit", "duplicate_parameter"),
        ("/query/plan", "invalid"),
        ("/query/sort~0~1x", "unknown_parameter"),
    ]
    header = await firm.get("auditor", "/v1/me", Throughline_Min_Position="soon")
    assert [one["pointer"] for one in header.json()["errors"]] == ["/header/Throughline-Min-Position"]


async def test_what_is_read_can_be_asked_for_without_its_content(app: Litestar, firm: Firm) -> None:
    """At every address without a parameter: the same status and headers, and no byte of a body (RFC 9110, 9.3.2)."""
    fixed = [route.path for route in app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods and "{" not in route.path]
    for path in fixed:
        whole, head = [await firm.send("admin", method, path) for method in ("GET", "HEAD")]
        assert (head.status_code, head.headers.keys(), head.content) == (whole.status_code, whole.headers.keys(), b""), path
    assert {"/", "/docs", "/keys", "/problems", "/v1/me", "/schema/openapi.json"} <= {*fixed}


@pytest.mark.parametrize("form", ["{}/", "/{}", "http://throughline.test{}", "{}?"])
async def test_an_address_in_another_form_is_the_same_address(firm: Firm, form: str) -> None:
    for path in ("/v1/me", "/health/live", "/docs"):
        assert (await spoken(firm, f"GET {form.format(path)}"))[0] == 200
        assert (await spoken(firm, f"TRACE {form.format(path)}"))[0] == 405


@pytest.mark.parametrize("form", ["/.{}", "/x/..{}", "{};a=1", "{}%00", "{}%2F..%2F"])
async def test_an_address_that_leads_elsewhere_is_none(firm: Firm, form: str) -> None:
    for path in ("/v1/me", "/health/live", "/docs", "/plans"):
        assert (await spoken(firm, f"GET {form.format(path)}"))[0] == 404, path
