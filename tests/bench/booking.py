"""Sixteen who want the same hour of one coach at once, over HTTP, beside one who books alone. That one of them gets it is checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from time import perf_counter
from typing import Final
from uuid import UUID

import msgspec

from tests.bench.access import coach_keys
from tests.bench.coached import Coached, Office, office
from tests.bench.crowd import Lap
from tests.bench.process import api
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import BUSY, Answer, Wire
from workers.demo.history.size import Size

RIVALS: Final = 16
FIRM: Final = Size(coaches=1, clients=30, months=3, seed=7)
START: Final = datetime(2198, 1, 1, tzinfo=UTC)
ROWS: Final = (
    Row("booking p99", f"{RIVALS} who want one hour of a coach at once : one who books alone, 99th percentile", "ms", Goal("<=", 5)),
    Row("booking", "the same, bookings that were answered", "1/s"),
)


class Desk:
    """Books hours of one coach that nobody had before, and calls off what was booked, so that no engagement runs out of sessions."""

    def __init__(self, wires: Sequence[Wire], engagements: Sequence[UUID]) -> None:
        self.wires = wires
        self.engagements = cycle(engagements)
        self.hours: Iterator[datetime] = (START + timedelta(hours=number) for number in count())

    async def wave(self, rivals: int, each: list[float]) -> None:
        """So many want the same hour. Raises `ValueError` when not just one of them gets it."""
        hour = next(self.hours)
        answers = await asyncio.gather(*(self.book(wire, hour, each) for wire in self.wires[:rivals]))
        won = [answer for answer in answers if answer.status == 201]
        if len(won) != 1 or any(answer.status not in (201, 409) for answer in answers):
            raise ValueError(f"{len(won)} of {rivals} got the same hour: {sorted(answer.status for answer in answers)}")
        session = msgspec.json.decode(won[0].body)["id"]
        while (done := await self.wires[0].post(f"/v1/sessions/{session}/cancel-session", {"reason_code": "other"})).status == BUSY:
            continue
        if done.status != 200:
            raise ValueError(done.body.decode())

    async def book(self, wire: Wire, hour: datetime, each: list[float]) -> Answer:
        body = {"engagement_id": next(self.engagements), "starts_at": hour}
        began = perf_counter()
        while (answer := await wire.post("/v1/sessions", body)).status == BUSY:
            continue
        each.append(perf_counter() - began)
        return answer

    async def lap(self, rivals: int, seconds: float) -> Lap:
        """Waves for so long, and at least one."""
        each, began = list[float](), perf_counter()
        while not each or perf_counter() - began < seconds:
            await self.wave(rivals, each)
        return Lap(each, perf_counter() - began)


async def engagements_of(made: Office, firm: Coached) -> list[UUID]:
    """Of the plans that are under way: all with the firm's one coach."""
    reading = await made.store.read(firm.tenant, *(one.plan for one in firm.plans))
    return [engagement for one in firm.plans if (engagement := reading.engagement_of(one.plan)) is not None]


@asynccontextmanager
async def booked(stage: Stage) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        firm = await made.coached(FIRM)
        key, *_ = (await coach_keys(made, firm)).values()
        port = await stack.enter_async_context(api(made))
        wires = [await stack.enter_async_context(Wire(port, key)) for _ in range(RIVALS)]
        desk = Desk(wires, await engagements_of(made, firm))

        async def measure() -> Round:
            alone, together = await desk.lap(1, stage.size.seconds), await desk.lap(RIVALS, stage.size.seconds)
            return {"booking p99": Pair(together.p99, alone.p99), "booking": Pair(together.rate, alone.rate)}

        yield measure


BOOKING: Final = Group("booking", ROWS, booked)
