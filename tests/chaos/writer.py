"""Clients that write on and on over HTTP, each command under a key of its own, and note what they are told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from tests.chaos.history import History, Request
from tests.services.firm import DUE, LATER, Firm

DONE, REPLAYED, REFUSED = "done", "replayed", "refused"
PAUSE_SECONDS = 0.05  # after an answer that says: not now
ASKED_AGAIN = 0.5  # of the requests without an answer; the others are settled at the end
LOOKED_AT = 0.2  # of what was acknowledged


class Wish(NamedTuple):
    """A command: who sends it where, and the one event that it leads to."""

    who: str
    path: str
    body: Mapping[str, Any]
    event: str


class Writer:
    """One client of one organization. All randomness is its own `random`."""

    def __init__(self, firm: Firm, history: History, random: Random) -> None:
        self.firm = firm
        self.history = history
        self.random = random
        self.people: list[str] = []
        self.wishes: list[Callable[[], Wish]] = [
            *([self.register, self.grant, self.commit] * 4),
            *(self.define_program, self.define_program, self.report),
        ]

    async def write(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            wish = self.random.choice(self.wishes)()
            request = Request(self.firm, *wish[:3], key=str(uuid4()), event=wish.event)
            self.history.requests.append(request)
            await self.send(request, stop)
            if request.answer is not None:
                await self.notice(request)

    async def send(self, request: Request, stop: asyncio.Event) -> None:
        """Once, and again with the same key as long as the client has patience."""
        while True:
            await attempt(request, self.history)
            if not request.is_open or stop.is_set():
                return
            await pause(stop)
            if self.random.random() > ASKED_AGAIN:
                return

    async def notice(self, request: Request) -> None:
        """Goes on with what was made, and now and then looks whether it is shown."""
        assert request.answer is not None
        if request.event == "person.person_registered":
            self.people.append(request.answer["id"])
        if self.random.random() < LOOKED_AT:
            await look(request, self.history)

    def register(self) -> Wish:
        name = uuid4().hex
        return Wish("admin", "/v1/people", {"name": f"Person {name}", "email": f"{name}@example.org"}, "person.person_registered")

    def grant(self) -> Wish:
        """Each person is granted one role, once."""
        if not self.people:
            return self.register()
        person = self.people.pop(self.random.randrange(len(self.people)))
        return Wish("admin", f"/v1/people/{person}/grant-membership", {"role": "client"}, "person.membership_granted")

    def define_program(self) -> Wish:
        body = {"name": f"Program {uuid4()}", "starts_on": "2026-01-01", "ends_on": LATER, "capacity": 9, "sessions_per_engagement": 8}
        return Wish("program_manager", "/v1/programs", body, "program.program_defined")

    def commit(self) -> Wish:
        """To the one plan of the organization, which many change at the same time."""
        body = {"text": f"Call {uuid4()}", "owner": self.firm.ids["client"], "due_on": DUE}
        return Wish("coach", f"/v1/plans/{self.firm.ids['plan']}/commit-action", body, "plan.action_committed")

    def report(self) -> Wish:
        body = {"template": "client_progress", "subject_id": self.firm.ids["engagement"], "format": "json"}
        return Wish("coach", "/v1/reports", body | {"recipients": [self.firm.ids["coach"]]}, "report.report_requested")


async def pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), PAUSE_SECONDS)
    except TimeoutError:
        return


async def attempt(request: Request, history: History) -> str | None:
    """Sends it once: DONE, REPLAYED when the server had done it at an earlier time, REFUSED, or None when nobody knows."""
    try:
        answer = await request.firm.post(request.who, request.path, request.body, Idempotency_Key=request.key)
    except httpx.TransportError as error:
        history.statuses[type(error).__name__] += 1
        request.unanswered += not isinstance(error, httpx.ConnectError)
        return None
    body = answer.json()
    history.statuses[str(answer.status_code) if answer.is_success else f"{answer.status_code} {body['code']}"] += 1
    if answer.is_success:
        if request.answer not in (None, body):
            history.faults.append(f"answer: {request.key} was {request.answer}, and is {body} now")
        replayed = "idempotency-replayed" in answer.headers
        request.was_committed |= replayed and request.answer is None
        request.answer, request.acked_at = body, request.acked_at or time.monotonic()
        return REPLAYED if replayed else DONE
    if answer.status_code == 503:
        request.unanswered += body["code"] == "database_away"
        if "retry-after" not in answer.headers:
            history.faults.append(f"no Retry-After: {answer.text}")
        return None
    request.refused = answer.status_code
    if body["code"] != "too_many_reports":
        history.faults.append(f"{request.path} {request.body}: {answer.text}")
    return REFUSED


async def look(request: Request, history: History) -> None:
    """What was acknowledged is shown to who waits for its position, or the client is told to come again."""
    assert request.answer is not None
    noun = request.path.split("/")[2]
    try:
        seen = await request.firm.get(
            request.who, f"/v1/{noun}/{request.answer['id']}", Throughline_Min_Position=str(request.answer["position"])
        )
    except httpx.TransportError:
        return
    if seen.status_code != 200 and not (seen.status_code == 503 and "retry-after" in seen.headers):
        history.faults.append(f"{seen.url}: {seen.text}")
