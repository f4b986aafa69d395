"""Clients that meet, and clients that hang up: one of many wins, nothing is left half done, and the key settles what nobody heard."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any
from uuid import uuid4

import asyncpg
from httpx import URL, Response
from structlog.testing import capture_logs

from tests.database import Database, ask
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS

WRITERS = 32
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
WAITING = """
SELECT count(*) FROM pg_locks l CROSS JOIN pg_sleep(0.01)
 WHERE l.locktype = 'advisory' AND NOT l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def positions(house: Database, firm: Firm) -> list[int]:
    """Of every event of the organization, in order."""
    return [row[0] for row in ask(house.dsn("admin"), f"SELECT position FROM es.event WHERE tenant_id = '{firm.tenant}' ORDER BY 1")]


async def patient(firm: Firm, path: str, body: Any) -> Response:
    """As a client that comes back as long as it is told to."""
    while (answer := await firm.post("admin", path, body)).status_code == 503:
        assert "retry-after" in answer.headers
    return answer


async def test_of_32_who_make_the_same_change_one_wins(firm: Firm, house: Database) -> None:
    """Each replaces what nobody had set: who comes later is told by whom it was, and the order has no gap."""
    before, path = positions(house, firm), f"/v1/organizations/{firm.tenant}/set-organization-policy"
    answers = await asyncio.gather(*(patient(firm, path, {"seen": 0, "review_cadence_days": 10 + number}) for number in range(WRITERS)))
    told = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
    assert told == {(200, None): 1, (409, "version_conflict"): WRITERS - 1}
    assert positions(house, firm) == [*before, len(before) + 1]


async def test_of_32_who_want_the_same_address_one_gets_it(firm: Firm, house: Database) -> None:
    before, address = positions(house, firm), f"{uuid4().hex}@example.org"
    answers = await asyncio.gather(*(patient(firm, "/v1/people", {"name": f"P{n}", "email": address}) for n in range(WRITERS)))
    told = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
    assert told == {(201, None): 1, (409, "person_exists"): WRITERS - 1}
    assert positions(house, firm) == [*before, len(before) + 1]


class Caller:
    """Who sends a command under a key, and does not stay for the answer."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.key = uuid4().hex
        self.body = json.dumps({"name": "Cy", "email": f"{self.key}@example.org"}).encode()
        self.headers = {"Idempotency-Key": self.key, "Content-Type": "application/json"}

    async def call(self, sent: int | None = None) -> asyncio.StreamWriter:
        """The connection, on which all of it was sent, or so many bytes of the body."""
        url = URL(self.firm.client.base_url)
        _, writer = await asyncio.open_connection(url.host, url.port)
        headers = self.headers | {"Host": url.host, "Authorization": f"Bearer {self.firm.keys['admin']}", "Content-Length": len(self.body)}
        lines = ["POST /v1/people HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + self.body[:sent])
        await writer.drain()
        return writer

    async def call_again(self) -> Response:
        return await self.firm.send("admin", "POST", "/v1/people", content=self.body, headers=self.headers)


async def test_who_hangs_up_in_the_middle_of_a_commit_is_settled_by_the_key(firm: Firm, house: Database) -> None:
    """While the append waits for the organization's lock, which it gets when nobody listens any more."""
    before, caller = positions(house, firm), Caller(firm)
    admin = await asyncpg.connect(house.dsn("admin"))
    try:
        async with admin.transaction():
            await admin.execute(LOCK, str(firm.tenant))
            calling = await caller.call()
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not await admin.fetchval(WAITING):
                    continue
            calling.transport.abort()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await admin.fetchval(WAITING):
                continue
    finally:
        await admin.close()
    answers = [await caller.call_again() for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].text == answers[1].text
    assert positions(house, firm) == [*before, len(before) + 1]


async def test_who_hangs_up_at_any_moment_leaves_all_or_nothing(firm: Firm, house: Database) -> None:
    before, callers = positions(house, firm), [Caller(firm) for _ in range(20)]
    with capture_logs() as logs:
        for turns, caller in enumerate(callers):
            calling = await caller.call(sent=None if turns else 10)
            for _ in range(turns * 2):
                await asyncio.sleep(0)
            calling.transport.abort()
        answers = [await caller.call_again() for caller in callers]
    assert [line for line in logs if line["log_level"] == "error"] == []
    assert {answer.status_code for answer in answers} == {201}
    assert positions(house, firm) == [*before, *range(len(before) + 1, len(before) + 1 + len(callers))]
