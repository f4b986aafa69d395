"""Both servers, as processes of their own, and callers of ill will who speak to them byte by byte: what they get, and for how long."""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.request
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from infra.keys import FileKeyProvider
from services.answers import SAFE
from services.entry.body import LARGEST
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import free_port
from tests.workers.serving import SERVERS, Caller, Serving, person, serving
from workers.serving.connection import LARGEST_HEAD

UVICORN, GRANIAN = SERVERS
HELD = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'throughline api' AND datname = '{}' AND state <> 'idle'"
TCP_CLOSE = 7
LATE_SECONDS = 20  # what was to end after two has ended, on a machine with more to do


@pytest.fixture(scope="module")
def database(make_database: Callable[[], Database]) -> Database:
    return make_database()


@pytest.fixture(scope="module", params=SERVERS, ids=" ".join)
async def api(request: pytest.FixtureRequest, database: Database, provider: FileKeyProvider, folder: Path) -> AsyncIterator[Serving]:
    """One that waits for two seconds, where in service it waits for longer, and that logs as much as it does there."""
    waits = {
        "THROUGHLINE_LOG": "info",
        "THROUGHLINE_PATIENCE_SECONDS": "2",
        "THROUGHLINE_IDLE_SECONDS": "2",
        "THROUGHLINE_API_METRICS_PORT": str(free_port(2)),  # one for each process
    }
    async with serving(database, provider, folder / uuid4().hex, *request.param, **waits) as started:
        yield started


@pytest.fixture
def on_uvicorn(api: Serving) -> bool:
    return api.options == UVICORN


def bearer(api: Serving) -> str:
    return f"Authorization: Bearer {api.firm.keys['admin']}"


def is_problem(answer: Any, status: int, code: str) -> None:
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json"), answer
    assert json.loads(answer.body)["code"] == code
    assert not [name for name in SAFE if name.lower() not in answer.headers]


@pytest.mark.parametrize("size", [LARGEST + 1, 11_000_000])
async def test_a_body_that_is_too_large_is_read_away_so_that_its_refusal_arrives(api: Serving, size: int) -> None:
    caller = await api.caller()
    caller.ask("POST", "/v1/people", bearer(api), body=b" " * size)
    answer = await caller.answer()
    is_problem(answer, 413, "payload_too_large")
    assert answer.headers["connection"] == "close"


MALFORMED = [
    b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    b"GET /health/live HTTP/9.9\r\n\r\n",
    b"GET /health/live HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    b"POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
]


@pytest.mark.parametrize("words", MALFORMED)
async def test_what_is_no_request_is_refused_and_the_connection_closed(api: Serving, on_uvicorn: bool, words: bytes) -> None:
    caller = await api.caller()
    caller.say(words)
    answer = await caller.answer()
    assert (answer.status, answer.headers["connection"]) == (400, "close")
    assert await caller.ended() == b""
    if on_uvicorn:
        is_problem(answer, 400, "unreadable")
    else:
        assert answer.body == b""  # granian's own refusals say nothing


@pytest.mark.parametrize("hosts", [(), ("Host: a.example", "Host: b.example")])
async def test_a_request_names_one_host(api: Serving, hosts: tuple[str, ...]) -> None:
    """RFC 9112, 3.2; one of HTTP/1.0 need not."""
    caller = await api.caller()
    caller.say("\r\n".join(("GET /v1/me HTTP/1.1", *hosts, "", "")).encode())
    answer = await caller.answer()
    is_problem(answer, 400, "unreadable")
    assert [fault["pointer"] for fault in json.loads(answer.body)["errors"]] == ["/header/Host"]
    old = await api.caller()
    old.say(b"GET /health/live HTTP/1.0\r\n\r\n")
    assert (await old.answer()).status == 200


HOSTILE = [
    b"a%0d%0aSet-Cookie:%20x=1%0d%0a",
    b"%E2%80%AE%E2%81%A6evil",  # turns what follows around
    b"\xe2\x80\xaeevil",
    b"%00",
    b"%1b[2J%1b[31m",
    b"%ff%fe%c0%af",
    b"\xff\xfe",
    b"{%22event%22:%22planted%22}%0a{%22event%22:%22planted%22}",
    b"x" * 8192,
    b"%",
    b"%zz",
]


async def test_what_is_hostile_in_a_head_is_no_fault_of_ours_and_stays_inside_of_its_line_of_the_log(api: Serving) -> None:
    """In the address, in the query and in every header that we read; each on a connection of its own, some answered by the server."""
    names = ("Authorization", "X-Request-Id", "traceparent", "Idempotency-Key", "If-None-Match", "Accept", "Cookie", "User-Agent", "Host")
    statuses = set()
    for value in HOSTILE:
        heads = [b"GET /v1/plans/" + value, b"GET /" + value, b"GET /v1/plans?cursor=" + value, b"GET /v1/plans?" + value + b"=1"]
        for head, more in [*((head, b"") for head in heads), *((b"GET /v1/me", b"%s: %s\r\n" % (name.encode(), value)) for name in names)]:
            host = b"" if more.startswith(b"Host") else b"Host: throughline.test\r\n"
            key = b"" if more.startswith((b"Authorization", b"Cookie")) else bearer(api).encode() + b"\r\n"
            caller = await api.caller()
            caller.say(head + b" HTTP/1.1\r\n" + host + key + more + b"\r\n")
            answer = await caller.answer()
            assert "set-cookie" not in answer.headers
            assert "evil" not in answer.headers.get("x-request-id", "")
            statuses.add(answer.status)
    assert statuses <= {200, 304, 400, 401, 403, 404, 406, 414, 429, 431}, statuses
    lines = api.said().split("\n")[:-1]
    events = [json.loads(line)["event"] for line in lines]
    assert events.count("request_refused") >= len(HOSTILE)
    assert "planted" not in events
    assert [line for line in lines if not (line.isascii() and line.isprintable())] == []


async def test_a_body_of_two_lengths_is_no_second_request(api: Serving, on_uvicorn: bool) -> None:
    """granian takes the framing by chunks and goes on, as RFC 9112 6.3 allows; no proxy in front of it may take the other."""
    caller = await api.caller()
    caller.say(b"POST /v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert (await caller.answer()).status == (400 if on_uvicorn else 401)


async def test_what_stands_behind_a_body_is_no_header(api: Serving) -> None:
    caller = await api.caller()
    body = b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    caller.say(b"POST /v1/people HTTP/1.1\r\nHost: x\r\n" + body + bearer(api).encode() + b"\r\n\r\n")
    assert (await caller.answer()).status == 401


@pytest.mark.parametrize("size", [3 * LARGEST_HEAD, 3_000_000])
@pytest.mark.parametrize("where", ["GET /health/live?a={} HTTP/1.1\r\n\r\n", "GET /health/live HTTP/1.1\r\nX: {}\r\n\r\n"])
async def test_a_head_without_end_is_refused(api: Serving, on_uvicorn: bool, where: str, size: int) -> None:
    caller = await api.caller()
    caller.say(where.format("a" * size).encode())
    answer = await caller.answer()
    assert answer.headers["connection"] == "close"
    if on_uvicorn:
        is_problem(answer, 431, "head_too_large")
    else:
        assert (answer.status in {414, 431}, answer.body) == (True, b"")


async def test_a_slow_head_ends_in_time(api: Serving) -> None:
    """Also one that sends something now and then, and one that begins after a request was answered."""
    callers = [await api.caller() for _ in range(4)]
    _, half, dripping, second = callers
    half.say(b"GET /health/li")
    dripping.say(b"GET /health/live HTTP/1.1\r\n")
    second.ask("GET", "/health/live")
    assert (await second.answer()).status == 200
    second.say(b"\r\n\r\nGET /hea")
    drip = asyncio.create_task(dripped(dripping, b"X: a\r\n"))
    async with asyncio.timeout(LATE_SECONDS):
        assert [await caller.ended() for caller in callers] == [b""] * 4
    await drip


async def dripped(caller: Caller, drop: bytes) -> None:
    """Says it again and again until the other side has closed."""
    while not caller.writer.transport.is_closing():
        caller.say(drop)
        await asyncio.sleep(0.1)


async def test_a_slow_body_ends_in_time_and_holds_no_connection_to_the_database(api: Serving, database: Database) -> None:
    callers = [await api.caller() for _ in range(20)]  # more than the pool has
    for caller in callers:
        caller.ask("POST", "/v1/people", bearer(api), "Content-Type: application/json", "Content-Length: 100")
    drips = [asyncio.create_task(dripped(caller, b" ")) for caller in callers[:10]]
    assert (await api.status("/health/ready")).status == 200
    while ask(database.dsn("admin"), HELD.format(database.name)) != [(0,)]:  # noqa: ASYNC110 - as soon as it is known who they are
        await asyncio.sleep(0.01)
    quick = await api.caller()
    quick.ask("POST", "/v1/people", bearer(api), body=person(uuid4()))
    assert (await quick.answer()).status == 201
    async with asyncio.timeout(LATE_SECONDS):
        await asyncio.gather(*drips)  # closed while they spoke, they may not have seen their answer
        for caller in callers[10:]:
            answer = await caller.answer()
            is_problem(answer, 408, "body_too_slow")
            assert (answer.headers["connection"], await caller.ended()) == ("close", b"")


async def test_an_idle_connection_ends_in_time(api: Serving) -> None:
    caller = await api.caller()
    caller.ask("GET", "/health/live")
    assert "connection" not in (await caller.answer()).headers
    async with asyncio.timeout(LATE_SECONDS):
        assert await caller.ended() == b""


async def test_who_does_not_take_the_answer_is_left(api: Serving, on_uvicorn: bool) -> None:
    """The document, asked for often enough that no buffer on the way holds it. granian leaves nobody: it waits, and holds the memory."""
    if not on_uvicorn:
        pytest.skip("granian waits for as long as the connection stands; what it has asked the application for it keeps")
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", api.port))
        deaf.sendall(b"GET /schema/openapi.json HTTP/1.1\r\nHost: throughline.test\r\n\r\n" * 30)
        async with asyncio.timeout(LATE_SECONDS):
            while not is_closed(deaf):  # noqa: ASYNC110 - nothing reads from it, so nobody is told
                await asyncio.sleep(0.05)


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side has reset it."""
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) == bytes([TCP_CLOSE])


async def test_one_that_goes_away_leaves_all_or_nothing(api: Serving, database: Database) -> None:
    before = ask(database.dsn("admin"), "SELECT count(*) FROM es.event")[0][0]
    number = uuid4()
    caller = await api.caller()
    caller.ask("POST", "/v1/people", bearer(api), f"Idempotency-Key: {number}", body=person(number))
    caller.writer.transport.abort()
    again = await api.caller()
    again.ask("POST", "/v1/people", bearer(api), f"Idempotency-Key: {number}", body=person(number))
    assert (await again.answer()).status == 201
    assert ask(database.dsn("admin"), "SELECT count(*) FROM es.event")[0][0] == before + 1


async def test_one_key_has_one_effect_over_all_processes(api: Serving) -> None:
    number, callers = uuid4(), [await api.caller() for _ in range(8)]
    for caller in callers:
        caller.ask("POST", "/v1/people", bearer(api), f"Idempotency-Key: {number}", body=person(number))
    answers = [await caller.answer() for caller in callers]
    made = {json.loads(answer.body)["id"] for answer in answers if answer.status == 201}
    assert (len(made), {answer.status for answer in answers} <= {201, 409}) == (1, True)


async def test_each_process_has_its_metrics(api: Serving) -> None:
    port = int(api.environment["THROUGHLINE_API_METRICS_PORT"])
    for each in range(port, port + (1 if api.options == UVICORN else 2)):
        with await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{each}/metrics", timeout=PATIENCE_SECONDS) as answer:
            assert b"throughline_pool_connections" in answer.read()
